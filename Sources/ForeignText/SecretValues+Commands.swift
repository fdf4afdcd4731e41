/// Secrets in the arguments of programs that have no name of one: `-u user:password`, `-p password`.
extension SecretValues {
  /// A program, and how it takes a secret.
  struct Program {
    /// The letter of a short flag.
    var flag: UInt8?
    /// As `user/password@database`.
    var takesLogin = false
    /// What parts a user from a password after `-u`.
    var loginSign = UInt8(ascii: ":")
    var isVault = false
    /// Each `name=value` is a secret, whatever its name is.
    var takesPairs = false
    /// A setting and its value are two words, behind this verb.
    var verbOfSettings: [UInt8]?
    var takesSettings = false
    var takesSeveral = false
    var isOfKubernetes = false
    /// How the words after it tell a secret.
    var commands: [Command] = []

    var shortFlag: [UInt8]? { flag.map { [UInt8(ascii: "-"), $0] } }
  }

  private static let programs: [[UInt8]: Program] = {
    let flags: [(Character, String)] = [
      (
        "p",
        "mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlpump mysqlsh mariadb "
          + "mariadb-dump mariadb-admin sshpass login mongo mongosh mongodump mongorestore "
          + "mongoexport mongoimport 7z 7za"
      ),
      ("a", "redis-cli valkey-cli"),
      ("w", "ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldappasswd ldapcompare"),
      ("P", "sqlcmd bcp isql zip unzip ipmitool"),
    ]
    var programs: [[UInt8]: Program] = [:]
    for (flag, names) in flags {
      for name in names.split(separator: " ") {
        programs[Array(name.utf8)] = Program(flag: flag.asciiValue)
      }
    }
    for name in ["sqlplus", "sqlldr", "expdp", "impdp", "rman", "exp", "imp", "sql"] {
      programs[Array(name.utf8)] = Program(takesLogin: true)
    }
    programs[Array("lftp".utf8)] = Program(loginSign: UInt8(ascii: ","))
    programs[Array("vault".utf8)] = Program(isVault: true)
    for name in ["kubectl", "oc"] { programs[Array(name.utf8)] = Program(isOfKubernetes: true) }
    for name in ["aws", "npm", "pip", "pulumi", "gcloud"] {
      programs[Array(name.utf8)] = Program(verbOfSettings: Array("set".utf8))
    }
    programs[Array("git".utf8)] = Program(verbOfSettings: Array("config".utf8))
    programs[Array("nmcli".utf8)] = Program(takesSettings: true, takesSeveral: true)
    programs[Array("ENV".utf8)] = Program(takesSettings: true)
    for command in Command.all {
      programs[command.words[0], default: Program()].commands.append(command)
    }
    return programs
  }()

  static func program(_ word: ArraySlice<UInt8>) -> Program? {
    (2...13).contains(word.count) ? programs[Array(word)] : nil
  }

  private static let logins = Set(
    ["-u", "-U", "--user", "-user", "--proxy-user"].map { Array($0.utf8) })

  static func isLogin(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.first == UInt8(ascii: "-") else { return false }
    // With flags of curl that take no value.
    return logins.contains(Array(word))
      || word.count < 8 && word.last == UInt8(ascii: "u")
        && word.dropFirst().allSatisfy { $0.isOne(of: "sSkLfiIvgu") }
  }

  /// Keeps what the line is about, as far as a word tells.
  mutating func readContext(_ name: Name, _ bytes: [UInt8]) {
    readComplaint(name, bytes)
    let word = bytes[name.range]
    let next = bytes[name.range.upperBound..<end].first ?? 0x20
    if next == UInt8(ascii: "["), word.elementsEqual("map".utf8) { followsMap = true }
    // `vault login` is no program `login`.
    if isBlank(next) || isQuote(next), program?.isVault != true, let found = Self.program(word) {
      program = found
      startOfProgram = name.range.lowerBound
    }
    if let verb = program?.verbOfSettings, word.count == verb.count, word.elementsEqual(verb) {
      program?.takesSettings = true
    }
    readObject(name, bytes)
    // Not at the beginning of the line.
    if next == 0x20, word.elementsEqual("login".utf8), followsMachine { isInNetrc = true }
    if next == 0x20, word.elementsEqual("machine".utf8) || word.elementsEqual("default".utf8) {
      followsMachine = true
    }
  }

