/// Finds what belongs to a name of a secret, line by line, however the two are laid out: the rest
/// of the line, what stands in quotes, the lines below (of YAML and JSON), the `value` beside a
/// `name`, the next argument, the column of a table.
///
/// It remembers what a line leaves open.
struct SecretValues {
  /// What the lines to come are, after one that ended with a name.
  private enum Awaited {
    case nothing
    /// A value, unless a key comes. The number is where the line with the name begins.
    case value(Int)
    /// All that is further in than this, and what comes first.
    case block(Int, isBegun: Bool)
    case items
    /// Of a list of arguments, or of a command.
    case argument
    case endOfQuote(Quote)
  }

  private struct Quote {
    var sign: UInt8
    var isEscaped: Bool
    /// Bytes that may still come before its end.
    var left: Int

    init(_ sign: UInt8, _ isEscaped: Bool, left: Int = Redactor.longestKey) {
      self.sign = sign
      self.isEscaped = isEscaped
      self.left = left
    }
  }

  /// The name of an entry, whose value is told beside it.
  private struct Entry {
    var column: Int
    var line: Int
  }

  private var awaited = Awaited.nothing
  private var named: Entry?
  /// Columns of a table.
  private var columns: [Range<Int>] = []
  private var lineNumber = 0

  // Of the line that is looked at.
  private var start = 0
  private var end = 0
  private var content = 0
  private var spans: [Range<Int>] = []

