/// What a sentence says that a password is: `the password is hunter2`.
extension SecretValues {
  /// What may be said of a password or a token that is no value of it, and does not end as most such
  /// words do.
  private static let states = Set(
    ("absent bad blank correct default different empty external false fine free gone good hidden "
      + "identical incorrect insecure known long mandatory masked missing necessary new none null "
      + "obsolete old okay optional out plain random safe secret secure set short simple stale the "
      + "there this too true unknown unset unsafe used valid weak wrong yes here not never now only "
      + "strong sensitive same expire")
      .split(separator: " ").map { Array($0.utf8) })
  private static let endingsOfStates = ["ed", "ing", "able", "ible", "valid", "ent", "ial", "ten"]
    .map { Array($0.utf8) }

  /// A word that is no word of a language, or the last one and none of those.
  static func looksSaid(_ word: ArraySlice<UInt8>, isLast: Bool) -> Bool {
    guard word.count >= 4, word.count <= 128 else { return false }
    let letters = SecretNames.lowercased(word)
    if letters.allSatisfy(SecretNames.isSmall) {
      let isMixed =
        word.dropFirst().contains(where: SecretNames.isCapital)
        && word.contains(where: SecretNames.isSmall)
      if isMixed { return true }
      return isLast && !isState(letters)
    }
    if word.allSatisfy(SecretNames.isDigit) { return isLast }
    return word.contains(where: SecretNames.isDigit)
      || word.contains { $0.isOne(of: "!@#$%^&*+?~") }
  }

  static func isState(_ letters: [UInt8]) -> Bool {
    states.contains(letters)
      || endingsOfStates.contains { letters.suffix($0.count).elementsEqual($0) }
  }

  /// A Secret of Kubernetes and its like are spoken of by their names.
  static func isThing(_ word: ArraySlice<UInt8>) -> Bool {
    let letters = SecretNames.lowercased(word.suffix(7))
    return letters.suffix(6).elementsEqual("secret".utf8) || letters.elementsEqual("secrets".utf8)
      || letters.suffix(5).elementsEqual("creds".utf8)
  }

  // MARK: What is named further on

  private static let longestSentence = 192
  /// After these a policy quotes what a variable is set to.
  private static let introductions = Set(
    ["value", "found", "got", "to", "literal", "has", "is"].map { Array($0.utf8) })
  /// Where a value is to come from.
  private static let sources = Set(
    ["value", "valueFrom", "secretKeyRef", "configMapKeyRef"].map { Array($0.utf8) })

  /// `DB_PASSWORD has literal value "…"` of a policy, and `this secret, it is not shown again: …`.
  mutating func takeFurther(_ name: Name, _ bytes: [UInt8]) {
    let isVariable =
      bytes[name.range].contains(UInt8(ascii: "_"))
      && !bytes[name.range].contains(where: SecretNames.isSmall)
    let limit = min(end, name.range.upperBound + Self.longestSentence)
    var index = name.range.upperBound
    var isIntroduced = false
    while index < limit {
      let opening = bytes[index..<end].firstIndex { !isBlank($0) && $0 != 0x28 } ?? end
      let word = bytes[opening..<end].drop(while: isQuote).prefix { !isBlank($0) && !isQuote($0) }
      guard !word.isEmpty, word.startIndex < limit else { return }
      if isIntroduced, !isMark(bytes, at: word.startIndex) {
        let value = trimmed(bytes, word.startIndex..<word.endIndex)
        // Not where the quotes end.
        if isVariable, opening > index, !Self.sources.contains(Array(bytes[value])),
          let quote = quote(bytes, at: opening),
          closeQuoteHere(bytes, quote, from: opening + quote.count) != nil
        {
          return
        }
        let isLast = bytes[word.endIndex..<end].allSatisfy { !Redactor.isWordByte($0) }
        if Self.looksSaid(bytes[value], isLast: isLast && !isVariable) {
          spans.append(value)
          return
        }
      }
      isIntroduced =
        isVariable
        ? Self.introductions.contains(Array(word)) : word.elementsEqual("again:".utf8)
      index = word.endIndex
    }
  }

  // MARK: Entries of a .netrc

  /// `machine host login name password value`, in one line or in several.
  mutating func takeOfNetrc(_ name: Name, _ bytes: [UInt8]) -> Bool {
    guard isInNetrc, bytes[name.range].elementsEqual("password".utf8) else { return false }
    let rest = bytes[name.range.upperBound..<end].drop(while: isBlank)
    let value = rest.prefix { !isBlank($0) && !isQuote($0) }
    guard rest.startIndex > name.range.upperBound, !value.isEmpty,
      !Self.isState(SecretNames.lowercased(value)), !isMark(bytes, at: value.startIndex)
    else { return false }
    spans.append(value.startIndex..<value.endIndex)
    return true
  }

  /// Whether the entry goes on with this line.
  mutating func readNetrc(_ bytes: [UInt8]) {
    let line = bytes[content..<end]
    let word = line.prefix(while: Redactor.isWordByte)
    let rest = line[word.endIndex...].drop(while: isBlank)
    let isPair = rest.startIndex > word.endIndex && rest.first.map(Redactor.isWordByte) == true
    let isFirst = word.elementsEqual("machine".utf8)
    isInNetrc = isPair && (isFirst || isInNetrc && Self.tokensOfNetrc.contains(Array(word)))
  }

  private static let tokensOfNetrc = Set(["login", "password", "account"].map { Array($0.utf8) })
}
