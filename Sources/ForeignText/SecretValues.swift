/// Finds what belongs to a name of a secret, line by line, however the two are laid out: the rest
/// of the line, what stands in quotes, the lines below (of YAML and JSON), the `value` beside a
/// `name`, the next argument, the column of a table.
///
/// It remembers what a line leaves open.
struct SecretValues {
  var awaited = Awaited.nothing
  var named: Entry?
  var kinds = ObjectKinds()
  /// The API server complains of a Secret, in this line and in its list below.
  var complainsOfSecret = false
  /// Columns of a table.
  var columns: [Range<Int>] = []
  /// The same where a sign parts them.
  var table: Table?
  /// Where the cells of the row begin that no name before them has for a value.
  var plainCells: Set<Int> = []
  var lineNumber = 0
  /// The line before ended with the sign that begins a map.
  var followsOpening = false
  /// The same of a list.
  var followsBracket = false

  /// What is before the `data` of a Secret on its line, and before what is in it.
  var prefix: [UInt8] = []
  /// The lines before were entries of a `.netrc`.
  var isInNetrc = false

  /// What the attributes to come are of, in Terraform.
  var resource: Resource?
  /// Where the generator of a Secret begins.
  var generator: Int?
  /// The last line with an address of Secrets in the API.
  var lineOfRequest = Int.min / 2
  /// The last line in which a sign stood for the value of a secret.
  var lineOfPlaceholder: Int?
  /// The last line with the title of what is in a secret, as Vault prints it.
  var lineOfDataTitle = Int.min / 2

  // Of the line that is looked at.
  /// Where what a program reads as a password ends; how far it was looked for.
  var endOfPiped = -1
  /// How far the strings of a list were taken.
  var endOfStrings = 0
  /// The path that was named last is one of `data`.
  var isDataPath = false
  /// How far elements of XML were looked at, and where the next tag begins, and begins or ends.
  var endOfElement = 0
  var nextOpening = 0
  var nextAngle = 0
  /// `map[` of Go is before.
  var followsMap = false
  /// What is run takes a secret in this short flag, or in a word with a slash.
  var program: Program?
  /// Where it was named.
  var startOfProgram = -1
  /// `machine` of a `.netrc` is before.
  var followsMachine = false
  var start = 0
  var end = 0
  var content = 0
  /// But for spaces.
  var lastByte: UInt8?
  /// Whether it holds a Secret in JSON, as far as that was asked.
  var holdsSecret: Bool?
  /// The same of any kind.
  var tellsNoKind = false
  var isCommandOfSecret = false
  var spans: [Range<Int>] = []
  /// Of what is looked at.
  var depths: [UInt8] = []

  mutating func spans(_ text: PlainSigns) -> [Range<Int>] {
    let bytes = text.bytes
    depths = text.depths
    kinds.read(bytes)
    spans = []
    start = 0
    while start <= bytes.count {
      end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      look(at: bytes)
      start = end + 1
    }
    return spans
  }

  mutating func look(at bytes: [UInt8]) {
    lineNumber += 1
    (holdsSecret, isCommandOfSecret) = (nil, false)
    plainCells = []
    isDataPath = false
    (endOfElement, nextOpening, nextAngle) = (0, 0, 0)
    (endOfPiped, startOfProgram, endOfStrings) = (-1, -1, 0)
    followsMap = false
    followsMachine = false
    content = bytes[start..<end].firstIndex { !Redactor.isSpace($0) } ?? end
    if content == end || item(bytes) == nil && !isQuote(bytes[content]) { program = nil }
    endResource(bytes)
    guard content < end else {
      columns = []
      table = nil
      return
    }
    lastByte = bytes[start..<end].last { !Redactor.isSpace($0) }
    defer {
      followsOpening = lastByte == UInt8(ascii: "{")
      followsBracket = lastByte == UInt8(ascii: "[")
    }
    if bytes[content] != UInt8(ascii: "*") { complainsOfSecret = false }
    readNetrc(bytes)
    readDataTitle(bytes)
    let key = bytes[content..<end].firstIndex { !isQuote($0) } ?? content
    if let entry = named, lineNumber > entry.line + 1 || entry.isBlock && lineNumber > entry.line,
      key - start < entry.column + (entry.isBlock ? 1 : 0)
    {
      named = nil
    }
    if let rest = takeAwaited(bytes) { scan(bytes, from: rest) }
    // Of a key as PuTTY keeps it.
    let line = bytes[content..<end]
    if line.starts(with: "Private-Lines:".utf8),
      let count = Int(String(decoding: line.dropFirst(14).drop(while: isBlank), as: UTF8.self)),
      (1...1000).contains(count)
    {
      awaited = .lines(count)
    }
  }

  // MARK: What an earlier line left open

  /// Where the line goes on that may hold names; `nil` if it was a value as a whole.
  private mutating func takeAwaited(_ bytes: [UInt8]) -> Int? {
    let before = awaited
    awaited = .nothing
    switch before {
    case .nothing: return takeColumns(bytes)
    case .endOfQuote(let quote): return closeQuote(bytes, quote, from: start)
    case .container(let container): return takeContainer(bytes, container, from: content)
    case .map(let map): return takeMap(bytes, map)
    case .element(let isOpen, let left):
      return takeElement(bytes, from: content, isOpen: isOpen, left: left - (end - start))
    case .here(let word, let left):
      if bytes[content..<end].elementsEqual(word) { return nil }
      spans.append(content..<end)
      if left > end - start { awaited = .here(word, left: left - (end - start)) }
      return nil
    case .context(let left):
      let close = bytes[start..<end].firstRange(of: "|...".utf8)?.lowerBound
      spans.append(content..<(close ?? end))
      if close == nil, left > end - start { awaited = .context(left: left - (end - start)) }
      return close
    case .lines(let count):
      spans.append(content..<end)
      if count > 1 { awaited = .lines(count - 1) }
      return nil
    case .announced: return takeAnnounced(bytes)
    case .rest(let indent):
      guard content - start > indent, !isKey(bytes, at: content) else { return content }
      spans.append(content..<end)
      awaited = before
      return nil
    case .block(let indent, let isBegun):
      guard content - start > indent || !isBegun && !isKey(bytes, at: content) else {
        return content
      }
      spans.append(content..<end)
      awaited = .block(indent, isBegun: true)
      return nil
    case .value(let indent, let reach):
      if isOpening(bytes) || reach != .named && bytes[content] == UInt8(ascii: "{") {
        return takeContainer(bytes, Container(depth: 1, reach: reach), from: content + 1)
      }
      if reach != .named { return takeMap(bytes, Map(indent: indent, reach: reach)) }
      if let item = item(bytes) {
        awaited = .items
        return takeWhole(bytes, from: item)
      }
      if isKey(bytes, at: content), content - start > indent {
        return takeMap(bytes, Map(indent: indent))
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
    case .half(let sign):
      return takeHalf(bytes, after: sign) ? nil : content
    case .halves(let sign):
      guard takeHalf(bytes, after: sign) else { return content }
      awaited = before
      return nil
    case .hexDump:
      guard let row = hexRow(bytes) else { return content }
      spans.append(row..<end)
      awaited = before
      return nil
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
      return closeQuote(bytes, quote, from: first + quote.count)
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
}
