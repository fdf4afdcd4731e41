import Glibc

/// A file that is read and written as it comes, unlike a session.
struct File {
  private let path: String

  init(_ name: String, in directory: String) { path = "\(directory)/\(name)" }

  func contents() throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("open \(path): \(errno)") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }

  /// Truncates and writes in place; the file and its directory are synced, which does not help.
  func overwrite(_ bytes: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure("open \(path): \(errno)") }
    defer { close(descriptor) }
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw Failure("write \(path): \(errno)")
    }
    let parent = path.split(separator: "/").dropLast().joined(separator: "/")
    let directory = open("/\(parent)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw Failure("fsync \(parent): \(errno)") }
  }
}
