extension JSONValue {
  /// JSON as RFC 8259 has it: members in the order of their UTF-8, nothing escaped that need not
  /// be; the same value always gives the same bytes.
  ///
  /// - Parameter pretty: one value per line, indented by two spaces, and a newline at the end.
  public func serialized(pretty: Bool) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self)
    if pretty { writer.bytes.append(UInt8(ascii: "\n")) }
    return writer.bytes
  }

  /// Members in the order of their keys' UTF-8.
  public static func sorted<Value>(_ members: [String: Value]) -> [(key: String, value: Value)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

/// Writes a JSON text piece by piece, for one that is too large to be a ``JSONValue`` first.
public struct JSONWriter {
  private let pretty: Bool
  private let limit: Int
  public fileprivate(set) var bytes: [UInt8] = []
  /// There is, or would be, more than the limit, and nothing more is written.
  public var isFull: Bool { isRefusing || bytes.count > limit }
  private var isRefusing = false
  private var depth = 0

  /// - Parameter limit: the most bytes that there may be.
  public init(pretty: Bool, limit: Int = .max) {
    self.pretty = pretty
    self.limit = limit
  }

  /// Hands over what is written so far, for a text that is not to be held as a whole.
  public mutating func taken() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  public mutating func write(_ value: JSONValue) {
    if isFull { return }
    switch value {
    case .null: write("null")
    case .bool(let value): write(value ? "true" : "false")
    case .integer(let value): write("\(value)")
    case .number(let value): write(value.isFinite ? "\(value)" : "null")
    case .string(let value): writeQuoted(value)
    case .array(let elements):
      writeList("[", elements, "]") { writer, element in writer.write(element) }
    case .object(let members):
      writeList("{", JSONValue.sorted(members), "}") { writer, member in
        writer.write(key: member.key)
        writer.write(member.value)
      }
    }
  }

  public mutating func write(key: String) {
    writeQuoted(key)
    write(pretty ? ": " : ":")
  }

  /// What stands for a value, written before.
  public mutating func write(text: [UInt8]) {
    guard text.count <= limit - min(limit, bytes.count) else {
      isRefusing = true
      return
    }
    bytes += text
  }

  /// An array or an object, by its brackets.
  public mutating func writeList<Elements: Collection>(
    _ opening: StaticString, _ elements: Elements, _ closing: StaticString,
    _ writeElement: (inout JSONWriter, Elements.Element) -> Void
  ) {
    write(opening.description)
    depth += 1
    for (index, element) in elements.enumerated() {
      if isFull { return }
      if index > 0 { write(",") }
      writeLineBreak()
      writeElement(&self, element)
    }
    depth -= 1
    if !elements.isEmpty { writeLineBreak() }
    write(closing.description)
  }

  private mutating func writeLineBreak() {
    guard pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func writeQuoted(_ text: String) {
    guard text.utf8.count <= limit - min(limit, bytes.count) else {
      isRefusing = true
      return
    }
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for (index, byte) in utf8.enumerated() where Self.isEscaped(byte) {
        bytes += utf8[start..<index]
        writeEscaped(byte)
        start = index + 1
      }
      bytes += utf8[start...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case UInt8(ascii: "\n"): write("\\n")
    case UInt8(ascii: "\r"): write("\\r")
    case UInt8(ascii: "\t"): write("\\t")
    default:
      write("\\u00")
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 15))
    }
  }
}
