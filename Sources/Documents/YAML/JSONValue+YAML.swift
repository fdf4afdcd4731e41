extension JSONValue {
  /// A YAML document in block style, without a `---`, that readers of YAML 1.1 and of YAML 1.2
  /// read as this same value; a reader of 1.1 has `no`, `0777` and `12:30` for something else than
  /// text, so these and their like are quoted.
  ///
  /// It ends with a newline, and more blank lines after it change nothing.
  public func yaml() -> String {
    var writer = YAMLWriter()
    writer.write(document: self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes collections; what stands on one line is made by ``YAMLScalar``.
private struct YAMLWriter {
  /// Text of a megabyte is written line by line, and a String would be copied for each of them.
  private(set) var bytes: [UInt8] = []

  mutating func write(document: JSONValue) {
    switch document {
    case .object(let members) where !members.isEmpty: write(members, column: 0)
    case .array(let elements) where !elements.isEmpty: write(elements, column: 0)
    default: write(YAMLScalar.line(document) + "\n")
    }
  }

  /// - Parameter column: where the keys begin; the first is written where the text is now.
  private mutating func write(_ members: [String: JSONValue], column: Int) {
    for (index, (key, value)) in JSONValue.sorted(members).enumerated() {
      if index > 0 { indent(column) }
      let name = YAMLScalar.quotedIfNeeded(key)
      if name.utf8.count <= YAMLScalar.longestSimpleKey {
        write("\(name):")
      } else {
        write("? \(name)\n")
        indent(column)
        write(":")
      }
      write(member: value, column: column)
    }
  }

  /// - Parameter column: where the dashes are; the first is written where the text is now.
  private mutating func write(_ elements: [JSONValue], column: Int) {
    for (index, element) in elements.enumerated() {
      if index > 0 { indent(column) }
      write("-")
      switch element {
      case .object(let members) where !members.isEmpty:
        write(" ")
        write(members, column: column + 2)
      case .array(let elements) where !elements.isEmpty:
        write(" ")
        write(elements, column: column + 2)
      default: write(scalar: element, column: column)
      }
    }
  }

  /// What follows a key and its colon. Like kubectl, dashes stand right below the key.
  private mutating func write(member value: JSONValue, column: Int) {
    switch value {
    case .object(let members) where !members.isEmpty:
      write("\n")
      indent(column + 2)
      write(members, column: column + 2)
    case .array(let elements) where !elements.isEmpty:
      write("\n")
      indent(column)
      write(elements, column: column)
    default: write(scalar: value, column: column)
    }
  }

  /// - Parameter column: where the collection begins that this is a part of.
  private mutating func write(scalar value: JSONValue, column: Int) {
    guard case .string(let string) = value, let block = YAMLBlock(string) else {
      write(" \(YAMLScalar.line(value))\n")
      return
    }
    write(" \(block.header)\n")
    for line in block.lines {
      if !line.isEmpty {
        indent(column + 2)
        write(String(line))
      }
      write("\n")
    }
  }

  private mutating func indent(_ column: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }
}
