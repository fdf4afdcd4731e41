import Documents

/// JSON as RFC 8259 has it and nothing more, for files that only this program writes. A member
/// given twice, which other readers let pass, would let two readers see two sessions in one file.
///
/// Takes time in proportion to the bytes, and the stack of no more than `deepest` levels.
struct StrictJSON {
  /// A session has seven levels; what is unknown in it may have more.
  static let deepest = 64

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  /// Throws for whatever is not one JSON text in UTF-8.
  static func value(_ bytes: [UInt8]) throws(InvalidSession) -> JSONValue {
    var reader = StrictJSON(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    if reader.byte != nil { throw reader.invalid }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private var invalid: InvalidSession { InvalidSession(reason: "it is not JSON") }

  private mutating func value() throws(InvalidSession) -> JSONValue {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"):
      return try nested { reader throws(InvalidSession) in try reader.object() }
    case UInt8(ascii: "["):
      return try nested { reader throws(InvalidSession) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout StrictJSON) throws(InvalidSession) -> JSONValue
  ) throws(InvalidSession) -> JSONValue {
    guard depth < Self.deepest else { throw InvalidSession(reason: "it is nested too deeply") }
    depth += 1
    index += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(InvalidSession) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if next(is: "}") { return .object(members) }
    repeat {
      skipSpace()
      let key = try string()
      guard next(is: ":") else { throw invalid }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw InvalidSession(reason: "it has \(key.prefix(80)) twice in one object")
      }
    } while next(is: ",")
    guard next(is: "}") else { throw invalid }
    return .object(members)
  }

  private mutating func array() throws(InvalidSession) -> JSONValue {
    var elements: [JSONValue] = []
    if next(is: "]") { return .array(elements) }
    repeat { elements.append(try value()) } while next(is: ",")
    guard next(is: "]") else { throw invalid }
    return .array(elements)
  }

  private mutating func string() throws(InvalidSession) -> String {
    guard byte == UInt8(ascii: "\"") else { throw invalid }
    index += 1
    var text: [UInt8] = []
    var start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      let byte = bytes[index]
      guard byte >= 0x20 else { throw invalid }
      index += 1
      if byte == UInt8(ascii: "\\") {
        text += bytes[start..<(index - 1)]
        text += Array(String(try escaped()).utf8)
        start = index
      }
    }
    guard byte != nil, let string = String(validating: text + bytes[start..<index], as: UTF8.self)
    else { throw invalid }
    index += 1
    return string
  }

  /// What follows a backslash.
  private mutating func escaped() throws(InvalidSession) -> Unicode.Scalar {
    guard let byte else { throw invalid }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw invalid
    }
    var units = [try unit()]
    if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try unit()) }
    var decoder = UTF16()
    var source = units.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&source),
      case .emptyInput = decoder.decode(&source)
    else { throw invalid }
    return scalar
  }

  private mutating func unit() throws(InvalidSession) -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(Self.isHexDigit),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw invalid }
    index += 4
    return unit
  }

  /// A number that is whole and fits is an integer, however it is written.
  private mutating func number() throws(InvalidSession) -> JSONValue {
    let start = index
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw invalid }
    return Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
  }

  private mutating func digits() throws(InvalidSession) {
    let start = index
    while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    if index == start { throw invalid }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(InvalidSession) -> JSONValue {
    for character in word.unicodeScalars where !take(character) { throw invalid }
    return value
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0a, 0x0d, 0x09: index += 1
      default: return
      }
    }
  }

  /// Skips white space, and the character if it comes then.
  private mutating func next(is character: Unicode.Scalar) -> Bool {
    skipSpace()
    return take(character)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
    index += 1
    return true
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
