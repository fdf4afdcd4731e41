/// Statements of SQL.
extension SecretValues {
  static let afterIdentified = Set(["by", "as", "values"].map { Array($0.utf8) })
  private static let othersThanSecrets = Set(
    ["by", "as", "values", "password", "externally", "globally", "random"].map { Array($0.utf8) })

  // MARK: Statements

  /// Where the value is in `IDENTIFIED BY 'value'`.
  func valueInSQL(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    guard first < end else { return nil }
    let word = bytes[name.range]
    if let value = valueOfUser(name, bytes, at: first) { return value }
    guard name.isIdentified else { return nil }
    if quote(bytes, at: first) != nil { return first }
    // Oracle takes a password without quotes; in a sentence the words are not in capitals.
    let value = bytes[first..<end].prefix(while: Redactor.isWordByte)
    return word.allSatisfy(SecretNames.isCapital) && !value.isEmpty
      && !Self.othersThanSecrets.contains(SecretNames.lowercased(value)) ? first : nil
  }

  /// Where it is in `SET PASSWORD FOR user = 'value'`.
  private func valueOfUser(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    let rest = bytes[first..<min(end, first + 160)]
    guard name.range.count == 8, rest.count > 4,
      SecretNames.lowercased(rest.prefix(4)).elementsEqual("for ".utf8),
      SecretNames.lowercased(bytes[name.range]).elementsEqual("password".utf8)
    else { return nil }
    var index = rest.startIndex + 4
    // The user has no blank in it.
    while index < rest.endIndex, !isBlank(bytes[index]), bytes[index] != UInt8(ascii: "=") {
      index += 1
    }
    let sign = rest[index...].drop(while: isBlank)
    let length =
      sign.first == UInt8(ascii: "=")
      ? 1 : SecretNames.lowercased(sign.prefix(3)).elementsEqual("to ".utf8) ? 3 : 0
    guard length > 0 else { return nil }
    return bytes[(sign.startIndex + length)..<end].firstIndex { !isBlank($0) }
  }

  /// `PASSWORD('value')`, `set_password('user', 'value')`, and what is given to a cipher: the key is
  /// among it. Where to go on; `nil` if it is no such call.
  mutating func takeCall(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    guard first < end else { return nil }
    let word = bytes[name.range]
    // A procedure has no parentheses.
    if bytes[first] == UInt8(ascii: "'") || bytes[first].isOne(of: "Nn"),
      first > name.range.upperBound,
      SecretNames.lowercased(bytes[content..<name.range.lowerBound].suffix(5))
        .elementsEqual("exec ".utf8), SecretNames.contain(word)
    {
      return takeStrings(bytes, from: first) ?? first
    }
    guard bytes[first] == UInt8(ascii: "(") else { return nil }
    let isSecret =
      SecretNames.contain(word) && SecretNames.mayHaveSpaces(word)
      && (first == name.range.upperBound
        || bytes[first..<end].dropFirst().first.map(isQuote) == true)
    guard isSecret || first == name.range.upperBound && Self.isCipher(word) else { return nil }
    let count = spans.count
    return takeStrings(bytes, from: first + 1) ?? (spans.count > count ? first : nil)
  }

  private static func isCipher(_ word: ArraySlice<UInt8>) -> Bool {
    let function = word[
      (word.lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? word.startIndex)...]
    return function.count <= 32
      && SecretNames.lowercased(function)[...].position(of: "crypt") != nil
  }

  /// `token <> 'value'`, `token IN ('value', 'value')`. Where to go on; `nil` if it is neither.
  mutating func takeCompared(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    guard first + 2 < end, bytes[first].isOne(of: "<!IiNn"), first > name.range.upperBound,
      SecretNames.contain(bytes[name.range])
    else { return nil }
    let rest = bytes[first..<end]
    if rest.starts(with: "<>".utf8) || rest.starts(with: "!=".utf8) {
      let value = rest.dropFirst(2).drop(while: isBlank).startIndex
      let opening = afterStringPrefix(bytes, at: value)
      guard let quote = quote(bytes, at: opening) else { return nil }
      return closeQuote(bytes, quote, from: opening + quote.count) ?? end
    }
    let isNot = SecretNames.lowercased(rest.prefix(4)).elementsEqual("not ".utf8)
    let list = rest.dropFirst(isNot ? 4 : 0)
    guard SecretNames.lowercased(list.prefix(2)).elementsEqual("in".utf8) else { return nil }
    let opening = list.dropFirst(2).drop(while: isBlank)
    guard opening.first == UInt8(ascii: "(") else { return nil }
    return takeStrings(bytes, from: opening.startIndex + 1) ?? first
  }

