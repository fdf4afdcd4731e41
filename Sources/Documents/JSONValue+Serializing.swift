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

  /// What stands for it in a larger text, on a line that is indented for `depth` brackets.
  public func serializedPart(pretty: Bool, depth: Int) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty, depth: depth)
    writer.write(self)
    return writer.bytes
  }

  /// The same; `nil` if it would be longer than that many bytes, which is noticed on the way.
  public func serializedPart(pretty: Bool, depth: Int, atMost limit: Int) -> [UInt8]? {
    var writer = JSONWriter(pretty: pretty, limit: limit, depth: depth)
    writer.write(self)
    return writer.isFull || writer.bytes.count > limit ? nil : writer.bytes
  }

  /// The array of elements that were written as parts, one bracket deeper than it.
  public static func array(ofParts parts: [[UInt8]], pretty: Bool, depth: Int) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty, depth: depth)
    writer.writeList("[", parts, "]") { writer, part in writer.bytes += part }
    return writer.bytes
  }

  /// The object of members that were written as parts, one bracket deeper than it.
  public static func object(
    ofParts parts: [String: [UInt8]], pretty: Bool, depth: Int
  ) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty, depth: depth)
    writer.writeList("{", sorted(parts), "}") { writer, member in
      writer.write(key: member.key)
      writer.bytes += member.value
    }
    return writer.bytes
  }

  /// Members in the order of their keys' UTF-8.
  static func sorted<Value>(_ members: [String: Value]) -> [(key: String, value: Value)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

private struct JSONWriter {
  let pretty: Bool
  private let limit: Int
  var bytes: [UInt8] = []
  /// There would be more than the limit, and nothing more is written.
  private(set) var isFull = false
  private var depth = 0

  init(pretty: Bool, limit: Int = .max, depth: Int = 0) {
    self.pretty = pretty
    self.limit = limit
    self.depth = depth
  }

  mutating func write(_ value: JSONValue) {
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

  mutating func write(key: String) {
    writeQuoted(key)
    write(pretty ? ": " : ":")
  }

  mutating func writeList<Element>(
    _ opening: StaticString, _ elements: [Element], _ closing: StaticString,
    _ writeElement: (inout JSONWriter, Element) -> Void
  ) {
    write(opening.description)
    depth += 1
    for (index, element) in elements.enumerated() {
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
      isFull = true
      return
    }
    write("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): write("\\\"")
      case UInt8(ascii: "\\"): write("\\\\")
      case UInt8(ascii: "\n"): write("\\n")
      case UInt8(ascii: "\r"): write("\\r")
      case UInt8(ascii: "\t"): write("\\t")
      case ..<0x20:
        write("\\u00")
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    write("\"")
  }
}
