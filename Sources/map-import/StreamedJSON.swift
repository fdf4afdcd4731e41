import Documents

/// JSON of which long lists are made one element at a time, while they are written: as values all
/// at once, they would take many times the memory of what they tell.
indirect enum StreamedJSON {
  case value(JSONValue)
  case object([String: StreamedJSON])
  /// So many elements, and how each is made.
  case list(Int, element: (Int) -> JSONValue)

  /// Hands over the same bytes as `JSONValue.serialized(pretty: true)`, in pieces.
  func write(_ out: (String) -> Void) {
    write(out, depth: 0)
    out("\n")
  }

  private func write(_ out: (String) -> Void, depth: Int) {
    let indent = String(repeating: "  ", count: depth + 1)
    let end = "\n" + String(repeating: "  ", count: depth)
    switch self {
    case .value(let value): out(Self.text(value, depth: depth))
    case .object(let members):
      let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, key) in keys.enumerated() {
        out((index == 0 ? "{\n" : ",\n") + indent + Self.text(.string(key), depth: 0) + ": ")
        members[key]?.write(out, depth: depth + 1)
      }
      out(keys.isEmpty ? "{}" : end + "}")
    case .list(let count, let element):
      for index in 0..<count {
        out((index == 0 ? "[\n" : ",\n") + indent + Self.text(element(index), depth: depth + 1))
      }
      out(count == 0 ? "[]" : end + "]")
    }
  }

  private static func text(_ value: JSONValue, depth: Int) -> String {
    String(decoding: value.serializedPart(pretty: true, depth: depth), as: UTF8.self)
  }
}
