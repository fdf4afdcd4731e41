/// Tables: a heading in capitals, and the columns below it.
extension SecretValues {
  /// Whether the line is the heading of a table, in capitals or in words that each begin with one;
  /// its columns of secrets are kept.
  mutating func readHeading(_ bytes: [UInt8]) -> Bool {
    guard SecretNames.isCapital(bytes[content]) else { return false }
    var cells: [Range<Int>] = []
    var isInCapitals = true
    var isTabbed = false
    var index = content
    while index < end {
      let byte = bytes[index]
      guard Redactor.isWordByte(byte) || isBlank(byte) else { return false }
      if SecretNames.isSmall(byte) { isInCapitals = false }
      isTabbed = isTabbed || byte == 0x09
      if !isBlank(byte) {
        let isNext = cells.last.map { cell in
          index - cell.upperBound > 1 || bytes[cell.upperBound..<index].contains(0x09)
        }
        if isNext == false, let last = cells.last {
          cells[cells.count - 1] = last.lowerBound..<(index + 1)
        } else {
          cells.append(index..<(index + 1))
        }
      }
      index += 1
    }
    guard cells.count > 1 else { return false }
    if lineNumber - lineOfDataTitle < 3, cells.count == 2, !isTabbed {
      columns = [(cells[1].lowerBound - start)..<Int.max]
      return true
    }
    let secrets = cells.indices.filter { SecretNames.contain(bytes[cells[$0]]) }
    if !isInCapitals {
      // A name and its value look the same, but for the order.
      guard let first = secrets.first, first > 0 || cells.count > 2,
        cells.allSatisfy({ isTitle(bytes[$0]) })
      else { return false }
    }
    if isTabbed {
      table = Table(sign: 0x09, count: cells.count, columns: secrets)
      return !secrets.isEmpty
    }
    columns = secrets.map { cell in
      (cells[cell].lowerBound - start)..<(cell + 1 < cells.count
        ? cells[cell + 1].lowerBound - start : .max)
    }
    return true
  }

  /// A capital, and then letters and spaces alone.
  private func isTitle(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.first.map(SecretNames.isCapital) == true
      && cell.allSatisfy { SecretNames.isSmall($0) || SecretNames.isCapital($0) || $0 == 0x20 }
  }

  mutating func takeColumns(_ bytes: [UInt8]) -> Int? {
    if let table { takeRow(bytes, of: table) }
    guard case .nothing = awaited else { return nil }
    guard !columns.isEmpty, !bytes[content..<end].allSatisfy({ $0.isOne(of: "- ") }) else {
      return content
    }
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
      let last =
        bytes[inside..<end].indices.first { index in
          bytes[index] == 0x09
            || bytes[index] == 0x20 && (index + 1 == end || isBlank(bytes[index + 1]))
        } ?? end
      if !isCount(bytes[first..<last]) { spans.append(first..<last) }
    }
    return content
  }

  /// How many secrets there are, as in the table of service accounts.
  func isCount(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.count <= 4 && cell.allSatisfy(SecretNames.isDigit)
  }
}
