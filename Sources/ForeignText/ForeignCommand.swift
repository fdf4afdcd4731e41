/// The words of a command line without the secrets among them. Each is looked at as a whole, for a
/// value with a space in it is one word still: to be done before they are joined.
public func redactedWords(_ words: [String]) -> [String] {
  var program: SecretValues.Program?
  var before: [UInt8] = []
  return words.map { text in
    let word = Array(text.utf8)
    defer {
      before = word
      let name = word[(word.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
      program = SecretValues.program(name) ?? program
    }
    let isValue = word.first != UInt8(ascii: "-")
    if isValue, !before.isEmpty, isSecretFlag(before) || before == program?.shortFlag {
      return Redactor.mark
    }
    if let first = secondHalf(of: word, after: before, program) {
      return String(decoding: word[..<first], as: UTF8.self) + Redactor.mark
        + String(decoding: word[end(ofSecretIn: word, program)...], as: UTF8.self)
    }
    for sign in word.indices where word[sign] == UInt8(ascii: "=") {
      let first = word[..<sign].lastIndex { !Redactor.isWordByte($0) }.map { $0 + 1 } ?? 0
      let name = word[first..<sign].drop { $0 == UInt8(ascii: "-") }
      if sign + 1 < word.count, SecretNames.contain(name) || SecretNames.isShort(name) {
        return String(decoding: word[...sign], as: UTF8.self) + Redactor.mark
      }
    }
    return "\(ForeignText(text))"
  }
}

/// Where a secret begins that has no name.
private func secondHalf(
  of word: [UInt8], after before: [UInt8], _ program: SecretValues.Program?
) -> Int? {
  func after(_ sign: Character, from first: Int = 0) -> Int? {
    word[first...].firstIndex { $0 == sign.asciiValue }.map { $0 + 1 }
  }
  if SecretValues.isLogin(before[...]) { return after(":") }
  let literal = Array("--from-literal".utf8)
  if before == literal { return after("=") }
  if word.starts(with: literal + [UInt8(ascii: "=")]) { return after("=", from: literal.count + 1) }
  if let sign = after("="), SecretValues.isLogin(word[..<(sign - 1)]) {
    return after(":", from: sign)
  }
  if word.starts(with: "-u".utf8), let colon = after(":"),
    word[2..<(colon - 1)].allSatisfy(Redactor.isWordByte)
  {
    return colon
  }
  if let flag = program?.shortFlag, word.starts(with: flag), word.count > flag.count,
    !isSecretFlag(word)
  {
    return flag.count
  }
  if program?.takesLogin == true, let slash = after("/"), slash > 1,
    word[..<(slash - 1)].allSatisfy(Redactor.isWordByte)
  {
    return slash
  }
  return nil
}

/// After a password a database may be named.
private func end(ofSecretIn word: [UInt8], _ program: SecretValues.Program?) -> Int {
  program?.takesLogin == true ? word.lastIndex(of: UInt8(ascii: "@")) ?? word.count : word.count
}

private func isSecretFlag(_ word: [UInt8]) -> Bool {
  guard word.first == UInt8(ascii: "-"), !word.contains(UInt8(ascii: "=")) else { return false }
  let name = word.drop { $0 == UInt8(ascii: "-") }
  return SecretNames.contain(name) || SecretNames.isShort(name)
}
