/// Secrets that a command or a setting takes without a flag: `vault login X`, `AUTH X`.
extension SecretValues {
  /// Words that are looked at.
  private static let mostOperands = 12
  /// Bytes.
  private static let longestCommand = 256
  /// What reads a password from the program before it.
  private static let readers: [StaticString] = [
    "--password-stdin", "--with-token", "passwd --stdin", "kinit ", "sudo -S", "cryptsetup ",
    "chpasswd", "smbpasswd -s", "pass stdin", "passin stdin", "--passphrase-fd",
  ]

  /// Where to go on; `nil` if it is no such command.
  mutating func takeOperand(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let upper = name.range.upperBound
    takeOperands(name, bytes)
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
    return take(last, bytes, isLast: true)
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
      let isRead = pipe.map { pipe in
        let next = bytes[pipe..<min(end, pipe + Self.longestCommand)]
        return Self.readers.contains { next.position(of: $0) != nil }
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
    let all = operands(bytes, from: first)
    let words = all.filter { bytes[$0.lowerBound] != UInt8(ascii: "-") }
    guard number < words.count else { return nil }
    return take(words[number], bytes, isLast: isLast(words[number], of: all, bytes))
  }

  /// Nothing is behind it but flags and what they take.
  private func isLast(_ word: Range<Int>, of words: [Range<Int>], _ bytes: [UInt8]) -> Bool {
    let next = words.first { $0.lowerBound >= word.upperBound }
    return next.map { bytes[$0.lowerBound].isOne(of: "-/<>") } ?? true
  }

  /// A word of a language is said of the command, unless it is the last one.
  private mutating func take(_ word: Range<Int>, _ bytes: [UInt8], isLast: Bool) -> Int? {
    let value = trimmed(bytes, word)
    guard isOperand(bytes[value], isLast: isLast), !isMark(bytes, at: value.lowerBound) else {
      return nil
    }
    spans.append(value)
    return value.upperBound
  }

  /// Said of a command, and not given to it.
  private static let saidOfCommands = Set(
    ["again", "command", "first", "help", "instead", "option", "public"].map { Array($0.utf8) })

  private func isOperand(_ word: ArraySlice<UInt8>, isLast: Bool) -> Bool {
    guard word.count >= 4, !word.contains(UInt8(ascii: "=")) else { return false }
    let letters = SecretNames.lowercased(word)
    guard letters.allSatisfy(SecretNames.isSmall) else { return true }
    return isLast && word.contains(where: SecretNames.isSmall)
      && Self.looksSaid(word, isLast: true) && !Self.saidOfCommands.contains(letters)
  }

  /// Up to the next program.
  private func operands(_ bytes: [UInt8], from first: Int) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = first
    while words.count < Self.mostOperands {
      var word = bytes[index..<end].drop { isBlank($0) || isQuote($0) }
        .prefix { !isBlank($0) && !$0.isOne(of: "|;&\"'") }
      guard !word.isEmpty else { break }
      index = word.endIndex
      // Of a quote that is escaped.
      while word.last == UInt8(ascii: "\\") { word.removeLast() }
      // Between words of a list.
      if word.elementsEqual(",".utf8) { continue }
      words.append(word.startIndex..<word.endIndex)
    }
    return words
  }

  // MARK: By a table

  /// How a program takes a secret.
  struct Command {
    /// What it is called by, and which of its verbs it is.
    var words: [[UInt8]]
    /// Before the secret.
    var flag: [UInt8]?
    /// How many operands are before it.
    var number = 0

    /// `*` is the secret, `_` another operand.
    static let all: [Command] = [
      "vault operator unseal *", "rabbitmqctl add_user _ *", "rabbitmqctl change_password _ *",
      "rabbitmqctl authenticate_user _ *", "mc alias set _ _ _ *", "mc config host add _ _ _ *",
      "net use _ *", "openssl enc -k *", "useradd -p *", "usermod -p *", "curl -b *",
      "flux create secret -p *",
      // Settings of a server, which have nothing but their value on the line.
      "masterauth *", "requirepass *", "rocommunity *", "rwcommunity *",
    ].map { text in
      var command = Command(words: [])
      for word in text.split(separator: " ") {
        if word == "_" { command.number += 1 }
        if word.first == "-" { command.flag = Array(word.utf8) }
        if word.first != "-", word != "_", word != "*" { command.words.append(Array(word.utf8)) }
      }
      return command
    }
  }

  /// The secret of a program that was named just now.
  private mutating func takeOperands(_ name: Name, _ bytes: [UInt8]) {
    guard startOfProgram == name.range.lowerBound, let program, !program.commands.isEmpty else {
      return
    }
    let words = operands(bytes, from: name.range.upperBound)
    for command in program.commands {
      let verbs = command.words.dropFirst()
      // Flags may be before them.
      let first = words.indices.first { index in
        words[index...].count > verbs.count
          && zip(verbs, words[index...]).allSatisfy { bytes[$1].elementsEqual($0) }
      }
      guard let first else { continue }
      let rest = words[(first + verbs.count)...]
      if let flag = command.flag {
        guard let index = rest.firstIndex(where: { isFlag(bytes[$0], flag) }),
          index + 1 < words.endIndex
        else { continue }
        takeOfFlag(words[index + 1], bytes)
      } else {
        let operands = rest.filter { !isOption(bytes[$0]) }
        guard command.number < operands.count else { continue }
        let word = operands[command.number]
        _ = take(word, bytes, isLast: isLast(word, of: words, bytes))
      }
    }
  }

  /// Alone, or behind others of one letter.
  private func isFlag(_ word: ArraySlice<UInt8>, _ flag: [UInt8]) -> Bool {
    word.count <= 4 && word.first == flag.first && word.last == flag.last
      && word.dropFirst().allSatisfy { $0 != UInt8(ascii: "-") }
  }

  /// Of Windows, too: `/user:bob`, and the letter of a drive.
  private func isOption(_ word: ArraySlice<UInt8>) -> Bool {
    word.first == UInt8(ascii: "-")
      || word.first == UInt8(ascii: "/") && word.contains(UInt8(ascii: ":"))
      || word.count == 2 && word.last == UInt8(ascii: ":")
  }

  private mutating func takeOfFlag(_ word: Range<Int>, _ bytes: [UInt8]) {
    guard bytes[word.lowerBound] != UInt8(ascii: "-"), !isMark(bytes, at: word.lowerBound) else {
      return
    }
    if let quote = quote(bytes, at: word.lowerBound - 1),
      closeQuoteHere(bytes, quote, from: word.lowerBound) != nil
    {
      return
    }
    let letters = SecretNames.lowercased(bytes[word])
    if letters.count >= 4, !Self.isState(letters) { spans.append(word) }
  }

  /// `aws configure set aws_secret_access_key value`, `ENV DB_PASSWORD value`. Where to go on; `nil`
  /// if it is none.
  mutating func takeSetting(_ name: Name, _ bytes: [UInt8], at first: Int) -> Int? {
    guard program?.takesSettings == true, first > name.range.upperBound, first < end,
      bytes[name.range].first != UInt8(ascii: "-"), SecretNames.contain(bytes[name.range])
    else { return nil }
    let words = operands(bytes, from: first)
    guard let word = words.first, bytes[word.lowerBound] != UInt8(ascii: "-") else { return nil }
    // More of them may follow.
    let isLast =
      program?.takesSeveral == true && words.count % 2 == 1 || isLast(word, of: words, bytes)
    return take(word, bytes, isLast: isLast)
  }
}
