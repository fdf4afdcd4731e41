/// Which names have a secret for a value.
enum SecretNames {
  /// Small letters, without the signs between words.
  private static let endings = [
    "password", "passwd", "passphrase", "pwd", "userpass", "token", "secret", "apikey",
    "accesskey", "accountkey", "storagekey", "privatekey", "secretkey", "signingkey",
    "encryptionkey", "keydata", "credential", "cookie", "authorization", "bearer",
    "dockerconfigjson", "dockercfg", "connectionstring", "stringdata", "storepass", "keypass",
    "amzsignature", "googsignature", "passcode", "psk", "presharedkey", "activationkey",
    "recoverycode", "backupcode", "seedphrase", "devicecode", "masterauth", "unsealkey",
    "recoverykey",
    // In other languages.
    "passwort", "kennwort", "contrasena", "motdepasse", "senha", "wachtwoord",
  ].map { Array($0.utf8) }

  /// What may follow such a name in it, as in `TOKEN_VALUE`.
  private static let additions = ["value", "plaintext", "base64", "b64"].map { Array($0.utf8) }

  /// The same, but only as words of their own, as in `DB_PASSWORD_PROD` and `SECRET_KEY_BASE`.
  private static let qualifiers = words(
    "value string text hash base hex raw pem data old new current previous primary secondary prod "
      + "production dev test qa stage staging live v")

  /// What makes a secret of a `key` after it, where both are words of one name.
  private static let kindsOfKey = words(
    "api app access account auth deploy encryption hmac integration jwt license master private "
      + "routing rsa secret service session shared signing ssh storage webhook")

  /// The same after a space.
  private static let kindsOfSpacedKey = words(
    "api access private secret signing encryption activation license recovery shared pre-shared "
      + "unseal")

  /// Two words without the space between them. With such codes an account is opened whose password is
  /// lost.
  private static let pairs = Set(
    words(
      "recoverycode recoverycodes backupcode backupcodes seedphrase recoveryphrase secretdata "
        + "depasse"))

  /// What makes a key of an object in a store, or no secret one, of `…_KEY`.
  private static let othersThanKeys = Set(
    words(
      "bad cache composite dup duplicate foreign group hash idempotency index invalid message "
        + "missing no object partition primary public row routing s3 sort unique unknown"))

  /// Secrets as the last word of a longer name, as in `REDIS_AUTH`, and as a name of their own where
  /// it is nothing else.
  private static let short = words("auth pat otp sig")

  private static let pass = Array("pass".utf8)
  private static let key = Array("key".utf8)

  /// Words that end with `pass`, as the name of a password may, too.
  private static let othersThanPass = words(
    "bypass compass encompass overpass surpass trespass underpass multipass singlepass")
  private static let existingSecret = Array("existingsecret".utf8)
  private static let longest = 64

