import Documents
import TestWorld
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// The files that hold parts of a session, as a disk would.
private struct Parts {
  var files: [String: [UInt8]] = [:]
  var names = PartNames()
  /// Parts that had to be written for the latest save.
  var written = 0

  mutating func save(_ document: SessionDocument) throws -> [UInt8] {
    let (bytes, parts, digests) = try SessionCodec.split(document, names: &names)
    written = parts.count { $0.bytes != nil }
    for part in parts {
      if let bytes = part.bytes { files[part.digest] = bytes }
      #expect(files[part.digest] != nil)
    }
    #expect(digests.all.isSuperset(of: parts.map(\.digest)))
    #expect(digests.all.isSubset(of: files.keys))
    names.keep(parts)
    return bytes
  }

  func load(_ bytes: [UInt8], _ id: String) throws -> (SessionDocument, warnings: [String]) {
    var (document, trust) = try SessionCodec.decode(bytes, named: id)
    #expect(trust == .sound)
    let warnings = try document.fill { digest throws(InvalidSession) in
      guard let bytes = files[digest] else { throw InvalidSession(reason: "it is not there") }
      return bytes
    }
    return (document, warnings)
  }
}

@Suite("A session whose parts are files of their own")
struct SessionPartTests {
  static let count = 3000

  /// Everything in it that may be long is.
  static func large(_ count: Int = count) throws -> Session {
    var session = Sample.session()
    let workloads = (0..<count).map { number in
      Workload(
        key: WorkloadKey(
          kind: .deployment, namespace: "team-\(number % 7)", name: "app-\(10_000 + number)"),
        apiVersion: "apps/v1", owner: number % 3 == 0 ? .native : Owner(.helm, name: "r"),
        labels: ["app": "app-\(number)"], images: ["registry.example/app:\(number)"])
    }
    session.scan = ScanResult(
      namespaces: ["team-0"], workloads: workloads,
      leftOut: [Omission(what: "namespace x", why: "forbidden", isGap: true)],
      scannedAt: session.createdAt)
    session.select(at: [0..<count / 2, count / 2 + 1..<count], and: [])
    session.proposal = Naming.propose(for: workloads, layout: .component)
    let sorted = session.scan?.workloads ?? []
    session.undo = [
      .workloads(added: WorkloadSet(of: sorted, at: Array(0..<count)), removed: []),
      .workloads(added: [], removed: WorkloadSet(of: sorted, at: [count / 2])),
    ]
    if let proposal = session.proposal {
      var other = proposal
      other.hub = "other"
      session.redo = [.proposal(from: proposal, to: other)]
    }
    session.operations = OperationList(
      (session.proposal?.units ?? []).prefix(700).enumerated().map {
        number, unit in
        Wizard.Operation(
          id: "op-\(number)", kind: .createUnit, key: "space/\(unit.slug)",
          state: number == 300 ? .intent : .done, result: .created)
      })
    return session
  }

  @Test(
    "Any session comes back, and is written the same with what is known of it", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = RandomSession(seed: seed)
    let (first, second) = (random.make(), random.make())
    var parts = Parts()
    for session in [first, second, first] {
      let bytes = try parts.save(SessionDocument(session: session))
      var fresh = Parts()
      #expect(try fresh.save(SessionDocument(session: session)) == bytes)
      let (document, warnings) = try parts.load(bytes, session.id)
      #expect(warnings == [])
      #expect(document.session == session)
      #expect(document.unknown == nil)
      #expect(try SessionCodec.encode(document) == Sample.bytes(session))
      _ = try parts.save(document)
      var after = Parts(files: parts.files, names: document.names)
      #expect(try after.save(document) == bytes)
      #expect(after.written == 0)
    }
  }

