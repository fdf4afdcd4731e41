import Documents

/// A JSON document whose values know the line that they begin on, from 1.
struct LocatedJSON {
  struct Problem: Error {
    var line: Int
    var sentence: String
  }

  private enum Value {
    case members([String: LocatedJSON])
    case elements([LocatedJSON])
    case text(String)
    case null
    /// As it is written.
    case number(String)
    case truth(Bool)
  }

  let line: Int
  private let value: Value

  var members: [String: LocatedJSON]? {
    if case .members(let members) = value { members } else { nil }
  }

  var elements: [LocatedJSON]? {
    if case .elements(let elements) = value { elements } else { nil }
  }

  var text: String? { if case .text(let text) = value { text } else { nil } }
  var number: String? { if case .number(let text) = value { text } else { nil } }
  var truth: Bool? { if case .truth(let truth) = value { truth } else { nil } }
  var isNull: Bool { if case .null = value { true } else { false } }

  private static let rules = JSONReader.Rules(depth: 64, allowsTwins: false)

  init(parsing bytes: [UInt8]) throws(Problem) {
    do {
      self = try JSONReader.read(bytes, Self.rules) { try LocatedJSON(&$0) }
    } catch let error as JSONError {
      throw Problem(line: error.line, sentence: error.sentence)
    } catch {
      throw Problem(line: 1, sentence: "\(error)")
    }
  }

  private init(_ reader: inout JSONReader) throws {
    line = reader.line()
    switch reader.peek() {
    case UInt8(ascii: "{"):
      var members: [String: LocatedJSON] = [:]
      try reader.members { members[try $0.text()] = try LocatedJSON(&$1) }
      value = .members(members)
    case UInt8(ascii: "["):
      var elements: [LocatedJSON] = []
      try reader.elements { elements.append(try LocatedJSON(&$0)) }
      value = .elements(elements)
    case UInt8(ascii: "\""): value = .text(try reader.string())
    case UInt8(ascii: "n"):
      // What is neither is no JSON, and is refused as that.
      if try !reader.isNull() { try reader.pass() }
      value = .null
    case UInt8(ascii: "t"), UInt8(ascii: "f"): value = .truth(try reader.truth())
    default:
      switch try reader.number() {
      case .integer(let number): value = .number("\(number)")
      case let other:
        value = .number(String(decoding: other.serialized(pretty: false), as: UTF8.self))
      }
    }
  }
}
