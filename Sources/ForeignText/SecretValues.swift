/// Finds what belongs to a name of a secret, line by line, however the two are laid out: the rest
/// of the line, what stands in quotes, the lines below (of YAML and JSON), the `value` beside a
/// `name`, the next argument, the column of a table.
///
/// It remembers what a line leaves open.
struct SecretValues {
  /// What the lines to come are, after one that ended with a name.
  enum Awaited {
    case nothing
    /// A value, unless a key comes. The number is where the line with the name begins.
    case value(Int, Reach)
    /// All that is further in than this, and what comes first.
    case block(Int, isBegun: Bool)
    case items
    /// What is in a map or a list that is open, but for keys.
    case container(Container)
    case map(Map)
    /// What is further in than this, but for keys: the value goes on.
    case rest(Int)
    /// So many lines.
    case lines(Int)
    /// A value on a line of its own, if it looks like one.
    case announced
    /// Of a list of arguments, or of a command.
    case argument
    case endOfQuote(Quote)
    /// What an element of XML holds; of the next one, if it is not open yet.
    case element(isOpen: Bool, left: Int)
    /// The end of what the API server quotes; so many bytes may still come before it.
    case context(left: Int)
  }

  /// What of a map is secret.
  enum Reach {
    /// All but what tells where a secret is.
    case named
    /// All, whatever its name is.
    case all
    /// What looks as in a Secret.
    case encoded
  }

  /// The values of keys.
  struct Map {
    /// They are further in than this.
    var indent: Int
    var reach = Reach.named
    /// Where they begin, once one has come.
    var column: Int?
  }

  struct Quote {
    var sign: UInt8
    /// Backslashes before it: one in a string of JSON, three in a string of that, and so on.
    var escapes: Int
    /// How deep it is encoded.
    var depth: UInt8 = 0
    /// Bytes that may still come before its end.
    var left = Redactor.longestKey

    var count: Int { escapes + 1 }
  }

  /// The name of an entry, whose value is told beside it.
  struct Entry {
    var column: Int
    var line: Int
    /// Its value is further in, in braces.
    var isBlock = false
    /// What it is called by.
    var key: [UInt8] = []
  }

  /// A word that may be the name of a secret.
  struct Name {
    var range: Range<Int>
    var depth: Int
    var isDouble = false
    var isInString = false
    /// In a table whose heading is above.
    var isInRow = false
    /// What parts it from its value after `IDENTIFIED` in SQL.
    var isIdentified = false
    /// How deep the sign is encoded that parts it from its value.
    var signDepth: UInt8 = 0
    var reach = Reach.named

    /// As a key of JSON is.
    func isQuoted(_ bytes: [UInt8]) -> Bool {
      range.lowerBound > 0 && range.upperBound < bytes.count
        && isQuote(bytes[range.lowerBound - 1])
        && isQuote(bytes[range.upperBound])
    }
  }

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

  /// The lines before were entries of a `.netrc`.
  var isInNetrc = false

  // Of the line that is looked at.
  /// The path that was named last is one of `data`.
  var isDataPath = false
  /// `map[` of Go is before.
  var followsMap = false
  /// What is run takes a secret in this short flag, or in a word with a slash.
  var program: Program?
  /// `machine` of a `.netrc` is before.
  var followsMachine = false
  var start = 0
  var end = 0
  var content = 0
  /// But for spaces.
  var lastByte: UInt8?
  /// Whether it holds a Secret in JSON, as far as that was asked.
  var holdsSecret: Bool?
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
    holdsSecret = nil
    plainCells = []
    isDataPath = false
    followsMap = false
    program = nil
    followsMachine = false
    content = bytes[start..<end].firstIndex { !Redactor.isSpace($0) } ?? end
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
    if let entry = named, lineNumber > entry.line + 1 || entry.isBlock && lineNumber > entry.line,
      content - start < entry.column + (entry.isBlock ? 1 : 0)
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
      if isOpening(bytes) {
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

  /// A brace or a bracket alone begins a map or a list.
  private func isOpening(_ bytes: [UInt8]) -> Bool {
    (bytes[content] == UInt8(ascii: "{") || bytes[content] == UInt8(ascii: "["))
      && bytes[(content + 1)..<end].allSatisfy(Redactor.isSpace)
  }

  /// What follows the dash of a list.
  func item(_ bytes: [UInt8]) -> Int? {
    guard bytes[content] == UInt8(ascii: "-"), content + 1 < end, isBlank(bytes[content + 1]) else {
      return nil
    }
    return bytes[(content + 1)..<end].firstIndex { !isBlank($0) }
  }

  func isKey(_ bytes: [UInt8], at first: Int) -> Bool {
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
}