  mutating func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    spans = []
    start = 0
    while start <= bytes.count {
      end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      look(at: bytes)
      start = end + 1
    }
    return spans
  }

  private mutating func look(at bytes: [UInt8]) {
    lineNumber += 1
    content = bytes[start..<end].firstIndex { !Redactor.isSpace($0) } ?? end
    guard content < end else {
      columns = []
      return
    }
    if let entry = named, lineNumber > entry.line + 1, content - start < entry.column {
      named = nil
    }
    if let rest = takeAwaited(bytes) { scan(bytes, from: rest) }
  }

  // MARK: What an earlier line left open

  /// Where the line goes on that may hold names; `nil` if it was a value as a whole.
  private mutating func takeAwaited(_ bytes: [UInt8]) -> Int? {
    let before = awaited
    awaited = .nothing
    switch before {
    case .nothing: return takeColumns(bytes)
    case .endOfQuote(let quote): return closeQuote(bytes, quote, from: start)
    case .block(let indent, let isBegun):
      guard content - start > indent || !isBegun && !isKey(bytes, at: content) else {
        return content
      }
      spans.append(content..<end)
      awaited = .block(indent, isBegun: true)
      return nil
    case .value(let indent):
      if isOpening(bytes) { return content }
      if let item = item(bytes) {
        awaited = .items
        return takeWhole(bytes, from: item)
      }
      if isKey(bytes, at: content) || isAssignment(bytes) { return content }
      awaited = .block(indent, isBegun: true)
      return takeWhole(bytes, from: content)
    case .items:
      guard let item = item(bytes) ?? (isQuote(bytes[content]) ? content : nil) else {
        return content
      }
      awaited = before
      return takeWhole(bytes, from: item)
    case .argument:
      var index = item(bytes) ?? content
      while index < end, isQuote(bytes[index]) { index += 1 }
      guard index < end, bytes[index] != UInt8(ascii: "-") else { return content }
      return takeWhole(bytes, from: item(bytes) ?? content)
    }
  }

  /// A value that has a line, or the rest of it, for itself.
  private mutating func takeWhole(_ bytes: [UInt8], from first: Int) -> Int? {
    guard first < end, !isKey(bytes, at: first) else { return first }
    if let quote = quote(bytes, at: first) {
      return closeQuote(bytes, quote, from: first + (quote.isEscaped ? 2 : 1))
    }
    if bytes[first] == UInt8(ascii: "|") || bytes[first] == UInt8(ascii: ">"),
      isBlock(bytes, at: first)
    {
      awaited = .block(content - start, isBegun: false)
      return nil
    }
    spans.append(first..<end)
    return nil
  }

  /// A brace or a bracket alone begins a map or a list.
  private mutating func isOpening(_ bytes: [UInt8]) -> Bool {
    guard bytes[content] == UInt8(ascii: "{") || bytes[content] == UInt8(ascii: "["),
      bytes[(content + 1)..<end].allSatisfy(Redactor.isSpace)
    else { return false }
    if bytes[content] == UInt8(ascii: "[") { awaited = .items }
    return true
  }

  /// What follows the dash of a list.
  private func item(_ bytes: [UInt8]) -> Int? {
    guard bytes[content] == UInt8(ascii: "-"), content + 1 < end, isBlank(bytes[content + 1]) else {
      return nil
    }
    return bytes[(content + 1)..<end].firstIndex { !isBlank($0) }
  }

  private func isKey(_ bytes: [UInt8], at first: Int) -> Bool {
    var index = first
    while index < end, isQuote(bytes[index]) { index += 1 }
    let word = index
    while index < end, Redactor.isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
      index += 1
    }
    guard index > word else { return false }
    let wordEnd = index
    while index < end, isQuote(bytes[index]) { index += 1 }
    guard index < end, bytes[index] == UInt8(ascii: ":") else { return false }
    return index > wordEnd || index + 1 == end || isBlank(bytes[index + 1])
  }

  /// As in `NAME=value`; base64 ends with such a sign, too.
  private func isAssignment(_ bytes: [UInt8]) -> Bool {
    let sign = bytes[content..<end].firstIndex { !Redactor.isWordByte($0) } ?? end
    return sign > content && sign + 1 < end && bytes[sign] == UInt8(ascii: "=")
      && Redactor.isWordByte(bytes[sign + 1])
  }

  private mutating func takeColumns(_ bytes: [UInt8]) -> Int {
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

  // MARK: Names

  private mutating func scan(_ bytes: [UInt8], from first: Int) {
    let isHeading = readHeading(bytes)
    var index = first
    var isInString = false
    var depth = 0
    var previous = 0..<0
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        if index == start || bytes[index - 1] != UInt8(ascii: "\\") { isInString.toggle() }
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
      guard Redactor.isWordByte(bytes[index]) else {
        index += 1
        continue
      }
      let upper = bytes[index..<end].firstIndex { !Redactor.isWordByte($0) } ?? end
      var name = Name(range: index..<upper, depth: depth)
      name.isDouble =
        previous.upperBound == index - 1 && bytes[index - 1] == 0x20 && !previous.isEmpty
        && SecretNames.contain(bytes[index..<upper], after: bytes[previous])
      name.isInString = isInString
      previous = index..<upper
      index = max(upper, look(at: name, bytes, isHeading: isHeading))
      // The quote that closes the name is passed by the loop, unless its value is.
      if index > upper, name.isInString, bytes[upper] == UInt8(ascii: "\""), name.isQuoted(bytes) {
        isInString = false
      }
    }
  }

  private struct Name {
    var range: Range<Int>
    var depth: Int
    var isDouble = false
    var isInString = false

    /// As a key of JSON is.
    func isQuoted(_ bytes: [UInt8]) -> Bool {
      range.lowerBound > 0 && range.upperBound < bytes.count
        && isQuote(bytes[range.lowerBound - 1])
        && isQuote(bytes[range.upperBound])
    }
  }

  /// Where to go on.
  private mutating func look(at name: Name, _ bytes: [UInt8], isHeading: Bool) -> Int {
    let word = bytes[name.range]
    var index = name.range.upperBound
    while index < end, isQuote(bytes[index]) { index += 1 }
    for code in ["%22", "%27"] where hasCode(code, bytes, at: index) { index += 3 }
    let afterQuotes = index
    while index < end, isBlank(bytes[index]) { index += 1 }
    let gap = index - afterQuotes
    let isTab = gap > 0 && bytes[afterQuotes..<index].contains(0x09)
    let separator = index
    while index < end, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") {
      index += 1
    }
    if index == separator, hasCode("%3d", bytes, at: index) || hasCode("%3a", bytes, at: index) {
      index += 3
    }
    if index > separator {
      if index < end, bytes[index] == UInt8(ascii: ">") { index += 1 }
      return lookAtAssigned(name, bytes, separator: separator, valueAt: index)
    }
    if word.starts(with: "--".utf8) {
      guard SecretNames.contain(word) else { return name.range.upperBound }
      return takeArgument(name, bytes, at: index)
    }
    // A row of two columns.
    if !isHeading, gap >= 2 || isTab, index < end, isRowHead(name, bytes),
      name.isDouble || SecretNames.contain(word), !isMark(bytes, at: index)
    {
      spans.append(index..<end)
      return end
    }
    return name.range.upperBound
  }

  private mutating func lookAtAssigned(
    _ name: Name, _ bytes: [UInt8], separator: Int, valueAt first: Int
  ) -> Int {
    let word = bytes[name.range]
    let column = name.range.lowerBound - start
    let letters = word.count <= 5 ? SecretNames.lowercased(word) : []
    var isSecret = name.isDouble || SecretNames.contain(word)
    if !isSecret, isFirst(name, bytes) || name.isQuoted(bytes) {
      isSecret = SecretNames.isFileOfKey(word)
    }
    if letters.elementsEqual("value".utf8), let entry = named {
      named = nil
      isSecret =
        entry.line == lineNumber || entry.column == column
        || entry.line + 1 == lineNumber && isFirst(name, bytes)
    }
    if !isSecret, letters.elementsEqual("name".utf8) || letters.elementsEqual("key".utf8) {
      named = nil
      var index = first
      while index < end, isBlank(bytes[index]) || isQuote(bytes[index]) { index += 1 }
      let value = bytes[index..<end].prefix(128).prefix(while: Redactor.isWordByte)
      if SecretNames.contain(value) { named = Entry(column: column, line: lineNumber) }
    }
    guard isSecret else { return name.range.upperBound }

    var index = first
    while index < end, isBlank(bytes[index]) { index += 1 }
    let isHeader = SecretNames.lowercased(word.suffix(13)).elementsEqual("authorization".utf8)
    let isLoose = isHeader || bytes[first - 1] == UInt8(ascii: ":") && index > first
    return takeValue(of: name, bytes, at: index, isLoose: isLoose)
  }

  // MARK: Values on the line of their name

  private mutating func takeValue(
    of name: Name, _ bytes: [UInt8], at first: Int, isLoose: Bool
  ) -> Int {
    guard first < end else {
      awaited = .value(indent(of: name, bytes))
      return end
    }
    if isMark(bytes, at: first) { return first + Redactor.mark.utf8.count }
    let isQuoted = name.isQuoted(bytes) || bytes[name.range.upperBound] == UInt8(ascii: "\\")
    let isInText = name.isInString && !isQuoted
    if isInText, bytes[first] == UInt8(ascii: "\"") { return first }
    if let quote = quote(bytes, at: first) {
      return closeQuote(bytes, quote, from: first + (quote.isEscaped ? 2 : 1)) ?? end
    }
    switch bytes[first] {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      if isBlock(bytes, at: first) {
        awaited = .block(indent(of: name, bytes), isBegun: false)
        return end
      }
    case UInt8(ascii: "{"):
      if isOpen(bytes, at: first) { return first }
    case UInt8(ascii: "["):
      if bytes[(first + 1)..<end].allSatisfy(Redactor.isSpace) {
        awaited = .items
        return end
      }
      if isQuoted {
        let close = bytes[first..<end].firstIndex(of: UInt8(ascii: "]")) ?? end
        spans.append((first + 1)..<close)
        return close
      }
    default: break
    }
    // Only a password has spaces in it. In a sentence, a key after a key is no value at all.
    let isSentence =
      isLoose && isInSentence(name, bytes) && !SecretNames.mayHaveSpaces(bytes[name.range])
    if isSentence, isKey(bytes, at: first) { return first }
    let isLoose = isLoose && !isSentence
    let isFlow = isQuoted || name.depth > 0 && isLoose
    var index = first
    while index < end {
      let byte = bytes[index]
      if isInText, byte == UInt8(ascii: "\"") { break }
      if isInText, byte == UInt8(ascii: "\\"), index + 1 < end {
        index += 2
        continue
      }
      if isFlow, ",}]".utf8.contains(byte) { break }
      if !isLoose {
        if Redactor.isSpace(byte) || byte == UInt8(ascii: "&") || hasCode("%26", bytes, at: index) {
          break
        }
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";"),
          index + 1 == end || Redactor.isSpace(bytes[index + 1])
        {
          break
        }
      }
      // What was taken out before ends there.
      if isMark(bytes, at: index) {
        index += Redactor.mark.utf8.count
        spans.append(first..<index)
        return index
      }
      index += 1
    }
    var last = index
    while last > first, Redactor.isSpace(bytes[last - 1]) || "}])\"'".utf8.contains(bytes[last - 1])
    {
      last -= 1
    }
    if last > first, !isPlain(bytes[first..<last]) { spans.append(first..<last) }
    return max(last, first)
  }

  /// `--token VALUE`, `"--token", "VALUE"`, and the value on the next line.
  private mutating func takeArgument(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int {
    var index = first
    let isInList = index < end && bytes[index] == UInt8(ascii: ",")
    while index < end, isBlank(bytes[index]) || isInList && bytes[index] == UInt8(ascii: ",") {
      index += 1
    }
    let isContinued = index + 1 == end && bytes[index] == UInt8(ascii: "\\")
    guard index < end, !isContinued else {
      let isItem = item(bytes).map { bytes[$0..<name.range.lowerBound].allSatisfy(isQuote) } == true
      if isInList || isItem || isContinued { awaited = .argument }
      return end
    }
    let value = bytes[index..<end].firstIndex { !isQuote($0) } ?? end
    // After a name in quotes, as in `for "--token" flag`.
    let isQuotation = name.isQuoted(bytes) && !isInList && value == index
    guard value < end, bytes[value] != UInt8(ascii: "-"), bytes[index] != UInt8(ascii: "]"),
      !isQuotation
    else {
      return name.range.upperBound
    }
    var name = name
    if isInList { name.isInString = false }
    return takeValue(of: name, bytes, at: index, isLoose: false)
  }

  /// The value that began in quotes; `nil` if it is not over with this line.
  private mutating func closeQuote(_ bytes: [UInt8], _ quote: Quote, from first: Int) -> Int? {
    var index = first
    while index < end {
      if bytes[index] == quote.sign {
        // A doubled quote is one inside the value, as in YAML and SQL.
        guard index + 1 < end, bytes[index + 1] == quote.sign else { break }
        index += 1
      } else if quote.isEscaped && bytes[index] == UInt8(ascii: "\\") {
        break
      } else if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      }
      index += 1
    }
    index = min(index, end)
    if first < index, !isMark(bytes, at: first) { spans.append(first..<index) }
    guard index < end else {
      let left = quote.left - (end - first)
      if left > 0 { awaited = .endOfQuote(Quote(quote.sign, quote.isEscaped, left: left)) }
      return nil
    }
    return min(end, index + (quote.isEscaped ? 2 : 1))
  }

  /// What is further in belongs to the name.
  private func indent(of name: Name, _ bytes: [UInt8]) -> Int {
    (isFirst(name, bytes) ? name.range.lowerBound : content) - start
  }

  // MARK: Signs

  private func quote(_ bytes: [UInt8], at index: Int) -> Quote? {
    let isEscaped = bytes[index] == UInt8(ascii: "\\")
    let sign = index + (isEscaped ? 1 : 0)
    guard sign < end, bytes[sign] == UInt8(ascii: "\"") || bytes[sign] == UInt8(ascii: "'") else {
      return nil
    }
    return Quote(bytes[sign], isEscaped)
  }

  private func isBlock(_ bytes: [UInt8], at index: Int) -> Bool {
    let rest = bytes[(index + 1)..<end].drop { "+-0123456789".utf8.contains($0) }
    return rest.drop(while: Redactor.isSpace).first.map { $0 == UInt8(ascii: "#") } ?? true
  }

  /// Whether a map begins there, and not a value.
  private func isOpen(_ bytes: [UInt8], at index: Int) -> Bool {
    guard let next = bytes[(index + 1)..<end].first(where: { !Redactor.isSpace($0) }) else {
      return true
    }
    return isQuote(next) || next == UInt8(ascii: "}")
  }

  /// At the beginning of its line, but for a dash and a quote.
  private func isFirst(_ name: Name, _ bytes: [UInt8]) -> Bool {
    guard name.range.lowerBound - content <= 64 else { return false }
    if name.isDouble {
      return bytes[content..<name.range.lowerBound].dropLast().allSatisfy(Redactor.isWordByte)
    }
    return bytes[content..<name.range.lowerBound].allSatisfy {
      isQuote($0) || isBlank($0) || $0 == UInt8(ascii: "-")
    }
  }

  /// After a word and a space.
  private func isInSentence(_ name: Name, _ bytes: [UInt8]) -> Bool {
    let before = bytes[content..<name.range.lowerBound]
    guard !name.isDouble, let space = before.lastIndex(where: { !isQuote($0) }), space > content
    else {
      return false
    }
    return bytes[space] == 0x20 && Redactor.isWordByte(bytes[space - 1])
      && bytes[space - 1] != UInt8(ascii: "-")
  }

  /// Nothing is before it but words.
  private func isRowHead(_ name: Name, _ bytes: [UInt8]) -> Bool {
    let before = content..<name.range.lowerBound
    return before.count <= 64
      && before.allSatisfy {
        Redactor.isWordByte(bytes[$0]) || bytes[$0] == 0x20 && bytes[$0 - 1] != 0x20
      }
  }

  private func isMark(_ bytes: [UInt8], at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "[") && bytes[index...].starts(with: Redactor.mark.utf8)
  }

  private func hasCode(_ code: String, _ bytes: [UInt8], at index: Int) -> Bool {
    index + 3 <= end && bytes[index] == UInt8(ascii: "%")
      && SecretNames.lowercased(bytes[index..<(index + 3)]).elementsEqual(code.utf8)
  }

  /// No secret, whatever its name is.
  private func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count <= 6 else { return false }
    let word = SecretNames.lowercased(value)
    return ["true", "false", "null", "<none>", "<nil>"].contains { word.elementsEqual($0.utf8) }
  }

  /// Whether the line is the heading of a table, in capitals; its columns of secrets are kept.
  private mutating func readHeading(_ bytes: [UInt8]) -> Bool {
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
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