  @Test("A large one has a small file, and a change of it writes no large part again")
  func large() throws {
    var session = try Self.large()
    var parts = Parts()
    var bytes = try parts.save(SessionDocument(session: session))
    // The scan, the units, the edit of the proposal, and the full rows but the one that is not settled.
    #expect(parts.files.count == 3 + 700 / OperationList.rowLength - 1)
    #expect(bytes.count < 200_000)
    var (document, warnings) = try parts.load(bytes, session.id)
    #expect(warnings == [])
    #expect(document.session == session)

    session.operations[300].state = .done
    session.operations.append(Wizard.Operation(id: "op-701", kind: .createSpace, key: "space"))
    bytes = try parts.save(SessionDocument(session: session))
    #expect(parts.written == 1)
    session.select(at: [1..<2, 5..<Self.count], and: [])
    bytes = try parts.save(SessionDocument(session: session))
    #expect(parts.written == 0)
    session.operations[10].state = .failed
    bytes = try parts.save(SessionDocument(session: session))
    #expect(parts.written == 1)
    (document, warnings) = try parts.load(bytes, session.id)
    #expect(document.session == session)

    // What was read is known, and not written again.
    var after = Parts(files: parts.files, names: document.names)
    document.session.workerSlug = "dev"
    _ = try after.save(document)
    #expect(after.written == 0)
  }

  @Test("A header says the same as the session", arguments: 0..<200)
  func header(seed: UInt64) throws {
    var random = RandomSession(seed: seed)
    var session = random.make()
    // ConfigHub has one unit of a name, and one operation made it.
    session.operations = OperationList(
      session.operations.enumerated().map { number, operation in
        var operation = operation
        operation.key = "\(operation.key)-\(number)"
        return operation
      })
    for (number, unit) in (session.proposal?.units ?? []).enumerated() {
      session.proposal?.units[number].slug = unit.slug + "-\(number)"
    }
    var parts = Parts()
    let bytes = try parts.save(SessionDocument(session: session))
    let look = try SessionCodec.look(bytes, named: session.id)
    #expect(look.header == SessionHeader(session))
    #expect(look.trust == .sound)
    #expect(look.files == Set(parts.files.keys))
    // A file of an earlier version, with everything in it.
    var old = try JSONValue(parsing: Sample.bytes(session))
    old["counts"] = nil
    old["integrity", "sha256"] = .string(Integrity.placeholder)
    var sealed = old.serialized(pretty: false)
    Integrity.seal(&sealed)
    #expect(try SessionCodec.look(sealed, named: session.id).header == SessionHeader(session))
  }

  @Test("A header of a large one says the same as the session")
  func largeHeader() throws {
    let session = try Self.large()
    var parts = Parts()
    let bytes = try parts.save(SessionDocument(session: session))
    let look = try SessionCodec.look(bytes, named: session.id)
    #expect(look.header == SessionHeader(session))
    #expect(look.header.counts.unsettled == 1)
    #expect(look.header.counts.imported == 699)
    #expect(look.header.isScanPartial)
    // Edited by hand, all of it is read, and what the file says of its other files believed.
    let edited = Array(
      String(decoding: bytes, as: UTF8.self).replacing("kind-atk", with: "kind-atx").utf8)
    let other = try SessionCodec.look(edited, named: session.id)
    #expect(other.trust == .editedByHand)
    #expect(other.header.counts == look.header.counts)
  }

