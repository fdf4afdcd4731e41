import Documents

/// JSON as RFC 8259 has it and nothing more, for files that only this program writes. A member
/// given twice, which other readers let pass, would let two readers see two sessions in one file.
///
/// Takes time in proportion to the bytes, and the stack of no more than `deepest` levels.
package struct StrictJSON {
  /// A session has seven levels; what is unknown in it may have more.
  static let deepest = 64

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  /// Throws for whatever is not one JSON text in UTF-8.
  package static func value(_ bytes: [UInt8]) throws(InvalidSession) -> JSONValue {
    var reader = StrictJSON(bytes: bytes)
    let value = try reader.value()
    try reader.end()
    return value
  }

  package init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: One after the other

  /// Calls `take` for each member of the object that is next; it reads the value or passes it over.
  package mutating func members(
    _ take: (String, inout StrictJSON) throws(InvalidSession) -> Void
  ) throws(InvalidSession) {
    skipSpace()
    guard byte == UInt8(ascii: "{") else { throw invalid }
    try enter()
    if !next(is: "}") {
      var seen: Set<String> = []
      repeat {
        skipSpace()
        let key = try string()
        guard next(is: ":") else { throw invalid }
        guard seen.insert(key).inserted else {
          throw InvalidSession(reason: "it has \(key.prefix(80)) twice in one object")
        }
        try take(key, &self)
      } while next(is: ",")
      guard next(is: "}") else { throw invalid }
    }
    depth -= 1
  }

  /// Calls `take` for each element of the array that is next; it reads or passes over the element.
  package mutating func elements(
    _ take: (inout StrictJSON) throws(InvalidSession) -> Void
  ) throws(InvalidSession) {
    skipSpace()
    guard byte == UInt8(ascii: "[") else { throw invalid }
    try enter()
    if !next(is: "]") {
      repeat { try take(&self) } while next(is: ",")
      guard next(is: "]") else { throw invalid }
    }
    depth -= 1
  }

  /// What the next value begins with.
  package mutating func peek() -> Unicode.Scalar? {
    skipSpace()
    return byte.map { Unicode.Scalar($0) }
  }

  /// Takes the next value without making anything of it. What is between quotes is not looked at:
  /// for bytes whose digest is right.
  package mutating func pass() throws(InvalidSession) {
    var open = 0
    repeat {
      skipSpace()
      guard let byte else { throw invalid }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): break
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      default:
        while index + 1 < bytes.count, !Self.endsWord(bytes[index + 1]) { index += 1 }
      }
      index += 1
    } while open > 0
    if open < 0 || index > bytes.count { throw invalid }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x0a, 0x0d, 0x09: true
    default: false
    }
  }

  /// Throws if anything follows.
  package mutating func end() throws(InvalidSession) {
    skipSpace()
    if byte != nil { throw invalid }
  }

  private mutating func enter() throws(InvalidSession) {
    guard depth < Self.deepest else { throw InvalidSession(reason: "it is nested too deeply") }
    depth += 1
    index += 1
  }

  // MARK: Values

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private var invalid: InvalidSession { InvalidSession(reason: "it is not JSON") }

  package mutating func value() throws(InvalidSession) -> JSONValue {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try self.members { key, reader throws(InvalidSession) in members[key] = try reader.value() }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try self.elements { reader throws(InvalidSession) in elements.append(try reader.value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func string() throws(InvalidSession) -> String {
    guard byte == UInt8(ascii: "\"") else { throw invalid }
    index += 1
    var start = index
    // Most have nothing that is escaped.
    if let end = plainEnd() {
      guard let string = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw invalid
      }
      index = end + 1
      return string
    }
    var text: [UInt8] = []
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

  /// Where the quote is that ends a string of which nothing is escaped; `nil` for another string.
  private func plainEnd() -> Int? {
    var end = index
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\\") {
      if bytes[end] == UInt8(ascii: "\"") { return end }
      end += 1
    }
    return nil
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
