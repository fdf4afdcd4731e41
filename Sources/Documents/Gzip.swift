import CZlib

/// Bytes in the gzip format of RFC 1952, by zlib: what `zcat` shows.
public enum Gzip {
  /// Why bytes are not what ``compressed(_:)`` makes, as a sentence's end.
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
  }

  /// One member, which says no name and no time: the same bytes always give the same.
  public static func compressed(_ bytes: [UInt8]) throws(Invalid) -> [UInt8] {
    var stream = z_stream()
    let code = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw failure(code) }
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    let ended = run(&stream, bytes, into: &result, atMost: .max) { deflate($0, Z_FINISH) }
    guard ended == Z_STREAM_END else { throw failure(ended) }
    return result
  }

  /// What was compressed. Throws if there is more than `limit` bytes of it, which is found out
  /// before there is memory for more, if any bit is wrong, or if anything follows.
  public static func expanded(_ bytes: [UInt8], atMost limit: Int) throws(Invalid) -> [UInt8] {
    var stream = z_stream()
    let code = inflateInit2_(
      &stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw failure(code) }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    let ended = run(&stream, bytes, into: &result, atMost: limit) { inflate($0, Z_NO_FLUSH) }
    guard result.count <= limit else {
      throw Invalid(reason: "it would be larger than \(limit) bytes")
    }
    switch ended {
    case Z_STREAM_END: break
    case Z_DATA_ERROR: throw Invalid(reason: "its compressed content is damaged")
    case Z_OK, Z_BUF_ERROR: throw Invalid(reason: "its end is missing")
    default: throw failure(ended)
    }
    guard Int(stream.total_in) == bytes.count else {
      throw Invalid(reason: "something follows its compressed content")
    }
    return result
  }

  /// The largest window of zlib, and 16 for a gzip header and trailer instead of zlib's own.
  private static let gzipWindow: Int32 = 15 + 16
  private static let piece = 256 << 10

  /// Calls `step` until it ends, can do no more, or has made more than `limit` bytes.
  private static func run(
    _ stream: inout z_stream, _ bytes: [UInt8], into result: inout [UInt8], atMost limit: Int,
    _ step: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> Int32 {
    var bytes = bytes
    var buffer = [UInt8](repeating: 0, count: piece)
    var code = Z_OK
    bytes.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      // Larger files than 4 GiB are refused long before.
      stream.avail_in = UInt32(input.count)
      while code == Z_OK, result.count <= limit {
        let count = buffer.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          code = step(&stream)
          return output.count - Int(stream.avail_out)
        }
        result += buffer[..<count]
      }
    }
    return code
  }

  private static func failure(_ code: Int32) -> Invalid {
    Invalid(reason: "zlib cannot read or write it: \(String(cString: zError(code)))")
  }
}
