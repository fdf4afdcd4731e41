import FoundationEssentials

/// Reads the JSON of an object from front to back: what nobody asks for is passed over.
///
/// Most of an object of a cluster is of no interest here, and JSONDecoder would make a string of
/// every key of it. That brackets are balanced is known by then, from the ``ListSplitter``.
struct JSONReader {
  /// It is not JSON, or not of the expected kind.
  struct Malformed: Error {}

  /// A member's name, as it is written.
  struct Key {
    fileprivate var bytes: UnsafeBufferPointer<UInt8>

    static func ~= (text: StaticString, key: Key) -> Bool {
      text.utf8CodeUnitCount == key.bytes.count
        && key.bytes.elementsEqual(
          UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
  }

  /// Its owner's, who keeps them for as long as this is used.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var depth = 0
  private static let depthLimit = 512

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The whole of the bytes as one value.
  static func read<Value: JSONReadable>(
    _ type: Value.Type, from bytes: UnsafeBufferPointer<UInt8>
  ) throws -> Value {
    var reader = JSONReader(bytes)
    let value = try Value(&reader)
    guard reader.next() == nil else { throw Malformed() }
    return value
  }

  // MARK: Values

  /// Calls `take` for each member; a value that it does not read is passed over.
  mutating func members(_ take: (Key, inout JSONReader) throws -> Void) throws {
    try begin(UInt8(ascii: "{"))
    defer { depth -= 1 }
    if try ends(with: UInt8(ascii: "}")) { return }
    repeat {
      let key = try key()
      let value = at
      try take(key, &self)
      if at == value { try pass() }
    } while try goesOn(until: UInt8(ascii: "}"))
  }

  /// `nil` for `null`, as in all that follow.
  mutating func object<Value: JSONReadable>(_ type: Value.Type = Value.self) throws -> Value? {
    try isNull() ? nil : Value(&self)
  }

  mutating func list<Value: JSONReadable>(of type: Value.Type = Value.self) throws -> [Value]? {
    if try isNull() { return nil }
    try begin(UInt8(ascii: "["))
    defer { depth -= 1 }
    var values: [Value] = []
    if try ends(with: UInt8(ascii: "]")) { return values }
    repeat { values.append(try Value(&self)) } while try goesOn(until: UInt8(ascii: "]"))
    return values
  }

  /// `nil`, too, for what is no such value.
  mutating func attempt<Value: JSONReadable>(_ type: Value.Type) -> Value? {
    let before = self
    if let value = try? object(Value.self) { return value }
    self = before
    return nil
  }

  mutating func texts() throws -> [String: String]? {
    if try isNull() { return nil }
    var texts: [String: String] = [:]
    try members { key, json in
      guard let value = try json.text() else { throw Malformed() }
      texts[try Self.text(key.bytes)] = value
    }
    return texts
  }

  mutating func text() throws -> String? {
    if try isNull() { return nil }
    return try Self.text(string())
  }

  mutating func integer() throws -> Int? {
    if try isNull() { return nil }
    guard let number = Int(String(decoding: word(), as: UTF8.self)) else { throw Malformed() }
    return number
  }

  mutating func bool() throws -> Bool? {
    if try isNull() { return nil }
    switch String(decoding: word(), as: UTF8.self) {
    case "true": return true
    case "false": return false
    default: throw Malformed()
    }
  }

  static func text(of key: Key) throws -> String { try text(key.bytes) }

  // MARK: Bytes

  /// The next byte that is no white space, which is not taken.
  private mutating func next() -> UInt8? {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0a, 0x0d, 0x09: at += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func begin(_ bracket: UInt8) throws {
    guard next() == bracket, depth < Self.depthLimit else { throw Malformed() }
    depth += 1
    at += 1
  }

  private mutating func ends(with bracket: UInt8) throws -> Bool {
    guard next() == bracket else { return false }
    at += 1
    return true
  }

  private mutating func goesOn(until bracket: UInt8) throws -> Bool {
    let byte = next()
    at += 1
    if byte == UInt8(ascii: ",") { return true }
    guard byte == bracket else { throw Malformed() }
    return false
  }

  private mutating func key() throws -> Key {
    guard next() != nil else { throw Malformed() }
    let key = Key(bytes: try string())
    guard next() == UInt8(ascii: ":") else { throw Malformed() }
    at += 1
    // So that a value begins where it begins.
    guard next() != nil else { throw Malformed() }
    return key
  }

  /// What is between the quotes.
  private mutating func string() throws -> UnsafeBufferPointer<UInt8> {
    guard next() == UInt8(ascii: "\"") else { throw Malformed() }
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
    throw Malformed()
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) throws -> String {
    if bytes.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) {
      let quote = CollectionOfOne(UInt8(ascii: "\""))
      return try JSONDecoder().decode(String.self, from: Data(quote + Array(bytes) + quote))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
    return text
  }

  private mutating func isNull() throws -> Bool {
    guard next() == UInt8(ascii: "n") else { return false }
    guard String(decoding: word(), as: UTF8.self) == "null" else { throw Malformed() }
    return true
  }

  /// A number, or one of the three words.
  private mutating func word() -> UnsafeBufferPointer<UInt8> {
    _ = next()
    let start = at
    while at < bytes.count, !Self.isEnd(bytes[at]) { at += 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<at])
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"),
      0x20, 0x0a, 0x0d, 0x09:
      true
    default: false
    }
  }

  /// Takes a value of any kind; what is between quotes is not looked at.
  private mutating func pass() throws {
    switch next() {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"): try members { _, _ in }
    case UInt8(ascii: "["):
      try begin(UInt8(ascii: "["))
      defer { depth -= 1 }
      if try ends(with: UInt8(ascii: "]")) { return }
      repeat { try pass() } while try goesOn(until: UInt8(ascii: "]"))
    default: guard Self.isScalar(word()) else { throw Malformed() }
    }
  }

  /// One of the three words, or a number as RFC 8259, section 6, has it.
  private static func isScalar(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    switch word.first {
    case UInt8(ascii: "t"): return word.elementsEqual("true".utf8)
    case UInt8(ascii: "f"): return word.elementsEqual("false".utf8)
    case UInt8(ascii: "n"): return word.elementsEqual("null".utf8)
    default: break
    }
    var rest = word[...]
    func take(_ bytes: UInt8...) -> Bool {
      guard let byte = rest.first, bytes.contains(byte) else { return false }
      rest.removeFirst()
      return true
    }
    func takeDigits() -> Int {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    _ = take(UInt8(ascii: "-"))
    let isZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole == 1 || whole > 1 && !isZero else { return false }
    if take(UInt8(ascii: ".")), takeDigits() == 0 { return false }
    if take(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = take(UInt8(ascii: "+"), UInt8(ascii: "-"))
      if takeDigits() == 0 { return false }
    }
    return rest.isEmpty
  }
}

/// What can be read from JSON, as far as it is of interest.
protocol JSONReadable {
  init(_ json: inout JSONReader) throws
}

extension String: JSONReadable {
  init(_ json: inout JSONReader) throws { self = try json.text().orMalformed() }
}

extension Optional {
  /// For what has to be there.
  func orMalformed() throws -> Wrapped {
    guard let self else { throw JSONReader.Malformed() }
    return self
  }
}
