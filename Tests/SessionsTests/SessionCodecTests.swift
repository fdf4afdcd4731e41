import Documents
import TestWorld
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("The session file's JSON")
struct SessionCodecTests {
  @Test("A file exactly as the design prints it loads", arguments: [false, true])
  func printedSample(isLinked: Bool) throws {
    let text = isLinked ? Sample.linked : Sample.printed
    let (document, trust) = try SessionCodec.decode(Array(text.utf8), named: Sample.id)
    let session = document.session

    #expect(trust == .sound)
    #expect(session.id == "import-2026-01-09-143022")
    #expect(session.generation == 0)
    #expect(session.createdAt == Timestamp(seconds: 1_767_969_022))
    #expect(session.updatedAt == Timestamp(seconds: 1_767_969_933))
    #expect(session.cluster == ClusterIdentity(context: "kind-atk"))
    #expect(session.position == Position(.worker, .connecting))
    #expect(session.stepsCompleted == [.scan, .review, .select, .connect])
    #expect(session.scope.context == "kind-atk")
    #expect(session.scope.namespaces == ["order-prod", "payment-prod"])
    #expect(
      session.scan
        == ScanResult(
          namespaces: ["payment-prod", "order-prod"], detected: 12,
          owners: ["Flux": 8, "ArgoCD": 3, "Native": 1]))
    #expect(
      session.selected == [
        .init(
          key: WorkloadKey(kind: nil, namespace: "payment-prod", name: "payment-api"),
          owner: "Flux"),
        .init(
          key: WorkloadKey(kind: nil, namespace: "payment-prod", name: "payment-worker"),
          owner: "Flux"),
      ])
    #expect(session.proposal?.hub == "platform-team")
    #expect(session.proposal?.appSpace == "payment-team")
    #expect(session.proposal?.units.map(\.slug) == ["payment-api", "payment-worker"])
    #expect(session.proposal?.units.map(\.id) == session.selected.map(\.key))
    #expect(session.hub == HubIdentity(organization: "acme-corp", user: "user@example.com"))
    #expect(session.workerSlug == "dev")
    #expect(session.workerStatus == "connecting")
    #expect(
      session.operations == [
        Operation(
          id: "op-0001", kind: .createUnit, key: "payment-team/payment-api", state: .done,
          result: .created),
        Operation(
          id: "op-0002", kind: .createUnit, key: "payment-team/payment-worker", state: .done,
          result: .created),
      ])
    #expect(session.unitsCreated == ["payment-api", "payment-worker"])
    #expect(session.importedCount == 2)
  }

  @Test("The link to the log loads")
  func logFile() throws {
    let session = try SessionCodec.decode(Array(Sample.linked.utf8), named: Sample.id).document
      .session
    #expect(session.logFile == "~/.confighub/logs/tui-import-2026-01-09-143022.log")
  }

  @Test("Every key that the design prints is written with the same value")
  func seedKeys() throws {
    let read = try SessionCodec.decode(Array(Sample.linked.utf8), named: Sample.id).document
    let written = try JSONValue(
      parsing: SessionCodec.encode(SessionDocument(session: read.session)))
    let printed = try JSONValue(parsing: Array(Sample.linked.utf8))
    expect(written, contains: printed, at: "")
  }

  private func expect(_ written: JSONValue?, contains printed: JSONValue, at path: String) {
    guard case .object(let members) = printed else {
      if case .array(let items) = printed, case .array(let found)? = written {
        for (index, item) in items.enumerated() where index < found.count {
          expect(found[index], contains: item, at: "\(path)[\(index)]")
        }
        #expect(found.count == items.count, "\(path)")
      } else {
        #expect(written == printed, "\(path)")
      }
      return
    }
    for (key, value) in members { expect(written?[key], contains: value, at: "\(path).\(key)") }
  }

  @Test("A file without a lineage has the same one every time, and another file another")
  func lineage() throws {
    func lineage(_ text: String, _ id: String) throws -> String {
      try SessionCodec.decode(Array(text.utf8), named: id).document.session.lineage
    }
    let first = try lineage(Sample.printed, Sample.id)
    #expect(try lineage(Sample.linked, Sample.id) == first)
    #expect(try lineage(Sample.printed, "import-2026-01-09-143023") != first)
  }

  @Test("Whoever was signed in is not taken to be so still")
  func authenticated() throws {
    var session = Sample.session()
    session.hub = HubIdentity(user: "user@example.com")
    let written = String(decoding: try Sample.bytes(session), as: UTF8.self)
    #expect(written.contains("\"authenticated\""))
    let edited = Sample.printed.replacing("\"authenticated\": true", with: "\"authenticated\": 7")
    #expect(edited != Sample.printed)
    #expect(
      try SessionCodec.decode(Array(edited.utf8), named: Sample.id).document.session
        == SessionCodec.decode(Array(Sample.printed.utf8), named: Sample.id).document.session)
  }

  @Test("Any session comes back from its file as it was", arguments: 0..<300)
  func roundTrip(seed: UInt64) throws {
    var random = RandomSession(seed: seed)
    let session = random.make()
    let bytes = try SessionCodec.encode(SessionDocument(session: session))
    let (document, trust) = try SessionCodec.decode(bytes, named: session.id)
    #expect(document.session == session)
    #expect(trust == .sound)
    #expect(try SessionCodec.encode(document) == bytes)
  }

  @Test("A layout is written where it is not the usual, so that older files and programs agree")
  func layout() throws {
    var session = Sample.session()
    let key = WorkloadKey(kind: .deployment, namespace: "a-prod", name: "a")
    let usual = Proposal(
      hub: "h", appSpace: "s", units: [UnitPlan(id: key, slug: "a", labels: [:], members: [])])
    session.proposal = usual
    session.undo = [.proposal(from: usual, to: usual)]
    func text() throws -> String { String(decoding: try Sample.bytes(session), as: UTF8.self) }
    for key in ["layout", "unit_contents", "space", "instead_of"] {
      #expect(try !text().contains("\"\(key)\""), "\(key)")
    }
    var other = usual
    (other.layout, other.unitContents, other.units[0].space) = (.component, .resource, "a-prod")
    other.units[0].insteadOf = "b"
    session.proposal = other
    session.undo = [.proposal(from: usual, to: other)]
    let (document, _) = try SessionCodec.decode(Sample.bytes(session), named: session.id)
    #expect(document.session == session)
    #expect(throws: InvalidSession.self) {
      let strange = try text().replacing("\"component\"", with: "\"by-colour\"")
      _ = try SessionCodec.decode(Array(strange.utf8), named: session.id)
    }
  }

  @Test(
    "A session too large for readable layout is written without it, and beyond the limit not at all"
  )
  func size() throws {
    // Ten thousand values far to the right: nearly nothing but spaces.
    var deep = JSONValue.array(Array(repeating: .integer(7), count: 10_000))
    for _ in 0..<450 { deep = .array([deep]) }
    var document = SessionDocument(
      session: Sample.session(), unknown: ["x-note": deep], version: "1.0")
    let bytes = try SessionCodec.encode(document)
    #expect(bytes.count < SessionCodec.prettyLimit)
    #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(Integrity.isIntact(bytes))

    document.session.logs = [String(repeating: "x", count: SessionCodec.sizeLimit)]
    let error = #expect(throws: InvalidSession.self) { try SessionCodec.encode(document) }
    #expect(error?.reason.contains("more than the 134217728 bytes") == true)
  }

  @Test("A scan of thousands of workloads survives, with their units; of 50,000 in a sweep")
  func large() throws {
    var session = Sample.session()
    let workloads = (0..<(Sweep.isFull ? 50_000 : 3_000)).map { number in
      let namespace = "team-\(number / 100)"
      return Workload(
        key: WorkloadKey(kind: .deployment, namespace: namespace, name: "app-\(number)"),
        apiVersion: "apps/v1",
        owner: Owner(
          .flux, kind: "Kustomization", name: namespace, namespace: "flux-system",
          source: "label:kustomize.toolkit.fluxcd.io/name"),
        labels: [
          "app.kubernetes.io/name": "app-\(number)", "app.kubernetes.io/part-of": namespace,
          "environment": "prod", "kustomize.toolkit.fluxcd.io/name": namespace,
        ],
        images: ["registry.example.com/\(namespace)/app-\(number):1.4.2"],
        uid: "6f1c2a7e-0d4b-4c55-9a51-0000000\(number)", generation: 3,
        belongings: [
          ObjectReference(
            apiVersion: "v1", kind: "Service", namespace: namespace, name: "app-\(number)")
        ],
        needed: [
          ObjectReference(
            apiVersion: "v1", kind: "Secret", namespace: namespace, name: "app-\(number)-db")
        ])
    }
    session.scan = ScanResult(namespaces: [], workloads: workloads)
    session.selected = workloads.map { .init(key: $0.key, owner: "Flux") }
    session.proposal = Naming.propose(for: workloads)
    let (bytes, warning) = try SessionCodec.encodeToFit(SessionDocument(session: session))
    #expect(warning == nil)
    #expect(try SessionCodec.decode(bytes, named: session.id).document.session == session)
  }

  @Test(
    "Times are RFC 3339 in UTC, to the second",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_767_969_022, "2026-01-09T14:30:22Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
      (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ])
  func times(seconds: Int64, text: String) {
    #expect(Timestamp(seconds: seconds).rfc3339 == text)
    #expect(Timestamp(rfc3339: text) == Timestamp(seconds: seconds))
  }

  @Test(
    "What is no time is none",
    arguments: [
      "", "2026-01-09", "2026-01-09 14:30:22Z", "2026-01-09T14:30:22", "2026-01-09T14:30:22+01:00",
      "2026-01-09T14:30:22.5Z", "2026-13-09T14:30:22Z", "2026-00-09T14:30:22Z",
      "2026-02-30T14:30:22Z", "2026-01-00T14:30:22Z", "2026-01-09T24:30:22Z",
      "2026-01-09T14:60:22Z", "2026-01-09T14:30:60Z", "-026-01-09T14:30:22Z",
      "２026-01-09T14:30:22Z",
    ])
  func noTimes(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }
}
