/// Secrets in words: `the token is …`, `invalid token "…"`, `Secret created: …`.
extension SecretValues {
  /// Bytes.
  private static let longestWord = 1024
  private static let fillers = Set(
    ["is", "was", "value", "->", "=>", "now", "to", "from", "set", "changed", "like", "LIKE"]
      .map { Array($0.utf8) })
  /// What an object of its own name is called.
  private static let kinds: Set<[UInt8]> = Set(
    [
      "unit", "units", "workload", "deployment", "statefulset", "daemonset", "job", "cronjob",
      "pod", "configmap", "namespace", "image", "space", "volume",
    ].map { Array($0.utf8) })

  /// What follows the name of a secret after a word or two, if it looks like one; a name of a
  /// thing does not.
  mutating func takeNearby(_ name: Name, _ bytes: [UInt8]) {
    let word = bytes[name.range]
    guard name.isDouble || SecretNames.contain(word), !isNamedObject(name, bytes, valueAt: end)
    else { return }
    if takeOfNetrc(name, bytes) { return }
    takeAliased(name, bytes)
    // `secret data` is one, too.
    let isThing = Self.isThing(word) || name.isDouble && word.count == 4
    var index = name.range.upperBound
    var isSaid = false
    for _ in 0..<6 {
      index = bytes[index..<end].firstIndex { !isBlank($0) } ?? end
      let isApart = isBlank(bytes[index - 1])
      if isApart, index < end { index = afterStringPrefix(bytes, at: index) }
      let first = bytes[index..<end].firstIndex { !isQuote($0) && $0 != 0x28 } ?? end
      guard first < end else { break }
      let limit = min(end, first + Self.longestWord)
      let last = bytes[first..<limit].firstIndex { isBlank($0) || isQuote($0) } ?? limit
      let candidate = trimmed(bytes, first..<last)
      if isSaid || SecretNames.mayHaveSpaces(word), isApart,
        !isMark(bytes, at: first),
        let quote = quote(bytes, at: index)
      {
        let count = spans.count
        if let after = closeQuoteHere(bytes, quote, from: index + quote.count) {
          guard !isSaid, index > name.range.upperBound + 1, after < end,
            bytes[after] == UInt8(ascii: ":")
          else { return }
          // What it is of: `passphrase for key '/a/b': …`.
          spans.removeLast(spans.count - count)
          index = after + 1
          isSaid = true
          continue
        }
      }
      let isLast = bytes[last..<end].allSatisfy { !Redactor.isWordByte($0) }
      // How many of them there are.
      if word.last == UInt8(ascii: "s"), bytes[candidate].allSatisfy(SecretNames.isDigit) { break }
      if Self.looksSecret(bytes[candidate])
        || index > name.range.upperBound && !isThing
          && (isSaid || word.count > 4 && SecretNames.mayHaveSpaces(word))
          && Self.looksSaid(bytes[candidate], isLast: isLast && isSaid),
        !isMark(bytes, at: first)
      {
        spans.append(candidate)
        // Of a change, what it was and what it is.
        guard bytes[last..<end].starts(with: " to ".utf8) else { return }
        index = last
        continue
      }
      isSaid =
        Self.fillers.contains(Array(bytes[first..<last])) || bytes[last - 1] == UInt8(ascii: ":")
      guard
        isSaid || bytes[last - 1] == UInt8(ascii: ":")
          || Self.goesOn(bytes[last..<end])
      else { break }
      index = last
    }
    if spans.last?.lowerBound ?? 0 < name.range.lowerBound { takeFurther(name, bytes) }
    if lastByte == UInt8(ascii: ":") { awaited = .announced }
  }

  /// A colon follows within two words.
  private static func goesOn(_ rest: ArraySlice<UInt8>) -> Bool {
    let words = rest.prefix(48).split(separator: 0x20, maxSplits: 2)
    return words.prefix(2).contains { $0.last == UInt8(ascii: ":") }
  }

