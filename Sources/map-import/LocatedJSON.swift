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
    /// A number, `true` or `false`: nothing here needs them.
    case other
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
  var isNull: Bool { if case .null = value { true } else { false } }

  init(parsing bytes: [UInt8]) throws(Problem) {
    var reader = Reader(bytes: bytes)
    self = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.peek != nil { throw reader.problem("there is more after the end") }
  }

  private init(_ value: Value, line: Int) {
    self.value = value
    self.line = line
  }

  private struct Reader {
    let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(bytes: [UInt8]) { self.bytes = bytes }

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    func problem(_ sentence: String) -> Problem { Problem(line: line, sentence: sentence) }

    private mutating func next() -> UInt8? {
      guard let byte = peek else { return nil }
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      return byte
    }

    mutating func skipSpace() {
      while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { _ = next() }
    }

    mutating func value(depth: Int) throws(Problem) -> LocatedJSON {
      guard depth < 64 else { throw problem("it is nested too deeply") }
      skipSpace()
      let start = line
      switch peek {
      case UInt8(ascii: "{"): return LocatedJSON(.members(try members(depth)), line: start)
      case UInt8(ascii: "["): return LocatedJSON(.elements(try elements(depth)), line: start)
      case UInt8(ascii: "\""): return LocatedJSON(.text(try string()), line: start)
      case nil: throw problem("it ends too early")
      default: return LocatedJSON(try word(), line: start)
      }
    }

    private mutating func members(_ depth: Int) throws(Problem) -> [String: LocatedJSON] {
      _ = next()
      var members: [String: LocatedJSON] = [:]
      skipSpace()
      if peek == UInt8(ascii: "}") {
        _ = next()
        return members
      }
      while true {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw problem("a name in quotes is expected") }
        let key = try string()
        skipSpace()
        guard next() == UInt8(ascii: ":") else { throw problem("a colon is expected after \(key)") }
        let member = try value(depth: depth + 1)
        guard members.updateValue(member, forKey: key) == nil else {
          throw problem("\"\(key)\" is there twice")
        }
        if try isLast(closing: UInt8(ascii: "}")) { return members }
      }
    }

    private mutating func elements(_ depth: Int) throws(Problem) -> [LocatedJSON] {
      _ = next()
      var elements: [LocatedJSON] = []
      skipSpace()
      if peek == UInt8(ascii: "]") {
        _ = next()
        return elements
      }
      while true {
        elements.append(try value(depth: depth + 1))
        if try isLast(closing: UInt8(ascii: "]")) { return elements }
      }
    }

    private mutating func isLast(closing: UInt8) throws(Problem) -> Bool {
      skipSpace()
      let here = problem("a comma or the end of the list is expected")
      switch next() {
      case UInt8(ascii: ","): return false
      case closing: return true
      default: throw here
      }
    }

    private mutating func word() throws(Problem) -> Value {
      let start = index
      while let byte = peek, !",]}".utf8.contains(byte), byte > 0x20 { _ = next() }
      let word = String(decoding: bytes[start..<index], as: UTF8.self)
      switch word {
      case "null": return .null
      case "true", "false": return .other
      default:
        guard Double(word) != nil else { throw problem("\"\(word)\" is not understood") }
        return .other
      }
    }

    private mutating func string() throws(Problem) -> String {
      _ = next()
      var text: [UInt8] = []
      while let byte = next() {
        switch byte {
        case UInt8(ascii: "\""):
          guard let text = String(validating: text, as: UTF8.self) else {
            throw problem("the text is not UTF-8")
          }
          return text
        case UInt8(ascii: "\\"): text += try escape()
        case ..<0x20: throw problem("a text does not end on its line")
        default: text.append(byte)
        }
      }
      throw problem("a text has no end")
    }

    private mutating func escape() throws(Problem) -> [UInt8] {
      switch next() {
      case UInt8(ascii: "n"): return [0x0A]
      case UInt8(ascii: "t"): return [0x09]
      case UInt8(ascii: "r"): return [0x0D]
      case UInt8(ascii: "b"): return [0x08]
      case UInt8(ascii: "f"): return [0x0C]
      case .some(let byte) where "\"\\/".utf8.contains(byte): return [byte]
      case UInt8(ascii: "u"):
        var unit = try hexadecimal()
        if (0xD800..<0xDC00).contains(unit) {
          guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else {
            throw problem("half a character stands alone")
          }
          let low = try hexadecimal()
          guard (0xDC00..<0xE000).contains(low) else {
            throw problem("half a character stands alone")
          }
          unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(unit) else {
          throw problem("half a character stands alone")
        }
        return Array(String(Character(scalar)).utf8)
      default: throw problem("a backslash is followed by what it cannot be")
      }
    }

    private mutating func hexadecimal() throws(Problem) -> UInt32 {
      var value: UInt32 = 0
      for _ in 0..<4 {
        guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
          throw problem("\\u needs four digits")
        }
        value = value << 4 + UInt32(digit)
      }
      return value
    }
  }
}
