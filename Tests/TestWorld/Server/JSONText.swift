/// Finds values in JSON text that is known to be well-formed, so that recorded bytes can be cut and
/// joined without being rewritten: numbers, escapes and the order of members stay as recorded.
struct JSONText {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A member of an object: its name as written, and the range of its value.
  struct Member {
    var name: String
    var value: Range<Int>
  }

  /// The text of a range.
  subscript(range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  /// The members of the object at `range`.
  func members(_ range: Range<Int>) -> [Member] {
    var members: [Member] = []
    var index = skipBlanks(range.lowerBound) + 1
    while true {
      index = skipSeparators(index)
      guard bytes[index] == UInt8(ascii: "\"") else { return members }
      let name = valueRange(index)
      index = skipSeparators(name.upperBound)
      let value = valueRange(index)
      members.append(
        Member(
          name: String(decoding: bytes[name].dropFirst().dropLast(), as: UTF8.self), value: value))
      index = value.upperBound
    }
  }

  /// The ranges of the elements of the array at `range`.
  func elements(_ range: Range<Int>) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    var index = range.lowerBound + 1
    while true {
      index = skipSeparators(index)
      if bytes[index] == UInt8(ascii: "]") { return elements }
      elements.append(valueRange(index))
      index = elements[elements.count - 1].upperBound
    }
  }

  /// The range of the value that a path of member names leads to.
  func range(of path: String...) -> Range<Int>? {
    var range = 0..<bytes.count
    for name in path {
      guard let member = members(range).first(where: { $0.name == name }) else { return nil }
      range = member.value
    }
    return range
  }

  /// The string at `range`, without its quotes and with its escapes.
  func string(_ range: Range<Int>?) -> String? {
    range.map { String(decoding: bytes[$0].dropFirst().dropLast(), as: UTF8.self) }
  }

  private func skipBlanks(_ start: Int) -> Int {
    var index = start
    while [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    return index
  }

  private func skipSeparators(_ start: Int) -> Int {
    var index = skipBlanks(start)
    while [UInt8(ascii: ","), UInt8(ascii: ":")].contains(bytes[index]) {
      index = skipBlanks(index + 1)
    }
    return index
  }

  private func valueRange(_ start: Int) -> Range<Int> {
    var index = start
    var depth = 0
    repeat {
      switch bytes[index] {
      case UInt8(ascii: "\""): index = endOfString(index)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        index += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: index = endOfWord(index)
      }
    } while depth > 0
    return start..<index
  }

  private func endOfString(_ start: Int) -> Int {
    var index = start + 1
    while bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index + 1
  }

  private func endOfWord(_ start: Int) -> Int {
    bytes[start...].firstIndex { [0x2C, 0x5D, 0x7D, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
      ?? bytes.count
  }
}