  func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var last = range.upperBound
    while last > range.lowerBound, bytes[last - 1].isOne(of: ",.;:!?)") { last -= 1 }
    return range.lowerBound..<last
  }

  mutating func takeAnnounced(_ bytes: [UInt8]) -> Int? {
    let last = bytes[content..<end].lastIndex { !Redactor.isSpace($0) } ?? content
    guard Self.looksSecret(bytes[content...last]) else { return content }
    spans.append(content..<(last + 1))
    return nil
  }

  /// Letters of both sizes and digits, or so many of both that it is no name. What names have
  /// between their words is in none.
  static func looksSecret(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 8, word.allSatisfy(Redactor.isTokenByte),
      word.contains(where: SecretNames.isDigit)
    else { return false }
    let hasSmall = word.contains(where: SecretNames.isSmall)
    let hasCapital = word.contains(where: SecretNames.isCapital)
    return hasSmall && hasCapital
      || word.count >= 16 && (hasSmall || hasCapital) && !word.contains { $0.isOne(of: "-.:/") }
  }

  /// `unit payment-api-token: created`, `team/api-token: …` and `team/token:v1`: a program's words
  /// about a thing that is only called so.
  func isNamedObject(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Bool {
    let word = bytes[name.range]
    guard name.range.lowerBound > content else { return false }
    if name.isQuoted(bytes) { return isQuotedObject(name, bytes) }
    if word.elementsEqual("Secret".utf8),
      bytes[content..<name.range.lowerBound].suffix(5).elementsEqual("as a ".utf8)
    {
      return true
    }
    guard !word.contains(where: SecretNames.isCapital), bytes[first - 1] != UInt8(ascii: "=")
    else { return false }
    let before = bytes[name.range.lowerBound - 1]
    let isTag = first < end && !isBlank(bytes[first])
    if before == UInt8(ascii: "/"), name.range.lowerBound - 1 > content,
      Redactor.isWordByte(bytes[name.range.lowerBound - 2])
    {
      return isTag || word.contains(UInt8(ascii: "-"))
    }
    guard before == 0x20, word.contains(UInt8(ascii: "-")) || isTag else { return false }
    return followsKind(bytes, at: name.range.lowerBound - 1)
  }

  /// `volume "creds" : …`.
  private func isQuotedObject(_ name: Name, _ bytes: [UInt8]) -> Bool {
    var first = name.range.lowerBound
    while first > content, isQuote(bytes[first - 1]) { first -= 1 }
    return first > content && bytes[first - 1] == 0x20 && followsKind(bytes, at: first - 1)
  }

  /// The kind of an object is before the space.
  private func followsKind(_ bytes: [UInt8], at space: Int) -> Bool {
    let kind = bytes[content..<space].suffix(12)
      .split(whereSeparator: { !Redactor.isWordByte($0) }).last
    guard let kind, kind.endIndex == space || bytes[kind.endIndex] == UInt8(ascii: ":") else {
      return false
    }
    return Self.kinds.contains(SecretNames.lowercased(kind))
  }

  /// The first key of a map, or of an item of a list.
  func opensEntry(_ name: Name, _ bytes: [UInt8]) -> Bool {
    var index = name.range.lowerBound
    while index > content, isQuote(bytes[index - 1]) { index -= 1 }
    if index == content { return followsOpening }
    while index > content, isBlank(bytes[index - 1]) { index -= 1 }
    return bytes[index - 1] == UInt8(ascii: "{")
      || index - 1 == content && bytes[content] == UInt8(ascii: "-")
  }

  func isNumber(_ bytes: [UInt8], at first: Int) -> Bool {
    let digits = bytes[first..<end].drop(while: isBlank)
    let rest = digits.drop(while: SecretNames.isDigit)
    return rest.startIndex > digits.startIndex
      && (rest.first.map { Redactor.isSpace($0) || $0.isOne(of: ",}])") } ?? true
        || rest.first == UInt8(ascii: ".")
          && (rest.dropFirst().first.map(Redactor.isSpace) ?? true))
  }

  /// Of several secrets there may be a number, or names.
  func isPluralOfOthers(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Bool {
    let word = bytes[name.range]
    guard word.last == UInt8(ascii: "s") || word.last == UInt8(ascii: "S") else { return false }
    if isNumber(bytes, at: first) {
      return !SecretNames.lowercased(word.suffix(5)).elementsEqual("codes".utf8)
    }
    let value = bytes[first..<end].prefix { !isBlank($0) && $0 != UInt8(ascii: ",") }
    return !name.isQuoted(bytes) && !isQuote(bytes[first])
      && SecretNames.lowercased(word.suffix(7)).elementsEqual("secrets".utf8)
      && !bytes[first].isOne(of: "[{|>&!") && !Self.looksSecret(value)
  }
}
