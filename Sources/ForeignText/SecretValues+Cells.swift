/// Cells that a sign parts, in CSV, in a drawn table and in a pair of a list: the value is in the
/// cell after the name, or in those below it.
extension SecretValues {
  static let cellSigns: StaticString = ",;|"

  struct Table {
    var sign: UInt8
    /// Of cells in its heading.
    var count: Int
    /// Which ones have secrets.
    var columns: [Int]
    /// Which ones have no secret, whatever is before them.
    var plain: [Int] = []
  }

  /// Names of columns, in small letters, that are no value of the name before them.
  private static let titles = harmless.union(
    [
      "age", "replicas", "status", "state", "ready", "restarts", "created", "updated",
      "description", "comment", "id", "host", "hostname", "port", "url", "server", "database",
      "role",
      "enabled", "required", "login",
    ].map { Array($0.utf8) })
  private static let titlesOfSecrets = Set(
    ["value", "values", "password", "token", "secret", "apikey"].map { Array($0.utf8) })

  // MARK: A name and the cell after it

  /// Where to go on; `nil` if the name is not alone in its cell.
  mutating func takeCell(after name: Name, _ bytes: [UInt8], signAt sign: Int) -> Int? {
    let word = bytes[name.range]
    guard name.isDouble || SecretNames.contain(word), isWholeCell(name, bytes, signAt: sign) else {
      return nil
    }
    let first = bytes[(sign + 1)..<end].firstIndex { !isBlank($0) } ?? end
    let isListed = name.isQuoted(bytes)
    if plainCells.contains(sign + 1) { return sign }
    guard first < end else {
      if isListed, bytes[sign] == UInt8(ascii: ","), followsBracket, isFirst(name, bytes),
        !isKind(bytes[name.range])
      {
        awaited = .argument
      }
      return sign
    }
    let last =
      bytes[first..<end].indices.first { index in
        depth(at: index) <= name.signDepth
          && (bytes[index] == bytes[sign] || isListed && bytes[index].isOne(of: ")]}"))
      } ?? end
    let value = cell(bytes, first..<last)
    if value.isEmpty || bytes[value].starts(with: "--".utf8) || isMark(bytes, at: first)
      || isPlain(bytes[value])
      || isOther(bytes[value], after: name, bytes)
    {
      return sign
    }
    if let quote = quote(bytes, at: first) {
      return closeQuote(bytes, quote, from: first + quote.count) ?? end
    }
    spans.append(value)
    return last
  }

  /// Nothing is in the cell but the name. Between words of a sentence commas have blanks after them.
  private func isWholeCell(_ name: Name, _ bytes: [UInt8], signAt sign: Int) -> Bool {
    var index = name.range.lowerBound
    if name.isDouble {
      index =
        bytes[content..<index].dropLast().lastIndex { !Redactor.isWordByte($0) }
        .map { $0 + 1 } ?? content
    }
    while index > content, isQuote(bytes[index - 1]) { index -= 1 }
    let isQuoted = name.isQuoted(bytes)
    let isDrawn = bytes[sign] == UInt8(ascii: "|")
    if isDrawn || isQuoted {
      while index > content, isBlank(bytes[index - 1]) { index -= 1 }
    } else if sign > name.range.upperBound || sign + 1 == end || isBlank(bytes[sign + 1]) {
      return false
    }
    return index == content || bytes[index - 1] == bytes[sign]
      || isQuoted && bytes[index - 1].isOne(of: "[(")
  }

  /// The title of a column, or the name of a Secret after its kind.
  private func isOther(_ value: ArraySlice<UInt8>, after name: Name, _ bytes: [UInt8]) -> Bool {
    if !name.isInRow, value.count <= 16 {
      let title = SecretNames.lowercased(value)
      if Self.titles.contains(title) || Self.titlesOfSecrets.contains(title) { return true }
    }
    return isKind(bytes[name.range]) && !Self.looksSecret(value)
  }

