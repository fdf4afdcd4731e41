/// Secrets that a command or a setting takes without a flag: `vault login X`, `AUTH X`.
extension SecretValues {
  /// Words that are looked at.
  private static let mostOperands = 8
  /// Bytes.
  private static let longestCommand = 256
  /// Settings of a server, which have nothing but their value on the line.
  private static let settings = Set(["masterauth", "requirepass"].map { Array($0.utf8) })

  /// Where to go on; `nil` if it is no such command.
  mutating func takeOperand(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let upper = name.range.upperBound
    guard upper < end, bytes[upper] == 0x20 else { return nil }
    let word = bytes[name.range]
    switch word.count {
    case 3 where program?.isVault == true && word.elementsEqual("put".utf8),
      5 where program?.isVault == true && word.elementsEqual("patch".utf8):
      program?.takesPairs = true
      return nil
    case 4 where word.elementsEqual("AUTH".utf8): return takeLogin(name, bytes)
    case 4 where word.elementsEqual("echo".utf8), 6 where word.elementsEqual("printf".utf8):
      return takePiped(name, bytes)
    case 5 where program?.isVault == true && word.elementsEqual("login".utf8):
      return takeWord(numbered: 0, bytes, from: upper)
    case 8 where word.elementsEqual("htpasswd".utf8): return takePassword(bytes, from: upper)
    case 10, 11:
      guard Self.settings.contains(Array(word)) else { return nil }
      return takeWord(numbered: 0, bytes, from: upper)
    default: return nil
    }
  }

  /// `AUTH password` and `AUTH user password` at the beginning of a line, with nothing behind.
  private mutating func takeLogin(_ name: Name, _ bytes: [UInt8]) -> Int? {
    guard isFirst(name, bytes) || bytes[..<name.range.lowerBound].suffix(2).elementsEqual("> ".utf8)
    else { return nil }
    let words = operands(bytes, from: name.range.upperBound)
    guard let last = words.last, words.count <= 2,
      bytes[words[0]].last != UInt8(ascii: ":")
    else { return nil }
    return take(last, bytes)
  }

  /// `htpasswd -b file user password`; no file with `-n`.
  private mutating func takePassword(_ bytes: [UInt8], from first: Int) -> Int? {
    let flags = operands(bytes, from: first).filter { bytes[$0.lowerBound] == UInt8(ascii: "-") }
    func has(_ letter: Character) -> Bool {
      flags.contains { letter.asciiValue.map(bytes[$0].contains) == true }
    }
    guard has("b") else { return nil }
    // The cost of a hash is a word, too.
    let number = (has("n") ? 1 : 2) + (has("C") ? 1 : 0)
    return takeWord(numbered: number, bytes, from: first)
  }

  /// `echo password | docker login --password-stdin`.
  private mutating func takePiped(_ name: Name, _ bytes: [UInt8]) -> Int? {
    if endOfPiped < name.range.lowerBound {
      let pipe = bytes[name.range.lowerBound..<end].firstIndex(of: UInt8(ascii: "|"))
      let isRead = pipe.map {
        bytes[$0..<min(end, $0 + Self.longestCommand)].firstRange(of: "--password-stdin".utf8)
          != nil
      }
      endOfPiped = isRead == true ? pipe ?? end : end
    }
    guard endOfPiped < end else { return nil }
    let words = operands(bytes, from: name.range.upperBound)
    guard let first = words.first(where: { bytes[$0.lowerBound] != UInt8(ascii: "-") })?.lowerBound,
      first < endOfPiped
    else { return nil }
    let last = bytes[first..<endOfPiped].lastIndex { !isBlank($0) && !isQuote($0) } ?? first
    spans.append(first..<(last + 1))
    return endOfPiped
  }

  /// But for flags.
  private mutating func takeWord(numbered number: Int, _ bytes: [UInt8], from first: Int) -> Int? {
    let words = operands(bytes, from: first).filter { bytes[$0.lowerBound] != UInt8(ascii: "-") }
    return number < words.count ? take(words[number], bytes) : nil
  }

  /// A word of a language is said of the command.
  private mutating func take(_ word: Range<Int>, _ bytes: [UInt8]) -> Int? {
    let value = trimmed(bytes, word)
    let letters = SecretNames.lowercased(bytes[value])
    guard value.count >= 4, !letters.allSatisfy(SecretNames.isSmall),
      !letters.contains(UInt8(ascii: "=")), !isMark(bytes, at: value.lowerBound)
    else { return nil }
    spans.append(value)
    return value.upperBound
  }

  /// Up to the next program.
  private func operands(_ bytes: [UInt8], from first: Int) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = first
    while words.count < Self.mostOperands {
      let word = bytes[index..<end].drop { isBlank($0) || isQuote($0) }
        .prefix { !isBlank($0) && !isQuote($0) && !$0.isOne(of: "|;&") }
      guard !word.isEmpty else { break }
      words.append(word.startIndex..<word.endIndex)
      index = word.endIndex
    }
    return words
  }
}
