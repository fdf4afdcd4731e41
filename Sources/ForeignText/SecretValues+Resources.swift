/// What object the lines are about, where no `kind` beside them tells: a resource of Terraform, the
/// object of a command of kubectl, of a request and of a patch, a generator of kustomize.
extension SecretValues {
  /// In a configuration, a plan or a state of Terraform.
  struct Resource {
    enum End {
      /// A brace, no further in than this.
      case brace(Int)
      /// A line that begins before this column.
      case dedent(Int)
      /// A line without anything, as below an excerpt.
      case blankLine
      case line
    }

    /// Its type is called like a secret.
    var isSecret: Bool
    var end: End
    var line: Int
    /// In a state they are under a name of their own.
    var hasAttributes = true

    /// Of what never ends, as it is cut off.
    static let mostLines = 256
  }

  /// Attributes that hold the secret of such a resource.
  private static let contents = Set(
    [
      "data", "binary_data", "string_data", "data_json", "value", "plaintext_value", "content",
      "result", "bcrypt_hash", "data_wo", "binary_data_wo", "data_json_wo", "value_wo",
    ].map { Array($0.utf8) })

  mutating func endResource(_ bytes: [UInt8]) {
    if content < end, let column = generator, content - start <= column,
      bytes[content] != UInt8(ascii: "-")
    {
      generator = nil
    }
    guard let resource else { return }
    let isOver =
      switch resource.end {
      case .brace(let column):
        content < end && content - start <= column && bytes[content] == UInt8(ascii: "}")
      case .dedent(let column): content < end && content - start < column
      case .blankLine: !bytes[content..<end].contains(where: Redactor.isWordByte)
      case .line: true
      }
    if isOver || lineNumber - resource.line > Resource.mostLines { self.resource = nil }
  }

  /// Keeps what a word says of the object that the lines are about.
  mutating func readObject(_ name: Name, _ bytes: [UInt8]) {
    let word = bytes[name.range]
    let upper = name.range.upperBound
    switch word.count {
    case 4 where word.elementsEqual("type".utf8):
      // In a state.
      guard let type = quotedType(bytes, after: upper, sign: true), SecretNames.contain(bytes[type])
      else { return }
      let isAlone = isFirst(name, bytes)
      resource = Resource(
        isSecret: true, end: isAlone ? .dedent(name.range.lowerBound - start - 1) : .line,
        line: lineNumber, hasAttributes: false)
    case 10 where word.elementsEqual("attributes".utf8), 6 where word.elementsEqual("values".utf8):
      resource?.hasAttributes = true
    case 4 where program?.isOfKubernetes == true && word.elementsEqual("data".utf8):
      if bytes[content..<name.range.lowerBound].suffix(5).elementsEqual(" set ".utf8) {
        program?.takesPairs = true
      }
    case 4 where word.elementsEqual("data".utf8), 8 where word.elementsEqual("resource".utf8):
      guard let type = quotedType(bytes, after: upper, sign: false),
        isNameBehind(bytes, at: type.upperBound)
      else { return }
      let end: Resource.End =
        switch lastByte {
        case UInt8(ascii: ":"): .blankLine
        case UInt8(ascii: "}"): .line
        default: .brace(name.range.lowerBound - start)
        }
      resource = Resource(isSecret: SecretNames.contain(bytes[type]), end: end, line: lineNumber)
    case 6 where word.elementsEqual("secret".utf8), 7 where word.elementsEqual("secrets".utf8):
      let lower = name.range.lowerBound
      if program?.isOfKubernetes == true { isCommandOfSecret = true }
      if word.count == 7, lower > content, bytes[lower - 1] == UInt8(ascii: "/") {
        lineOfRequest = lineNumber
      }
    default: break
    }
  }

  /// The type of a resource: words in small letters.
  private func quotedType(_ bytes: [UInt8], after upper: Int, sign: Bool) -> Range<Int>? {
    let rest = bytes[upper..<end].drop { isQuote($0) || isBlank($0) || sign && $0 == 0x3A }
    guard rest.startIndex > upper + 1, isQuote(bytes[rest.startIndex - 1]) else { return nil }
    let type = rest.prefix(64).prefix {
      SecretNames.isSmall($0) || SecretNames.isDigit($0) || $0 == 0x5F
    }
    guard type.contains(0x5F), bytes[type.endIndex..<end].first.map(isQuote) == true else {
      return nil
    }
    return type.startIndex..<type.endIndex
  }

  /// What it is called by, after its type.
  private func isNameBehind(_ bytes: [UInt8], at first: Int) -> Bool {
    let blank = bytes[first..<end].drop(while: isQuote)
    return blank.first == 0x20 && blank.dropFirst().first.map(isQuote) == true
  }