  @Test(
    "Without its scan a session comes back with what is left, and says what becomes of it",
    arguments: Step.allCases)
  func lostScan(step: Step) throws {
    var session = try Self.large()
    session.position = Position(step)
    session.stepsCompleted = Step.seven.filter { $0 < step }
    var parts = Parts()
    let bytes = try parts.save(SessionDocument(session: session))
    let scan = try #require(
      try JSONValue(parsing: bytes)["scan_result", "scan_file"]?.string)
    parts.files[scan] = nil
    let (document, warnings) = try parts.load(bytes, session.id)
    let end =
      switch step {
      case .scan, .review, .select:
        "Resumed, the session goes back to step 1, where the cluster is scanned again; what was chosen "
          + "stays chosen."
      case .connect, .worker, .targets, .verify:
        "Resumed, the import goes on with the units as they are, and the cluster is not scanned again. "
          + "What else was found, and which tools still apply it, is not told any more here; "
          + "`map-import --dry-run` scans the cluster, and writes nothing."
      case .complete:
        "What was imported is known without them. What else was found, and which tools still "
          + "apply it, is not told any more here; `map-import --dry-run` scans the cluster, and "
          + "writes nothing."
      }
    #expect(
      warnings == ["The workloads that the scan found cannot be read: it is not there. \(end)"])
    #expect(document.session.scan?.workloads == [])
    #expect(document.session.scan?.detected == Self.count)
    #expect(document.session.operations == session.operations)
    #expect(document.session.proposal == session.proposal)
    // The choices are known by the units that they became.
    #expect(document.session.selectedCount == Self.count)
    // It can be saved, with nothing said of a scan file.
    let again = try parts.save(document)
    #expect(try JSONValue(parsing: again)["scan_result", "scan_file"] == nil)
    #expect(try parts.load(again, session.id).0.session == document.session)
  }

  @Test("Without its units a session says what becomes of them")
  func lostUnits() throws {
    for (created, end) in [
      (true, "The 699 that are in ConfigHub are known by name; others are not created by"),
      (false, "Resumed, they are proposed anew; changes made by hand are lost."),
    ] {
      var session = try Self.large()
      if !created { session.operations = [] }
      var parts = Parts()
      let bytes = try parts.save(SessionDocument(session: session))
      let units = try #require(
        try JSONValue(parsing: bytes)["selections", "units_file"]?.string)
      parts.files[units] = nil
      let (_, warnings) = try parts.load(bytes, session.id)
      #expect(
        warnings.first?.hasPrefix(
          "The units of the proposal cannot be read: it is not there. \(end)") == true,
        "\(warnings)")
    }
  }

  @Test("A part of which one bit is another is not taken for another part's content")
  func wrongContent() throws {
    let session = try Self.large(50)
    var parts = Parts()
    let bytes = try parts.save(SessionDocument(session: session))
    let digest = try #require(
      try JSONValue(parsing: bytes)["scan_result", "scan_file"]?.string)
    for damaged in [[], Array("[]".utf8), Array("{\"workloads\":[{}]}".utf8), Array("{".utf8)] {
      parts.files[digest] = damaged
      let (document, warnings) = try parts.load(bytes, session.id)
      #expect(warnings.isEmpty == false)
      #expect(document.session.scan?.workloads == [])
    }
  }

  @Test("What was not read cannot be written over")
  func unread() throws {
    let session = try Self.large(50)
    var parts = Parts()
    let bytes = try parts.save(SessionDocument(session: session))
    let document = try SessionCodec.decode(bytes, named: session.id).document
    let error = #expect(throws: InvalidSession.self) { try SessionCodec.encode(document) }
    #expect(error?.reason == "not all of it was read")
    #expect(throws: InvalidSession.self) { try parts.save(document) }
  }

  @Test("Unknown keys in a part are kept, and so are those of a file that had everything in it")
  func unknownKeys() throws {
    let session = try Self.large(50)
    let text = String(decoding: try Sample.bytes(session), as: UTF8.self)
      .replacing("\"name\": \"app-10007\"", with: "\"name\": \"app-10007\", \"x-note\": [1]")
    var whole = try SessionCodec.decode(Array(text.utf8), named: session.id).document
    #expect(whole.session == session)
    #expect(whole.unknown != nil)
    var parts = Parts()
    var bytes = try parts.save(whole)
    let scan = try #require(parts.files.values.first { $0.contains("x-note") })
    #expect(String(decoding: scan, as: UTF8.self).contains("\"name\":\"app-10007\""))

    // A later minor version wrote the part.
    let digest = try #require(parts.files.first { $0.value == scan }?.key)
    parts.files[digest] = Array(
      String(decoding: scan, as: UTF8.self).replacing("\"1.0\"", with: "\"1.7\"").utf8)
    whole = try parts.load(bytes, session.id).0
    bytes = try SessionCodec.encode(whole)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"x-note\""))
    #expect(try JSONValue(parsing: bytes)["scan_result", "workloads"]?.array?.count == 50)
  }

  @Test(
    "Places are said in ranges",
    arguments: [
      ([], ""), ([0], "0"), ([3, 4], "3-4"), ([0, 1, 2, 7, 9, 10], "0-2,7,9-10"),
    ])
  func places(indices: [Int], text: String) throws {
    #expect(Places(indices).text == text)
    #expect(try Places(text, below: 11).indices == indices)
    var marks = [Bool](repeating: false, count: 11)
    for index in indices { marks[index] = true }
    #expect(Places(marks).text == text)
  }

  @Test(
    "Places that are no such are refused",
    arguments: ["11", "0-11", "2,1", "1,1", "3-2", "-1", "1-", ",", "x", "0-2,2", "1-2-3", " 1"])
  func noPlaces(text: String) throws {
    #expect(throws: InvalidSession.self) { try Places(text, below: 11) }
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
