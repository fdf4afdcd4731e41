/// What is said of a secret after its name and a colon, and is no value of it: `token: expired`,
/// `cannot fetch token: 400 Bad Request`. It is the reason that a person looks for.
extension SecretValues {
  private static func words(_ text: String) -> Set<[UInt8]> {
    Set(text.split(separator: " ").map { Array($0.utf8) })
  }

  /// These tell a state whether more words follow or not.
  private static let ofSecrets = words(
    "absent denied disabled empty enabled expired forbidden invalid malformed missing no none not "
      + "refused rejected required revoked unauthorized unavailable unexpected unknown unset "
      + "unsupported yes")
  /// These do so only where more words follow.
  private static let ofSentences = words(
    "cannot connection context could dial error expected failed is must permission rpc should "
      + "unable use user")
  /// Where a value is from, before one of those words.
  private static let origins = words(
    "defined given injected loaded managed mounted provided read referenced resolved set taken")
  private static let ofOrigins = words("by from in via")
  /// Before what was found in the place of a value of another type.
  private static let findings = words("given: got: found:")
  private static let types = words(
    "array boolean integer null number object string bool int float map list")
  /// After these comes an address in quotes.
  private static let methods = words("get post put patch delete head")
  /// The first word after the number of an HTTP status.
  private static let reasons = words(
    "bad conflict forbidden gateway gone internal method not proxy request service too "
      + "unauthorized")

  /// Bytes that are looked at for a secret among the words.
  private static let longestState = 256

  /// Where to go on after a state; `nil` if a value stands there.
  mutating func takeState(of name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    let word = wordOfState(bytes, at: first)
    guard !word.isEmpty, word.count <= 16, first > content, isBlank(bytes[first - 1]) else {
      return nil
    }
    let letters = SecretNames.lowercased(word)
    let next = bytes[word.endIndex..<end].drop { $0.isOne(of: ",.;:!") }
    let rest = next.drop(while: isBlank)
    let goesOn = rest.startIndex > next.startIndex && !rest.isEmpty
    if letters.count == 3, letters.allSatisfy(SecretNames.isDigit) {
      guard letters[0].isOne(of: "45"), goesOn,
        Self.reasons.contains(SecretNames.lowercased(wordOfState(bytes, at: rest.startIndex)))
      else { return nil }
    } else if Self.methods.contains(letters) {
      guard goesOn, rest.first.map(isQuote) == true else { return nil }
    } else if Self.origins.contains(letters) {
      guard goesOn,
        Self.ofOrigins.contains(SecretNames.lowercased(wordOfState(bytes, at: rest.startIndex)))
      else { return nil }
    } else if isSentence(after: name, bytes, at: first) {
      // Not the credentials of a header.
    } else {
      guard Self.ofSecrets.contains(letters) || goesOn && Self.ofSentences.contains(letters) else {
        return nil
      }
      // A phrase may begin with any word.
      let isLong = rest.drop { !isBlank($0) }.contains(where: Redactor.isWordByte)
      if isLong, SecretNames.isPhrase(bytes[name.range]) { return nil }
    }
    takeAmong(bytes, from: word.endIndex)
    return word.endIndex
  }

  /// The name of a type in quotes.
  func isTypeNamed(_ bytes: [UInt8], at first: Int) -> Bool {
    let word = bytes[first..<end].drop(while: isQuote).prefix(16).prefix(while: SecretNames.isSmall)
    return Self.types.contains(Array(word))
  }

  /// A header has a scheme and a word; this is more, of words alone.
  private func isSentence(after name: Name, _ bytes: [UInt8], at first: Int) -> Bool {
    guard SecretNames.lowercased(bytes[name.range]).elementsEqual("authorization".utf8) else {
      return false
    }
    let words = bytes[first..<end].prefix(Self.longestState).split(separator: 0x20, maxSplits: 4)
    return words.count > 4
      && words.prefix(4).allSatisfy { word in
        let letters = word.last?.isOne(of: ",.;:") == true ? word.dropLast() : word
        return letters.count <= 16
          && letters.allSatisfy { SecretNames.isSmall($0 | 0x20) }
          && (letters.allSatisfy(SecretNames.isCapital)
            || letters.dropFirst().allSatisfy(SecretNames.isSmall))
      }
      && !Self.schemes.contains(SecretNames.lowercased(words[0]))
  }

  private static let schemes = words("basic bearer digest negotiate ntlm token apikey key")

  private func wordOfState(_ bytes: [UInt8], at first: Int) -> ArraySlice<UInt8> {
    let word = bytes[first..<end].prefix(17).prefix { Redactor.isWordByte($0) }
    let last = word.lastIndex { $0 != UInt8(ascii: ".") } ?? first - 1
    // Not the first half of something else.
    guard last + 1 == end || !bytes[last + 1].isOne(of: "@#$%^&*+=~/_-|<({[") else { return [] }
    return word[...last]
  }

  /// A secret may be quoted behind the state: `token: rejected: …`.
  private mutating func takeAmong(_ bytes: [UInt8], from first: Int) {
    let limit = min(end, first + Self.longestState)
    var index = first
    var isFound = false
    while index < limit {
      let word = bytes[index..<limit].drop { isBlank($0) || isQuote($0) || $0.isOne(of: "(:,;") }
        .prefix { !isBlank($0) && !isQuote($0) }
      guard !word.isEmpty else { return }
      let candidate = trimmed(bytes, word.startIndex..<word.endIndex)
      let isQuoted = isQuote(bytes[word.startIndex - 1]) && word.endIndex < end
      // What names have between their words is in none.
      let isName = word.contains { $0.isOne(of: "-./:") }
      if Self.looksSecret(bytes[candidate])
        || isQuoted && !isName && Self.looksSaid(bytes[candidate], isLast: false)
        || isFound && !isCount(bytes[candidate]) && !Self.types.contains(Array(bytes[candidate]))
      {
        // A long word is one to its end.
        let last = bytes[candidate.upperBound..<end].prefix(while: Redactor.isTokenByte).endIndex
        spans.append(candidate.lowerBound..<(word.endIndex == limit ? last : candidate.upperBound))
      }
      isFound = Self.findings.contains(Array(word))
      index = word.endIndex
    }
  }
}
