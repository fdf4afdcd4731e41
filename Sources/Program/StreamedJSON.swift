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
    var writer = JSONWriter(pretty: true)
    write(to: &writer, out)
    out(String(decoding: writer.taken(), as: UTF8.self) + "\n")
  }

  private func write(to writer: inout JSONWriter, _ out: (String) -> Void) {
    switch self {
    case .value(let value): writer.write(value)
    case .object(let members):
      writer.writeList("{", JSONValue.sorted(members), "}") { writer, member in
        writer.write(key: member.key)
        member.value.write(to: &writer, out)
      }
    case .list(let count, let element):
      writer.writeList("[", 0..<count, "]") { writer, index in
        writer.write(element(index))
        out(String(decoding: writer.taken(), as: UTF8.self))
      }
    }
  }
}
