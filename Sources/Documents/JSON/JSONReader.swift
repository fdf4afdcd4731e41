/// Reads a JSON text from front to back, as RFC 8259 has it and nothing more. Nothing is made of what
/// nobody asks for.
///
/// Takes time in proportion to the bytes, and the stack of no more levels than the rules allow.
public struct JSONReader {
  /// What a reader refuses beyond what is no JSON.
  public struct Rules: Sendable {
    /// The most brackets that may be open at once.
    public var depth: Int
    /// Whether an object may have one member twice. Two readers could see two objects in it.
    public var allowsTwins: Bool

    public init(depth: Int, allowsTwins: Bool) {
      self.depth = depth
      self.allowsTwins = allowsTwins
    }
  }

  /// Its owner's, who keeps them for as long as this is used.
  @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
  @usableFromInline let rules: Rules
  /// Of the byte that is next.
  @usableFromInline var at = 0
  @usableFromInline var depth = 0
  /// The line of an earlier place.
  private var mark = (at: 0, line: 1)

  @inlinable
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ rules: Rules) {
    self.init(bytes: bytes, rules: rules)
  }

  @usableFromInline
  init(bytes: UnsafeBufferPointer<UInt8>, rules: Rules) {
    self.bytes = bytes
    self.rules = rules
  }

  // MARK: The whole

  /// Reads the bytes as one value; throws if something follows it.
  ///
  /// - Parameter body: reads that value; its own errors are passed on.
  /// - Throws: ``JSONError``, which knows its line.
  public static func read<Value>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ rules: Rules,
    _ body: (inout JSONReader) throws -> Value
  ) throws -> Value {
    var reader = JSONReader(bytes, rules)
    do {
      let value = try body(&reader)
      if reader.peek() != nil { throw reader.unexpected("there is more after the end") }
      return value
    } catch var error as JSONError {
      error.line = reader.line(of: error.offset)
      throw error
    }
  }

  public static func read<Value>(
    _ bytes: [UInt8], _ rules: Rules, _ body: (inout JSONReader) throws -> Value
  ) throws -> Value {
    try bytes.withUnsafeBufferPointer { try read($0, rules, body) }
  }

  // MARK: One after the other

  /// Calls `take` for each member of the object that is next; a value that it does not read is passed
  /// over.
  @inlinable
  public mutating func members(_ take: (Key, inout JSONReader) throws -> Void) throws {
    try begin(UInt8(ascii: "{"))
    defer { depth -= 1 }
    if ends(with: UInt8(ascii: "}")) { return }
    var seen: Set<String> = []
    repeat {
      let key = try key()
      if !rules.allowsTwins { try see(key, &seen) }
      let value = at
      try take(key, &self)
      if at == value { try pass() }
    } while try goesOn(until: UInt8(ascii: "}"))
  }

  /// Calls `take` for each element of the array that is next; one that it does not read is passed over.
  @inlinable
  public mutating func elements(_ take: (inout JSONReader) throws -> Void) throws {
    try begin(UInt8(ascii: "["))
    defer { depth -= 1 }
    if ends(with: UInt8(ascii: "]")) { return }
    repeat {
      _ = peek()
      let value = at
      try take(&self)
      if at == value { try pass() }
    } while try goesOn(until: UInt8(ascii: "]"))
  }

  /// What the next value begins with; `nil` at the end. It is not taken.
  @inlinable
  public mutating func peek() -> UInt8? {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0a, 0x0d, 0x09: at += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Takes `null`; false, and nothing is taken, if something else is next.
  @inlinable
  public mutating func isNull() throws -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try take(word: "null")
    return true
  }

  /// Takes a value of any kind. What is between quotes is not looked at.
  @inlinable
  public mutating func pass() throws {
    switch peek() {
    case UInt8(ascii: "\""): _ = try quoted()
    case UInt8(ascii: "{"):
      try begin(UInt8(ascii: "{"))
      defer { depth -= 1 }
      if ends(with: UInt8(ascii: "}")) { return }
      repeat {
        _ = try key()
        try pass()
      } while try goesOn(until: UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      try begin(UInt8(ascii: "["))
      defer { depth -= 1 }
      if ends(with: UInt8(ascii: "]")) { return }
      repeat { try pass() } while try goesOn(until: UInt8(ascii: "]"))
    case UInt8(ascii: "t"): try take(word: "true")
    case UInt8(ascii: "f"): try take(word: "false")
    case UInt8(ascii: "n"): try take(word: "null")
    default: try passNumber()
    }
  }

  /// Takes a text without making anything of it, and answers with where it is between its quotes.
  public mutating func passText() throws -> Range<Int> {
    let count = try quoted().count
    return at - 1 - count..<at - 1
  }

  /// The line, from 1, that the next value begins on.
  public mutating func line() -> Int {
    _ = peek()
    mark = (at, line(of: at))
    return mark.line
  }

  private func line(of offset: Int) -> Int {
    let start = offset < mark.at ? (at: 0, line: 1) : mark
    return start.line + bytes[start.at..<min(offset, bytes.count)].count { $0 == 0x0a }
  }

  // MARK: Brackets and keys

  @inlinable
  mutating func begin(_ bracket: UInt8) throws {
    guard peek() == bracket else {
      throw unexpected(bracket == UInt8(ascii: "{") ? "{…} is expected" : "[…] is expected")
    }
    guard depth < rules.depth else { throw JSONError(.tooDeep, at: at) }
    depth += 1
    at += 1
  }

  @inlinable
  mutating func ends(with bracket: UInt8) -> Bool {
    guard peek() == bracket else { return false }
    at += 1
    return true
  }

  @inlinable
  mutating func goesOn(until bracket: UInt8) throws -> Bool {
    switch peek() {
    case UInt8(ascii: ","):
      at += 1
      return true
    case bracket:
      at += 1
      return false
    default: throw unexpected("a comma or the end of the list is expected")
    }
  }

  @inlinable
  mutating func key() throws -> Key {
    guard peek() == UInt8(ascii: "\"") else {
      throw JSONError(.malformed("a name in quotes is expected"), at: at)
    }
    let key = Key(bytes: try quoted())
    guard peek() == UInt8(ascii: ":") else { throw unexpected("a colon is expected after a name") }
    at += 1
    // So that a value begins where it begins.
    guard peek() != nil else { throw unexpected("it ends too early") }
    return key
  }

  @usableFromInline
  func see(_ key: Key, _ seen: inout Set<String>) throws {
    let name = try key.text()
    guard seen.insert(name).inserted else { throw JSONError(.twice(name), at: at) }
  }

  /// What is between the quotes of the text that is next, as it is written.
  @inlinable
  mutating func quoted() throws -> UnsafeBufferPointer<UInt8> {
    guard peek() == UInt8(ascii: "\"") else { throw unexpected("a text in quotes is expected") }
    let start = at + 1
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        at = index + 1
        return UnsafeBufferPointer(rebasing: bytes[start..<index])
      }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    throw unexpected("a text has no end")
  }

  @usableFromInline
  func unexpected(_ sentence: String) -> JSONError {
    JSONError(.malformed(at < bytes.count ? sentence : "it ends too early"), at: at)
  }

  /// A member's name, as it is written.
  public struct Key {
    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>

    @usableFromInline
    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The text must have nothing in it that would be escaped.
    @inlinable
    public static func ~= (text: StaticString, key: Key) -> Bool {
      text.utf8CodeUnitCount == key.bytes.count
        && key.bytes.elementsEqual(
          UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public func text() throws -> String { try JSONText.text(bytes) }
  }
}
