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
  package static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard let range = digestRange(in: bytes) else { return false }
    var zeroed = bytes
    zeroed.replaceSubrange(range, with: Array(placeholder.utf8))
    return Array(SHA256.hex(of: zeroed).utf8) == Array(bytes[range])
  }

  /// Where the 64 characters of `integrity.sha256` are in a valid JSON text, however it is laid out.
  private static func digestRange(in bytes: [UInt8]) -> Range<Int>? {
    var depth = 0
    var keys: [[UInt8]] = [[], [], []]
    var string = 0..<0
    var isValue = false
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        string = start..<min(index, bytes.count)
        if isValue, depth == 2, keys[1] == Array("integrity".utf8), keys[2] == Array("sha256".utf8)
        {
          return string.count == placeholder.utf8.count ? string : nil
        }
      case UInt8(ascii: ":"):
        isValue = true
        if depth < keys.count { keys[depth] = Array(bytes[string]) }
      case UInt8(ascii: ","):
        isValue = false
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isValue = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
      default:
        break
      }
      index += 1
    }
    return nil
  }
}
