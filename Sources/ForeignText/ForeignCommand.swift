/// The words of a command line without the secrets among them. Each is looked at as a whole, for a
/// value with a space in it is one word still: to be done before they are joined.
public func redactedWords(_ words: [String]) -> [String] {
  words.indices.map { index in
    let word = Array(words[index].utf8)
    if index > 0, isSecretFlag(Array(words[index - 1].utf8)), word.first != UInt8(ascii: "-") {
      return Redactor.mark
    }
    if index > 0, ["-u", "--user"].contains(words[index - 1]),
      let colon = word.firstIndex(of: UInt8(ascii: ":"))
    {
      return String(decoding: word[...colon], as: UTF8.self) + Redactor.mark
    }
    for sign in word.indices where word[sign] == UInt8(ascii: "=") {
      let first = word[..<sign].lastIndex { !Redactor.isWordByte($0) }.map { $0 + 1 } ?? 0
      let name = word[first..<sign].drop { $0 == UInt8(ascii: "-") }
      if sign + 1 < word.count, SecretNames.contain(name) || SecretNames.isShort(name) {
        return String(decoding: word[...sign], as: UTF8.self) + Redactor.mark
      }
    }
    return "\(ForeignText(words[index]))"
  }
}

private func isSecretFlag(_ word: [UInt8]) -> Bool {
  guard word.first == UInt8(ascii: "-"), !word.contains(UInt8(ascii: "=")) else { return false }
  let name = word.drop { $0 == UInt8(ascii: "-") }
  return SecretNames.contain(name) || SecretNames.isShort(name)
}
