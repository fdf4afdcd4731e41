extension JSONReader {
  /// The value that is next, whatever it is. Of two members of one name, where these are allowed, the
  /// first stays.
  public mutating func value() throws -> JSONValue {
    switch peek() {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try self.elements { elements.append(try $0.value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try truth())
    case UInt8(ascii: "n"):
      try take(word: "null")
      return .null
    default: return try number()
    }
  }

  private mutating func object() throws -> [String: JSONValue] {
    try begin(UInt8(ascii: "{"))
    defer { depth -= 1 }
    var members: [String: JSONValue] = [:]
    if ends(with: UInt8(ascii: "}")) { return members }
    repeat {
      let name = try key().text()
      let place = at
      guard let earlier = members.updateValue(try value(), forKey: name) else { continue }
      guard rules.allowsTwins else { throw JSONError(.twice(name), at: place) }
      members[name] = earlier
    } while try goesOn(until: UInt8(ascii: "}"))
    return members
  }

  public mutating func string() throws -> String {
    _ = peek()
    let start = at
    do {
      return try JSONText.text(quoted())
    } catch let error as JSONError {
      throw JSONError(error.reason, at: max(start, error.offset))
    }
  }

  @inlinable
  public mutating func truth() throws -> Bool {
    let isTrue = peek() == UInt8(ascii: "t")
    try take(word: isTrue ? "true" : "false")
    return isTrue
  }

  /// A number that is whole and fits is an integer, however it is written.
  public mutating func number() throws -> JSONValue {
    _ = peek()
    let start = at
    try passNumber()
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw JSONError(.malformed("a number is out of range"), at: start)
    }
    return Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
  }

  // MARK: Scalars

  @usableFromInline
  mutating func take(word: StaticString) throws {
    let end = at + word.utf8CodeUnitCount
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[at..<end].elementsEqual(wanted) else {
      throw unexpected("a value is expected")
    }
    at = end
  }

  /// A number as RFC 8259, section 6, has it. What follows it is for whoever reads on.
  @usableFromInline
  mutating func passNumber() throws {
    let start = at
    _ = takes(UInt8(ascii: "-"))
    if !takes(UInt8(ascii: "0")) { try passDigits(start) }
    if takes(UInt8(ascii: ".")) { try passDigits(start) }
    if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
      _ = takes(UInt8(ascii: "+")) || takes(UInt8(ascii: "-"))
      try passDigits(start)
    }
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func passDigits(_ start: Int) throws {
    let first = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    guard at > first else {
      at = start
      throw unexpected("a value is expected")
    }
  }
}
