/// Tables: a heading in capitals, and the columns below it.
extension SecretValues {
  /// Whether the line is the heading of a table, in capitals; its columns of secrets are kept.
  mutating func readHeading(_ bytes: [UInt8]) -> Bool {
    guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[content]) else { return false }
    var cells: [Range<Int>] = []
    var index = content
    while index < end {
      let byte = bytes[index]
      guard Redactor.isWordByte(byte) || isBlank(byte), byte != 0x09,
        !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      else { return false }
      if !isBlank(byte) {
        if let last = cells.last, index - last.upperBound < 2 {
          cells[cells.count - 1] = last.lowerBound..<(index + 1)
        } else {
          cells.append(index..<(index + 1))
        }
      }
      index += 1
    }
    guard cells.count > 1 else { return false }
    columns = cells.indices.filter { SecretNames.contain(bytes[cells[$0]]) }.map { cell in
      (cells[cell].lowerBound - start)..<(cell + 1 < cells.count
        ? cells[cell + 1].lowerBound - start : .max)
    }
    return true
  }

  mutating func takeColumns(_ bytes: [UInt8]) -> Int {
    guard !columns.isEmpty else { return content }
    let hasGap = bytes[content..<end].indices.dropFirst().contains {
      bytes[$0] == 0x20 && bytes[$0 - 1] == 0x20
    }
    if !hasGap { columns = [] }
    for column in columns where start + column.lowerBound < end {
      let lower = start + column.lowerBound
      guard let inside = bytes[lower..<end].firstIndex(where: { !isBlank($0) }),
        inside - start < column.upperBound
      else { continue }
      // A cell may be longer than the column is wide.
      let first = bytes[content..<inside].lastIndex(where: isBlank).map { $0 + 1 } ?? content
      let last = bytes[inside..<end].indices.first { index in
        bytes[index] == 0x09
          || bytes[index] == 0x20 && (index + 1 == end || isBlank(bytes[index + 1]))
      }
      spans.append(first..<(last ?? end))
    }
    return content
  }
}
