import Documents
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("What somebody else put into the file")
struct UnknownKeysTests {
  /// A copy in which every object has one more key.
  private func marked(_ value: JSONValue, _ count: inout Int, isMap: Bool = false) -> JSONValue {
    switch value {
    case .object(let members):
      var result: [String: JSONValue] = [:]
      for key in members.keys.sorted() {
        // The members of these are data: every key in them is ours.
        result[key] = members[key].map {
          marked($0, &count, isMap: ["labels", "owners"].contains(key))
        }
      }
      if !isMap {
        count += 1
        result["x-note"] = .object(["n": .integer(Int64(count)), "list": .array([.null])])
      }
      return .object(result)
    case .array(let items):
      return .array(items.map { marked($0, &count) })
    default:
      return value
    }
  }

  @Test("Unknown keys at every level survive a rewrite", arguments: 0..<100)
  func everyLevel(seed: UInt64) throws {
    var random = RandomSession(seed: seed)
    let session = random.make()
    var count = 0
    let original = marked(try JSONValue(parsing: Sample.bytes(session)), &count)
    let read = try SessionCodec.decode(original.serialized(pretty: false), named: session.id)

    #expect(read.document.session == session)
    #expect(count > 5)
    var rewritten = try JSONValue(parsing: SessionCodec.encode(read.document))
    // The digest is another one, of course.
    rewritten["integrity", "sha256"] = original["integrity", "sha256"]
    let isKept = rewritten == original
    #expect(isKept)
  }

  @Test("An unknown key stays with its object when the list around it changes")
  func lists() throws {
    var session = Sample.session()
    session.operations = OperationList(
      ["a", "b", "c"].map {
        Operation(id: $0, kind: .createUnit, key: "space/\($0)")
      })
    var json = String(decoding: try Sample.bytes(session), as: UTF8.self)
    json = json.replacing("\"space/b\"", with: "\"space/b\", \"x-note\": \"of b\"")
    var document = try SessionCodec.decode(Array(json.utf8), named: session.id).document
    document.session.operations.removeFirst()
    document.session.operations.append(Operation(id: "d", kind: .createUnit, key: "space/d"))

    let written = try JSONValue(parsing: SessionCodec.encode(document))
    guard case .array(let operations)? = written["operations"] else {
      Issue.record("no operations")
      return
    }
    #expect(operations.map { $0["op"] } == [.string("b"), .string("c"), .string("d")])
    #expect(operations.map { $0["x-note"] } == [.string("of b"), nil, nil])
  }

  @Test("A key of ours that has no value any more does not come back from the old file")
  func ownKeys() throws {
    var session = Sample.session()
    session.workerSlug = "dev"
    session.proposal = Proposal(hub: "h", appSpace: "a", units: [])
    session.report = Report(checks: [])
    var document = try SessionCodec.decode(Sample.bytes(session), named: session.id).document
    document.session.workerSlug = nil
    document.session.proposal = nil
    document.session.report = nil

    let again = try SessionCodec.decode(SessionCodec.encode(document), named: session.id)
    #expect(again.document.session == document.session)
    #expect(again.document.session.workerSlug == nil)
  }

  @Test("A file of a later minor version keeps its version")
  func minorVersion() throws {
    let json = Sample.printed.replacing("\"1.0\"", with: "\"1.7\"")
    let document = try SessionCodec.decode(Array(json.utf8), named: Sample.id).document
    #expect(try JSONValue(parsing: SessionCodec.encode(document))["version"] == .string("1.7"))
  }
}
