import Documents
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("What is no session")
struct ValidationTests {
  private func reason(_ text: String) -> String? {
    do {
      _ = try SessionCodec.decode(Array(text.utf8), named: Sample.id)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(
    "is refused with the reason",
    arguments: [
      (#""version": "1.0""#, #""version": "0.9""#, "its version is 0.9"),
      (#""version": "1.0""#, #""version": "one""#, "its version is one"),
      (#""version": "1.0","#, "", "version is missing"),
      (#""type": "import""#, #""type": "export""#, "its type is not import"),
      (#""type": "import","#, "", "type is missing"),
      (#""worker_connecting""#, #""workers""#, "workers is not one of the steps"),
      (#""step": "worker_connecting","#, "", "step is missing"),
      (#""review", "select", "#, #""select", "review", "#, "not the beginning of the seven"),
      (#"["scan", "review","#, #"["review","#, "not the beginning of the seven"),
      (#""connect"],"#, #""connect", "sleep"],"#, "steps_completed[4] is not a known value: sleep"),
      (#""connect"],"#, #""connect", 7],"#, "steps_completed[4] is a number, not a text"),
      (#""type""#, #""session_id": "../x", "type""#, "session_id is not like"),
      (
        #""type""#, #""session_id": "import-2026-01-09-143023", "type""#,
        "its session_id is import-2026-01-09-143023"
      ),
      (#""type""#, #""lineage": "x", "type""#, "lineage is not a UUID"),
      (#""type""#, #""generation": -1, "type""#, "generation is negative"),
      (#""type""#, #""generation": 1.5, "type""#, "generation is a number, not a whole number"),
      ("2026-01-09T14:30:22Z", "yesterday", "created_at is not a time"),
      (#""created_at": "2026-01-09T14:30:22Z","#, "", "created_at is missing"),
      ("12,", "\"12\",", "scan_result.workloads_detected is a text, not a whole number"),
      (#""Flux": 8"#, #""Flux": "8""#, "scan_result.owners.Flux is a text, not a whole number"),
      (#""name": "payment-worker", "#, "", "selections.selected_workloads[1].name is missing"),
      (#""hub": "platform-team""#, #""hub": ["x"]"#, "selections.hub is a list, not a text"),
      (#""worker_slug""#, #""worker_mode": "both", "worker_slug""#, "worker_mode is not a known"),
      (
        #""type""#,
        #""operations": [{"op": "a", "kind": "unit.create", "key": "k", "state": "done"},"#
          + #"{"op": "a", "kind": "unit.create", "key": "l", "state": "done"}], "type""#,
        "two operations have the id a"
      ),
      (
        #""type""#, #""operations": [{"op": "a", "kind": "unit.create", "key": "k"}], "type""#,
        "operations[0].state is missing"
      ),
      ("}", "", "it is not JSON"),
    ])
  func reasons(part: String, other: String, expected: String) throws {
    let text = Sample.printed.replacing(part, with: other)
    #expect(text != Sample.printed)
    let found = try #require(reason(text))
    #expect(found.contains(expected))
  }

  @Test(
    "is anything that is not an object",
    arguments: ["", "[]", "null", "7", "\"text\"", "\u{0}\u{0}\u{0}", "{", "{}x"])
  func noObject(text: String) {
    #expect(reason(text) != nil)
  }

  @Test("is a file that says more workloads are listed than were detected")
  func counts() throws {
    var session = Sample.session()
    session.scan = ScanResult(
      namespaces: [],
      workloads: [
        Workload(
          key: WorkloadKey(kind: .job, namespace: "a", name: "b"), apiVersion: "batch/v1")
      ])
    session.scan?.detected = 0
    #expect(throws: InvalidSession.self) { try Sample.bytes(session) }
  }

  @Test("An unknown phase counts as its step")
  func unknownPhase() throws {
    let text = Sample.printed.replacing("worker_connecting", with: "worker_pondering")
    let session = try SessionCodec.decode(Array(text.utf8), named: Sample.id).document.session
    #expect(session.position == Position(.worker))
  }

  @Test("A file of a later major version is for looking only, readable or not")
  func laterVersion() throws {
    let later = Sample.printed.replacing("\"1.0\"", with: "\"2.1\"")
    let (document, trust) = try SessionCodec.decode(Array(later.utf8), named: Sample.id)
    #expect(trust == .newer(version: "2.1"))
    #expect(throws: InvalidSession.self) { try SessionCodec.encode(document) }

    let strange = later.replacing("worker_connecting", with: "celebrate")
    let error = #expect(throws: InvalidSession.self) {
      try SessionCodec.decode(Array(strange.utf8), named: Sample.id)
    }
    #expect(error?.isNewer == true)
  }

  @Test("No flipped bit and no cut goes unnoticed")
  func integrity() throws {
    var first = Sample.session()
    first.generation = 1
    let bytes = try Sample.bytes(first)
    #expect(try SessionCodec.decode(bytes, named: first.id).trust == .sound)

    func isAccepted(_ bytes: [UInt8]) -> Bool {
      (try? SessionCodec.decode(bytes, named: first.id).trust) == .sound
    }
    var accepted: [String] = []
    var stillJSON = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        if isAccepted(flipped) { accepted.append("bit \(bit) of byte \(index)") }
        if bit == 0, (try? JSONValue(parsing: flipped)) != nil { stillJSON += 1 }
      }
      if index < bytes.count - 1, isAccepted(Array(bytes[..<index])) {
        accepted.append("\(index) bytes")
      }
    }
    #expect(accepted.isEmpty)
    // Being JSON proves little: that is why there is a digest.
    #expect(stillJSON > bytes.count / 4)
  }

  @Test("A change by hand shows, and so does a digest taken out")
  func editedByHand() throws {
    var session = Sample.session()
    session.generation = 3
    let text = String(decoding: try Sample.bytes(session), as: UTF8.self)
    let edited = text.replacing("kind-atk", with: "kind-ten")
    let read = try SessionCodec.decode(Array(edited.utf8), named: session.id)
    #expect(read.trust == .editedByHand)
    #expect(read.document.session.cluster.context == "kind-ten")

    var bare = try JSONValue(parsing: text.utf8)
    bare["integrity"] = nil
    #expect(
      try SessionCodec.decode(bare.serialized(pretty: true), named: session.id).trust
        == .editedByHand)
  }
}
