/// Which names have a secret for a value.
enum SecretNames {
  /// Small letters, without the signs between words.
  private static let endings = [
    "password", "passwd", "passphrase", "pwd", "token", "secret", "apikey", "accesskey",
    "privatekey", "secretkey", "signingkey", "encryptionkey", "keydata", "credential",
    "credentials", "cookie", "authorization", "bearer", "dockerconfigjson", "connectionstring",
  ].map { Array($0.utf8) }

  /// What may follow such a name in it, as in `TOKEN_VALUE`.
  private static let additions = ["value", "plaintext", "base64", "b64"].map { Array($0.utf8) }

  /// What makes a secret of a `key` after a space.
  private static let kindsOfKey = [
    "api", "access", "private", "secret", "signing", "encryption",
  ].map { Array($0.utf8) }

  private static let pass = Array("pass".utf8)
  private static let key = Array("key".utf8)
  private static let longest = 64

  static func contain(_ name: ArraySlice<UInt8>) -> Bool {
    let end = name.suffix(longest)
    var letters = lowercased(end).filter { !"_-.".utf8.contains($0) }
    while letters.last.map((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) == true,
      !letters.hasSuffix(additions[3]), !letters.hasSuffix(additions[2])
    {
      letters.removeLast()
    }
    if let addition = additions.first(where: letters.hasSuffix) {
      letters.removeLast(addition.count)
    }
    return endings.contains(where: letters.hasSuffix) || isPass(end)
  }

  static func mayHaveSpaces(_ name: ArraySlice<UInt8>) -> Bool {
    let letters = lowercased(name.suffix(longest))
    return ["pass", "pwd", "authorization", "cookie"].contains {
      !letters.ranges(of: $0.utf8).isEmpty
    }
  }

  /// `pass` as a word of its own, and not the end of `bypass`.
  private static func isPass(_ name: ArraySlice<UInt8>) -> Bool {
    guard lowercased(name.suffix(4)) == pass else { return false }
    guard let before = name.dropLast(4).last else { return true }
    return "_-.".utf8.contains(before)
      || name.suffix(4).first == UInt8(ascii: "P") && before >= UInt8(ascii: "a")
  }

  /// `API key`, `secret key` and their like, the second of which is `name`.
  static func contain(_ name: ArraySlice<UInt8>, after word: ArraySlice<UInt8>) -> Bool {
    name.count == 3 && lowercased(name) == key && kindsOfKey.contains(lowercased(word))
  }

  /// `tls.key`, as keys of a Secret are called.
  static func isFileOfKey(_ name: ArraySlice<UInt8>) -> Bool {
    let parts = name.suffix(longest).split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && lowercased(parts[1]) == key
  }

  static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
