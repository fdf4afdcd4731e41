import CZlib

/// Bytes in the gzip format of RFC 1952, by zlib: what `zcat` shows.
public enum Gzip {
  /// Why bytes are not what ``compressed(_:)`` makes, as a sentence's end.
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
  }

  /// One member, which says no name and no time: the same bytes always give the same.
  ///
  /// - Parameter note: what ``note(of:)`` finds again without expanding anything; no reader of gzip
  ///   takes it for content. It is left out if it is empty or longer than ``longestNote``.
  public static func compressed(_ bytes: [UInt8], note: [UInt8] = []) throws(Invalid) -> [UInt8] {
    var stream = z_stream()
    let code = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw failure(code) }
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    var field = note.isEmpty || note.count > longestNote ? [] : subfield(note)
    let ended = field.withUnsafeMutableBufferPointer { field in
      var header = gz_header()
      header.os = unknownSystem
      header.extra = field.isEmpty ? nil : field.baseAddress
      header.extra_len = UInt32(field.count)
      return withUnsafeMutablePointer(to: &header) { header in
        deflateSetHeader(&stream, header)
        return run(&stream, bytes, into: &result, atMost: .max) { deflate($0, Z_FINISH) }
      }
    }
    guard ended == Z_STREAM_END else { throw failure(ended) }
    return result
  }

  /// The note in the first bytes of a file, of which ``headLength`` are enough; `nil` if there is
  /// none. Whether it is as it was written is not known: nothing here checks it.
  public static func note(of head: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var field = [UInt8](repeating: 0, count: subfieldHead + longestNote)
    let length = field.withUnsafeMutableBufferPointer { field in
      var header = gz_header()
      header.extra = field.baseAddress
      header.extra_max = UInt32(field.count)
      return withUnsafeMutablePointer(to: &header) { header in
        inflateGetHeader(&stream, header)
        var content: [UInt8] = []
        _ = run(&stream, head, into: &content, atMost: 0) { inflate($0, Z_BLOCK) }
        return header.pointee.done == 1 ? Int(header.pointee.extra_len) : 0
      }
    }
    guard length > subfieldHead, length <= field.count else { return nil }
    let note = field[subfieldHead..<length]
    return field.prefix(subfieldHead).elementsEqual(subfield(Array(note)).prefix(subfieldHead))
      ? Array(note) : nil
  }

  /// In bytes: an extra field has no room for more.
  public static let longestNote = Int(UInt16.max) - subfieldHead
  /// In bytes: the fixed part of a gzip header, the length of the extra field, and that.
  public static let headLength = 10 + 2 + Int(UInt16.max)

  /// RFC 1952, 2.3.1.1: two letters for whose it is, the length, low byte first, and the data.
  private static func subfield(_ note: [UInt8]) -> [UInt8] {
    Array("MI".utf8) + [UInt8(note.count & 0xff), UInt8(note.count >> 8)] + note
  }
  private static let subfieldHead = 4
  /// What RFC 1952 calls the operating system: 255, unknown.
  private static let unknownSystem: Int32 = 255

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
