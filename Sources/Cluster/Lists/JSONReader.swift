import Documents

/// What can be read from JSON, as far as it is of interest.
///
/// Most of an object of a cluster is of no interest here: it is passed over, and no string is made of
/// any key of it. That brackets are balanced is known by then, from the ``ListSplitter``.
protocol JSONReadable {
  init(_ json: inout JSONReader) throws
}

/// It is JSON, but not of the expected kind.
struct Malformed: Error {}

extension JSONReader {
  private static let objects = Rules(depth: 512, allowsTwins: true)

  /// The whole of the bytes as one value.
  static func read<Value: JSONReadable>(
    _ type: Value.Type, from bytes: UnsafeBufferPointer<UInt8>
  ) throws -> Value {
    try read(bytes, objects) { try Value(&$0) }
  }

  /// `nil` for `null`, as in all that follow.
  mutating func object<Value: JSONReadable>(_ type: Value.Type = Value.self) throws -> Value? {
    try isNull() ? nil : Value(&self)
  }

  mutating func list<Value: JSONReadable>(of type: Value.Type = Value.self) throws -> [Value]? {
    if try isNull() { return nil }
    var values: [Value] = []
    try elements { values.append(try Value(&$0)) }
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
    try members { key, json in texts[try key.text()] = try json.text().orMalformed() }
    return texts
  }

  mutating func text() throws -> String? { try isNull() ? nil : string() }

  mutating func integer() throws -> Int? {
    if try isNull() { return nil }
    guard case .integer(let number) = try number() else { throw Malformed() }
    return Int(number)
  }

  mutating func bool() throws -> Bool? { try isNull() ? nil : truth() }
}

extension String: JSONReadable {
  init(_ json: inout JSONReader) throws { self = try json.text().orMalformed() }
}

extension Optional {
  /// For what has to be there.
  func orMalformed() throws -> Wrapped {
    guard let self else { throw Malformed() }
    return self
  }
}
