import CMessageDigest

/// The digest that content is compared by, from libmd, see sha2(3).
public enum SHA256 {
  /// 64 lower-case hexadecimal digits.
  public static func hex(of bytes: some Sequence<UInt8>) -> String {
    var context = SHA2_CTX()
    SHA256Init(&context)
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      SHA256Update(&context, $0.baseAddress, $0.count)
    }
    if isContiguous == nil {
      let copy = Array(bytes)
      SHA256Update(&context, copy, copy.count)
    }
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &context)
    return String(
      decoding: digest.flatMap { [hexDigit($0 >> 4), hexDigit($0 & 15)] }, as: UTF8.self)
  }
}

/// The ASCII of a number from 0 to 15.
func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