  private static func words(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }
  }

  /// What every such name has in it, in three small letters: most names are looked at no further.
  private static let parts: [Bool] = {
    var parts = Array(repeating: false, count: 1 << 15)
    let all =
      "aut bea cfg cod con coo cre doc ken key mot otp pas pat phr psk pwd sal sec sen sig str tok "
      + "wac"
    for part in all.split(separator: " ") { parts[part.utf8.reduce(0, joined)] = true }
    return parts
  }()

  private static func joined(_ part: Int, _ letter: UInt8) -> Int {
    (part << 5 | Int(letter & 0x1F)) & 0x7FFF
  }

  private static func hasPart(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = parts
    var part = 0
    for byte in name where !byte.isOne(of: "_-.") {
      part = joined(part, byte)
      if parts[part] || part & 0x3FF == 0x217 { return true }
    }
    return false
  }

  static func contain(_ name: ArraySlice<UInt8>) -> Bool {
    let end = name.suffix(longest)
    guard hasPart(end) else { return false }
    if isNoun(lowercased(end).filter { !$0.isOne(of: "_-.") }) || isPass(end) { return true }
    var words = split(end)
    while words.count > 1, let last = words.last,
      last.allSatisfy(isDigit) || qualifiers.contains(withoutDigits(last))
    {
      words.removeLast()
    }
    guard let last = words.last.map(withoutDigits), let before = words.dropLast().last else {
      return words.last.map { isNoun($0) || isShortened(withoutDigits($0)) } ?? false
    }
    if last == key { return kindsOfKey.contains(before) || isNoun(before + last) }
    // As a server of secrets calls it; elsewhere it tells which one.
    if last == [UInt8(ascii: "i"), UInt8(ascii: "d")] {
      return before.elementsEqual("secret".utf8) && end.contains(UInt8(ascii: "_"))
    }
    return short.contains(last) || last.elementsEqual("salt".utf8) || isShortened(last)
      || isNoun(before + last)
  }

  /// As in `bindpw`, `rootpass` and `creds`.
  private static func isShortened(_ word: [UInt8]) -> Bool {
    word.hasSuffix(Array("pw".utf8)) || word.hasSuffix(Array("creds".utf8))
      || word.elementsEqual("cred".utf8)
      || word.hasSuffix(pass) && !othersThanPass.contains(word)
  }

  /// A secret only where it cannot but be a key.
  static func isShort(_ name: ArraySlice<UInt8>) -> Bool {
    name.count <= 8 && short.contains(lowercased(name.drop { $0.isOne(of: "_-.") }))
  }

  private static func isNoun(_ name: [UInt8]) -> Bool {
    var letters = name
    while letters.last.map(isDigit) == true, !letters.hasSuffix(additions[3]),
      !letters.hasSuffix(additions[2])
    {
      letters.removeLast()
    }
    if let addition = additions.first(where: letters.hasSuffix) {
      letters.removeLast(addition.count)
    }
    if endings.contains(where: letters.hasSuffix) {
      // Charts of Helm call the name of a Secret so.
      return !letters.hasSuffix(existingSecret)
    }
    return letters.last == UInt8(ascii: "s") && !letters.hasSuffix(Array("pullsecrets".utf8))
      && endings.contains(where: Array(letters.dropLast()).hasSuffix)
  }

  private static let spaced: [StaticString] = [
    "pass", "pwd", "authorization", "cookie", "phrase", "codes",
  ]

  static func mayHaveSpaces(_ name: ArraySlice<UInt8>) -> Bool {
    let letters = lowercased(name.suffix(longest))[...]
    return spaced.contains { letters.position(of: $0) != nil }
  }

  /// Several words are the secret.
  static func isPhrase(_ name: ArraySlice<UInt8>) -> Bool {
    SecretNames.lowercased(name.suffix(6)).elementsEqual("phrase".utf8)
  }

  /// `pass` as a word of its own, and not the end of `bypass`.
  private static func isPass(_ name: ArraySlice<UInt8>) -> Bool {
    guard lowercased(name.suffix(4)) == pass else { return false }
    guard let before = name.dropLast(4).last else { return true }
    return before.isOne(of: "_-.")
      || name.suffix(4).first == UInt8(ascii: "P") && before >= UInt8(ascii: "a")
  }

  /// `API key`, `secret key` and their like, the second of which is `name`.
  static func contain(_ name: ArraySlice<UInt8>, after word: ArraySlice<UInt8>) -> Bool {
    name.count == 3 && lowercased(name) == key && kindsOfSpacedKey.contains(lowercased(word))
      || (4...6).contains(name.count) && (2...8).contains(word.count)
        && pairs.contains(lowercased(word) + lowercased(name))
  }

  /// `STRIPE_KEY`, as settings are called.
  static func isKeyInCapitals(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.count > 4, name.count <= longest, lowercased(name.suffix(4)) == [0x5F] + key,
      !name.contains(where: { isSmall($0) || $0.isOne(of: "-.") })
    else { return false }
    return split(name.dropLast(4)).last.map { !othersThanKeys.contains($0) } ?? false
  }

  /// `tls.key`, as keys of a Secret are called.
  static func isFileOfKey(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = name.suffix(longest).split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && lowercased(parts[1]) == key
  }

  /// In small letters: `DB_PASSWORD`, `db-password` and `dbPassword` are two each.
  private static func split(_ name: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for index in name.indices {
      let byte = name[index]
      if byte.isOne(of: "_-.") {
        if !word.isEmpty { words.append(word) }
        word = []
        continue
      }
      // Where small letters end, and where one follows after several capitals.
      if isCapital(byte), !word.isEmpty,
        !isCapital(name[index - 1])
          || index + 1 < name.endIndex && isSmall(name[index + 1])
      {
        words.append(word)
        word = []
      }
      word.append(isCapital(byte) ? byte + 32 : byte)
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func withoutDigits(_ word: [UInt8]) -> [UInt8] {
    Array(word.prefix { !isDigit($0) })
  }

  static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { isCapital($0) ? $0 + 32 : $0 }
  }

  static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  static func isSmall(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