  /// All in quotes up to the end of a list in parentheses. Where to go on; `nil` if other names may
  /// be in it.
  mutating func takeStrings(_ bytes: [UInt8], from first: Int) -> Int? {
    guard first >= endOfStrings else { return nil }
    var index = first
    var depth = 1
    while index < end {
      if let quote = quote(bytes, at: index) {
        guard let after = closeQuote(bytes, quote, from: index + quote.count) else { return end }
        index = after
        continue
      }
      if bytes[index] == UInt8(ascii: "(") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { break }
      }
      index += 1
    }
    endOfStrings = index
    return nil
  }

  /// Behind the letter that tells how a string is written: `E'…'`, `N'…'`.
  func afterStringPrefix(_ bytes: [UInt8], at first: Int) -> Int {
    first + 1 < end && bytes[first + 1] == UInt8(ascii: "'") && bytes[first].isOne(of: "ENBXenbx")
      ? first + 1 : first
  }

  /// Bytes that are looked at.
  private static let longestAliased = 1024

  /// `'value' AS password`.
  mutating func takeAliased(_ name: Name, _ bytes: [UInt8]) {
    var index = name.range.lowerBound
    while index > content, bytes[index - 1].isOne(of: "\"`\\") { index -= 1 }
    guard index - content > 5,
      SecretNames.lowercased(bytes[(index - 4)..<index]).elementsEqual(" as ".utf8)
    else { return }
    // It may be made another type.
    let type = bytes[max(content, index - 36)..<(index - 4)].lastIndex {
      !Redactor.isWordByte($0) && $0 != UInt8(ascii: ":")
    }
    guard let last = type, bytes[last] == UInt8(ascii: "'") else { return }
    let opening = bytes[max(content, last - Self.longestAliased)..<last].lastIndex(of: 0x27)
    if let opening, opening + 1 < last, !isMark(bytes, at: opening + 1) {
      spans.append((opening + 1)..<last)
    }
  }

  /// Where a name ends that is in backquotes or in brackets, and is compared or set; where it is
  /// now, if it is not.
  func afterBrackets(_ name: Name, _ bytes: [UInt8], at index: Int) -> Int {
    guard index < end, bytes[index].isOne(of: "`]") else { return index }
    var first = name.range.lowerBound
    while first > content, isQuote(bytes[first - 1]) { first -= 1 }
    guard first > content,
      bytes[first - 1] == (bytes[index] == UInt8(ascii: "]") ? UInt8(ascii: "[") : bytes[index])
    else { return index }
    let sign = bytes[(index + 1)..<end].first { !isBlank($0) }
    return sign.map { $0.isOne(of: "=<!IiNn") } == true ? index + 1 : index
  }

  // MARK: Parameters

  /// What stands for a value that is told behind the statement: `$1`, `?`, `%s`. Where to go on;
  /// `nil` if it is none.
  mutating func takePlaceholder(_ bytes: [UInt8], at first: Int) -> Int? {
    guard bytes[first].isOne(of: "$?%:@") else { return nil }
    let word = bytes[(first + 1)..<end].prefix(4).prefix(while: Redactor.isWordByte)
    func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
      (1...2).contains(word.count) && word.allSatisfy(SecretNames.isDigit)
    }
    let isPlaceholder =
      switch bytes[first] {
      case UInt8(ascii: "?"): word.isEmpty
      case UInt8(ascii: "%"): word.elementsEqual("s".utf8)
      case UInt8(ascii: "@"): word.first == UInt8(ascii: "p") && isNumber(word.dropFirst())
      default: isNumber(word)
      }
    guard isPlaceholder,
      bytes[word.endIndex..<end].first.map({ isBlank($0) || $0.isOne(of: ",;)]") }) ?? true
    else { return nil }
    lineOfPlaceholder = lineNumber
    return word.endIndex
  }

  /// `[value 1]` behind a statement with such signs, or `[parameters: …]` below it.
  mutating func takeParameters(_ bytes: [UInt8], from opening: Int) -> Int {
    let isBelow =
      opening == content && bytes[opening..<end].starts(with: "[parameters".utf8)
    let isBehind = lineOfPlaceholder == lineNumber && bytes[opening - 1] == 0x20
    guard isBelow || isBehind else { return opening + 1 }
    var depth = 1
    var index = opening + 1
    while index < end {
      if bytes[index] == UInt8(ascii: "[") { depth += 1 }
      if bytes[index] == UInt8(ascii: "]") { depth -= 1 }
      if depth == 0 { break }
      index += 1
    }
    if opening + 1 < index { spans.append((opening + 1)..<index) }
    return index
  }
}