  /// Where to go on; `nil` if it is no flag with a secret, or one that its name tells.
  mutating func takeFlag(_ name: Name, _ bytes: [UInt8]) -> Int? {
    let word = bytes[name.range]
    let upper = name.range.upperBound
    let isAlone =
      name.range.lowerBound == content || isBlank(bytes[name.range.lowerBound - 1])
      || isQuote(bytes[name.range.lowerBound - 1])
    guard isAlone || program?.takesLogin == true else { return nil }
    if let program, program.takesLogin, upper < end, bytes[upper] == UInt8(ascii: "/") {
      if let quote = quote(bytes, at: upper + 1) {
        return closeQuote(bytes, quote, from: upper + 1 + quote.count) ?? end
      }
      let last = bytes[upper..<end].firstIndex { isBlank($0) || isQuote($0) } ?? end
      let at = bytes[upper..<last].lastIndex(of: UInt8(ascii: "@")) ?? last
      self.program = nil
      if upper + 1 < at { spans.append((upper + 1)..<at) }
      return last
    }
    guard word.first == UInt8(ascii: "-"), word.count > 1 else { return nil }
    if word.elementsEqual("--from-literal".utf8) {
      return takePair(name, bytes, dividedBy: UInt8(ascii: "="))
    }
    if Self.isLogin(word) {
      return takePair(name, bytes, dividedBy: program?.loginSign ?? UInt8(ascii: ":"))
    }
    if word.starts(with: "-u".utf8), upper < end, bytes[upper] == UInt8(ascii: ":"),
      upper + 1 < end,
      !isBlank(bytes[upper + 1])
    {
      return takeWord(bytes, from: upper + 1, of: name)
    }
    guard let flag = program?.flag, word.dropFirst().first == flag, !SecretNames.contain(word)
    else {
      return nil
    }
    program = nil
    let isSeparate =
      word.count == 2 && (upper == end || isBlank(bytes[upper]) || isListed(name, bytes))
    if isSeparate {
      let index = bytes[upper..<end].firstIndex { !isQuote($0) && !isBlank($0) } ?? end
      return takeArgument(name, bytes, at: index < end && bytes[index] == 0x2C ? index : upper)
    }
    let value = name.range.lowerBound + 2
    if value == upper, let quote = quote(bytes, at: value) {
      return closeQuote(bytes, quote, from: value + quote.count) ?? end
    }
    return takeWord(bytes, from: value, of: name)
  }

  /// In a list of JSON.
  private func isListed(_ name: Name, _ bytes: [UInt8]) -> Bool {
    name.isQuoted(bytes) && isQuote(bytes[name.range.lowerBound - 1])
  }

  /// The second half of an argument, which may be in quotes, with the name or without it.
  private mutating func takePair(_ name: Name, _ bytes: [UInt8], dividedBy sign: UInt8) -> Int? {
    let upper = name.range.upperBound
    var first = upper
    while first < end,
      isBlank(bytes[first]) || isQuote(bytes[first]) || bytes[first].isOne(of: ",=")
    {
      first += 1
    }
    if first == end, item(bytes) == name.range.lowerBound { awaited = .half(after: sign) }
    guard first > upper else { return nil }
    let word = bytes[first..<end].prefix { !isBlank($0) && !isQuote($0) }
    // Samba has another sign.
    let found = word.firstIndex(of: sign) ?? (sign == 0x3A ? word.firstIndex(of: 0x25) : nil)
    guard let divided = found, divided > first, divided + 1 < end else { return first }
    let value = divided + 1
    if let quote = quote(bytes, at: value), divided + 1 == word.endIndex,
      !isQuote(bytes[first - 1])
    {
      return closeQuote(bytes, quote, from: value + quote.count) ?? end
    }
    let outer =
      isQuote(bytes[first - 1])
      ? first - 1
      : name.range.lowerBound > content
        ? name.range.lowerBound - 1 : first
    if let quote = quote(bytes, at: outer),
      let after = closeQuoteHere(bytes, quote, from: value)
    {
      return after - 1
    }
    let last = bytes[value..<end].firstIndex { isBlank($0) || isQuote($0) } ?? end
    if value < last { spans.append(value..<last) }
    return last
  }

  /// To the next blank, or to the end of the quotes that it began in with its name.
  private mutating func takeWord(_ bytes: [UInt8], from first: Int, of name: Name) -> Int {
    let lower = name.range.lowerBound
    if lower > content, let quote = quote(bytes, at: lower - 1),
      let after = closeQuoteHere(bytes, quote, from: first)
    {
      return after - 1
    }
    let last = bytes[first..<end].firstIndex { isBlank($0) || isQuote($0) } ?? end
    spans.append(first..<last)
    return last
  }
}
