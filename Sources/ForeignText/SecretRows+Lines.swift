/// Lines and strings of what SQL writes.
extension SecretRows {
  /// At the last letter of the word.
  mutating func readCopy(_ bytes: [UInt8], at last: Int) {
    guard last >= 3, last + 1 < bytes.count, bytes[last + 1] == 0x20,
      Self.isWord(bytes[(last - 3)...last], "copy"),
      last == 3 || !Redactor.isWordByte(bytes[last - 4])
    else { return }
    state = .table(isCopy: true)
  }

  /// The rows of `COPY` begin with the line after the statement; a list goes on only after a comma.
  mutating func endLine(_ text: ArraySlice<UInt8>) {
    switch state {
    case .source(let copy): state = .copy(copy)
    case .selected:
      let last = text.lastIndex { !Redactor.isSpace($0) }
      let line = text[..<(last.map { $0 + 1 } ?? text.startIndex)].suffix(6)
      let goesOn =
        line.isEmpty || line.last.map { $0.isOne(of: ",(") } == true || Self.isWord(line, "select")
      if !goesOn { state = .nothing }
    default: break
    }
  }

  /// Behind the rows, and not in a line of its own, unless that tells what it is.
  mutating func readBracket(_ bytes: [UInt8], at index: Int) {
    guard case .rows = state, !bytes[index...].starts(with: "[parameters".utf8) else { return }
    let last = bytes[..<index].last { $0 == 0x0A || !Redactor.isSpace($0) }
    if last == nil || last == 0x0A { state = .nothing }
  }

  /// Where the next line begins.
  mutating func takeLine(
    _ bytes: [UInt8], from first: Int, of copy: Copy, _ spans: inout [Range<Int>]
  ) -> Int {
    let end = bytes[first...].firstIndex(of: 0x0A) ?? bytes.count
    let line = first < end && bytes[end - 1] == 0x0D ? bytes[first..<(end - 1)] : bytes[first..<end]
    let fields = line.split(
      separator: copy.sign, maxSplits: copy.count, omittingEmptySubsequences: false)
    // A row of one column looks like any other line.
    guard fields.count == copy.count, copy.count > 1 else {
      state = .nothing
      return first
    }
    for column in copy.secrets where !fields[column].elementsEqual("\\N".utf8) {
      let field = fields[column]
      if !field.isEmpty { spans.append(field.startIndex..<field.endIndex) }
    }
    return end + 1
  }

  static func escapes(_ bytes: [UInt8], before index: Int) -> Int {
    bytes[..<index].reversed().prefix(16).prefix { $0 == UInt8(ascii: "\\") }.count
  }

  /// Where it ends, and what follows; a doubled quote and one after a backslash are in the string.
  static func endOfString(
    _ bytes: [UInt8], from first: Int, _ quote: SecretValues.Quote
  ) -> (end: Int, next: Int?) {
    var index = first
    var escapes = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote.sign, quote.isClosed(after: escapes) {
        let isDoubled =
          quote.escapes == 0 && index + 1 < bytes.count && bytes[index + 1] == quote.sign
        guard isDoubled else {
          return (max(first, index - min(escapes, quote.escapes)), index + 1)
        }
        index += 1
        escapes = 0
      } else {
        escapes = byte == UInt8(ascii: "\\") ? escapes + 1 : 0
      }
      index += 1
    }
    return (bytes.count, nil)
  }

  static func isWord(_ word: ArraySlice<UInt8>, _ other: String) -> Bool {
    word.count == other.utf8.count && SecretNames.lowercased(word).elementsEqual(other.utf8)
  }
}