  private func isKind(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual("Secret".utf8)
      || SecretNames.lowercased(word.suffix(7)).elementsEqual("secrets".utf8)
  }

  // MARK: A title and the cells below it

  /// Keeps the line as the heading of a table if words alone are in its cells, of which the secrets'
  /// are kept unless it may as well be a name and its value.
  mutating func readTitles(_ bytes: [UInt8]) {
    let sign = bytes[content..<end].first { $0 == 0x09 || $0.isOne(of: Self.cellSigns) }
    guard let sign else { return }
    let cells = cells(bytes, partedBy: sign)
    let words = cells.map { bytes[cell(bytes, $0)] }
    let isTitled = words.allSatisfy { word in
      word.count <= 64
        && word.allSatisfy {
          Redactor.isWordByte($0) || $0 == 0x20 && (sign == UInt8(ascii: "|") || sign == 0x09)
        }
    }
    guard isTitled, words.contains(where: { !$0.isEmpty }) else { return }
    let letters = words.joined()
    let isAlike =
      !letters.contains(where: SecretNames.isDigit)
      && (!letters.contains(where: SecretNames.isCapital)
        || !letters.contains(where: SecretNames.isSmall)
        || words.allSatisfy { $0.first.map(SecretNames.isCapital) ?? true })
    let secrets = isAlike ? words.indices.filter { SecretNames.contain(words[$0]) } : []
    let plain = words.indices.filter { Self.titles.contains(SecretNames.lowercased(words[$0])) }
    // A name and its value, rather than two titles.
    if sign == 0x09, cells.count == 2, secrets == [0], plain != [1] { return }
    table = Table(sign: sign, count: cells.count, columns: secrets, plain: plain)
  }

  mutating func takeRow(_ bytes: [UInt8], of table: Table) {
    // Between the heading and the rows of a drawn table.
    if bytes[content..<end].allSatisfy({ $0.isOne(of: "-=+|: ") }) { return }
    let cells = cells(bytes, partedBy: table.sign)
    let isRow =
      cells.count == table.count
      || cells.count > 1 && !table.sign.isOne(of: ",;")
    guard isRow else { return self.table = nil }
    for column in table.plain where column < cells.count {
      plainCells.insert(cells[column].lowerBound)
    }
    for column in table.columns where column < cells.count {
      let cell = trimmed(bytes, of: cells[column])
      guard !cell.isEmpty, !isCount(bytes[cell]), !isPlain(bytes[cell]) else { continue }
      if table.sign.isOne(of: ",;"), let quote = quote(bytes, at: cell.lowerBound) {
        _ = closeQuote(bytes, quote, from: cell.lowerBound + quote.count)
      } else {
        spans.append(cell)
      }
    }
  }

  /// In CSV a sign in quotes parts nothing.
  private func cells(_ bytes: [UInt8], partedBy sign: UInt8) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var first = start
    var index = start
    var isInQuotes = false
    while index < end {
      if bytes[index] == UInt8(ascii: "\""), sign.isOne(of: ",;"), isInQuotes || index == first {
        isInQuotes.toggle()
        // A doubled quote is one in the cell, and opens it again.
        if !isInQuotes, index + 1 < end, bytes[index + 1] == UInt8(ascii: "\"") {
          isInQuotes = true
          index += 1
        }
      } else if bytes[index] == sign, !isInQuotes {
        cells.append(first..<index)
        first = index + 1
      }
      index += 1
    }
    return cells + [first..<end]
  }

  /// Without blanks and quotes around it.
  private func cell(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = trimmed(bytes, of: range)
    while let first = range.first, isQuote(bytes[first]) { range.removeFirst() }
    while let last = range.last, isQuote(bytes[last]) { range.removeLast() }
    return range
  }

  private func trimmed(_ bytes: [UInt8], of range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, Redactor.isSpace(bytes[first]) { range.removeFirst() }
    while let last = range.last, Redactor.isSpace(bytes[last]) { range.removeLast() }
    return range
  }
}
