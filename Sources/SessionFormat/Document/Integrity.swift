import Documents

/// The digest that a session file carries of itself: SHA-256 over the file's bytes with the
/// digest's own 64 characters as zeros. Half of all flipped bits leave valid JSON behind.
package enum Integrity {
  static let placeholder = String(repeating: "0", count: 64)

  /// Puts the digest into bytes that hold the placeholder.
  static func seal(_ bytes: inout [UInt8]) {
    guard let range = digestRange(in: bytes) else { return }
    bytes.replaceSubrange(range, with: Array(SHA256.hex(of: bytes).utf8))
  }

  /// The digest that a file carries, right or wrong.
  package static func claimed(by bytes: [UInt8]) -> String? {
    digestRange(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// False if the digest is wrong or not one.
  static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard let range = digestRange(in: bytes) else { return false }
    var zeroed = bytes
    zeroed.replaceSubrange(range, with: Array(placeholder.utf8))
    return Array(SHA256.hex(of: zeroed).utf8) == Array(bytes[range])
  }

  private static let rules = JSONReader.Rules(depth: 64, allowsTwins: true)

  /// Where the 64 characters of `integrity.sha256` are in a valid JSON text, however it is laid out.
  private static func digestRange(in bytes: [UInt8]) -> Range<Int>? {
    /// Thrown as soon as it is found: what comes after it is not looked at.
    struct Found: Error { let range: Range<Int> }
    do {
      try JSONReader.read(bytes, rules) { reader in
        guard reader.peek() == UInt8(ascii: "{") else { return }
        try reader.members { key, reader in
          guard case "integrity" = key, reader.peek() == UInt8(ascii: "{") else { return }
          try reader.members { key, reader in
            guard case "sha256" = key, reader.peek() == UInt8(ascii: "\"") else { return }
            throw Found(range: try reader.passText())
          }
        }
      }
    } catch let found as Found {
      return found.range.count == placeholder.utf8.count ? found.range : nil
    } catch {
      return nil
    }
    return nil
  }
}
