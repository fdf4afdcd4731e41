import FoundationEssentials
import Glibc

/// A directory of its own, mode 0700, gone when nobody holds it any more.
public final class TemporaryDirectory: Sendable {
  /// Its absolute path.
  public let path: String

  /// - Parameter isInMemory: in memory, where there is such a place: for tests that make a thousand.
  public init(isInMemory: Bool = false) throws {
    let place = isInMemory && access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/map-import-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw WorldFailure("cannot make a directory in \(place): \(systemMessage(errno))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
