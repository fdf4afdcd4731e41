/// What is between the quotes of a JSON text.
enum JSONText {
  /// - Parameter bytes: without the quotes. Where something is wrong, the error's place is in them.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
    // Most have nothing that is escaped.
    if let first = bytes.firstIndex(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) {
      return try unescaped(bytes, from: first)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8 }
    return text
  }

  private static var notUTF8: JSONError { JSONError(.malformed("a text is not UTF-8"), at: 0) }

  private static func unescaped(
    _ bytes: UnsafeBufferPointer<UInt8>, from first: Int
  ) throws(JSONError) -> String {
    var text = Array(bytes[..<first])
    var index = first
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte >= 0x20 else {
        throw JSONError(.malformed("a text has a control character in it"), at: 0)
      }
      if byte == UInt8(ascii: "\\") {
        guard let scalar = escaped(bytes, &index) else {
          throw JSONError(.malformed("a backslash is followed by what it cannot be"), at: 0)
        }
        text += Array(String(scalar).utf8)
      } else {
        text.append(byte)
      }
    }
    guard let text = String(validating: text, as: UTF8.self) else { throw notUTF8 }
    return text
  }

  /// What follows a backslash; `nil` for what may not.
  private static func escaped(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar? {
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return scalar(bytes, &index)
    default: return nil
    }
  }

  /// One character of UTF-16, which may be two units.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar? {
    guard let first = unit(bytes, &index) else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    guard bytes[index...].starts(with: "\\u".utf8) else { return nil }
    index += 2
    guard let second = unit(bytes, &index), UTF16.isTrailSurrogate(second) else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
  }

  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt16? {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(isHexDigit) else { return nil }
    index += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