  /// What of an attribute of the resource goes; `nil` if there is none around, or it holds no
  /// secret.
  func reachOfAttribute(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Reach? {
    guard let resource, resource.isSecret, resource.hasAttributes else { return nil }
    let word = bytes[name.range]
    if case .blankLine = resource.end, bytes[first - 1] == UInt8(ascii: "="),
      bytes[first..<end].first(where: { !isBlank($0) }).map(isQuote) == true
    {
      // Of an excerpt, which may be of what is in such an attribute.
      return Self.harmless.contains(SecretNames.lowercased(word)) ? nil : .all
    }
    return word.count <= 16 && Self.contents.contains(Array(word)) ? .all : nil
  }

  /// Behind `jsonencode(` and its like.
  func afterCall(_ bytes: [UInt8], at first: Int) -> Int {
    let word = bytes[first..<end].prefix(32).prefix(while: Redactor.isWordByte)
    guard !word.isEmpty, bytes[word.endIndex..<end].first == UInt8(ascii: "("),
      let next = bytes[word.endIndex..<end].dropFirst().first, isQuote(next) || next == 0x7B
    else { return first }
    return word.endIndex + 1
  }

  /// The maps to come of several that are made one. Where to go on.
  mutating func takeMore(_ bytes: [UInt8], from first: Int) -> Int {
    var index = first
    while let next = bytes[index..<end].firstIndex(where: { !isBlank($0) && $0 != 0x2C }),
      bytes[next] == UInt8(ascii: "{"), next > index
    {
      index = takeContainer(bytes, Container(depth: 1, reach: .all), from: next + 1) ?? end
    }
    return index
  }

  // MARK: Requests

  /// Lines between an address and the body of its answer, with headers.
  private static let mostHeaders = 40
  /// Bytes before a body.
  private static let longestPrefix = 160

  /// The body of a request or an answer, as kubectl logs it.
  func isBody(_ bytes: [UInt8]) -> Bool {
    bytes[start..<min(end, start + Self.longestPrefix)].position(of: " Body: ") != nil
  }

  /// Whether an object that does not tell its kind is a Secret, by the command around it, or by the
  /// address of the request above or below.
  func isSaidSecret(_ bytes: [UInt8]) -> Bool {
    guard tellsNoKind else { return false }
    if isCommandOfSecret { return true }
    if lineOfRequest == lineNumber { return true }
    guard isBody(bytes) else { return false }
    if lineNumber - lineOfRequest <= Self.mostHeaders { return true }
    let next = bytes[end...].dropFirst().prefix(1024).prefix { $0 != 0x0A && $0 != 0x0D }
    return next.position(of: "/secrets/") != nil || next.position(of: "/secrets?") != nil
  }

  // MARK: Patches and generators

  /// `"path": "/data/license"` of a patch in JSON, beside the value.
  mutating func readPath(_ name: Name, _ path: ArraySlice<UInt8>, _ bytes: [UInt8]) {
    let parts = path.split(separator: UInt8(ascii: "/"))
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return }
    let isData = first.elementsEqual("data".utf8)
    let isSecret =
      SecretNames.contain(last) || first.elementsEqual("stringData".utf8)
      || isData && (isInSecret(bytes) || isSaidSecret(bytes))
      // Of a variable whose name is not told.
      || last.elementsEqual("value".utf8) && parts.contains { $0.elementsEqual("env".utf8) }
    guard isSecret || isData else { return }
    keepEntry(name)
    if !isSecret { named?.reach = .encoded }
  }

  /// `literals:` below `secretGenerator:`.
  mutating func readGenerator(_ name: Name, _ bytes: [UInt8], valueAt first: Int) {
    let word = bytes[name.range]
    if word.count == 15, word.elementsEqual("secretGenerator".utf8) {
      generator = name.range.lowerBound - start
    }
    guard generator != nil, word.count == 8, word.elementsEqual("literals".utf8),
      isFirst(name, bytes)
    else { return }
    let rest = bytes[first..<end].drop(while: isBlank)
    guard rest.first == UInt8(ascii: "[") else {
      awaited = .halves(after: UInt8(ascii: "="))
      return
    }
    for item in rest.split(separator: UInt8(ascii: ",")) {
      guard let sign = item.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let last = item.lastIndex { !Redactor.isSpace($0) && !isQuote($0) && $0 != 0x5D } ?? sign
      if sign < last, !isMark(bytes, at: sign + 1) { spans.append((sign + 1)..<(last + 1)) }
    }
  }

  /// What is behind a sign in an item of a list.
  mutating func takeHalf(_ bytes: [UInt8], after sign: UInt8) -> Bool {
    guard let item = item(bytes), let half = bytes[item..<end].firstIndex(of: sign),
      half + 1 < end
    else { return false }
    spans.append((half + 1)..<end)
    return true
  }

  // MARK: What Vault prints

  /// `====== Data ======`, above a table of keys and values.
  mutating func readDataTitle(_ bytes: [UInt8]) {
    guard bytes[content] == UInt8(ascii: "=") else { return }
    let words = bytes[content..<end].split { $0 == UInt8(ascii: "=") || Redactor.isSpace($0) }
    if words.count == 1, words[0].elementsEqual("Data".utf8) { lineOfDataTitle = lineNumber }
  }
}
