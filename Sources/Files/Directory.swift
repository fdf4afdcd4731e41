import Glibc

/// An open directory. Everything in it is reached by its bare name, relative to the descriptor,
/// and never through a symbolic link.
final class Directory: Sendable {
  let descriptor: Int32
  /// For sentences, with the home directory as `~`.
  let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = close(descriptor) }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Never waits for the other end of a FIFO, and never follows a link.
  func open(_ name: String, _ flags: Int32, mode: mode_t = 0) throws(CallError) -> OpenFile {
    let file = path(of: name)
    let descriptor = try attempt("open", file) {
      openat(self.descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode)
    }
    return OpenFile(descriptor: descriptor, path: file)
  }

  /// `nil` if there is nothing of that name.
  func status(of name: String) throws(CallError) -> FileStatus? {
    var status = stat()
    do {
      _ = try attempt("fstatat", path(of: name)) {
        fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW)
      }
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return FileStatus(status)
  }

  func link(_ name: String, to other: Directory, as newName: String) throws(CallError) {
    _ = try attempt("link", path(of: name)) {
      linkat(descriptor, name, other.descriptor, newName, 0)
    }
  }

  func remove(_ name: String) throws(CallError) {
    _ = try attempt("unlink", path(of: name)) { unlinkat(descriptor, name, 0) }
  }

  func removeDirectory(_ name: String) throws(CallError) {
    _ = try attempt("rmdir", path(of: name)) { unlinkat(descriptor, name, AT_REMOVEDIR) }
  }

  func makeSymbolicLink(_ name: String, to target: String) throws(CallError) {
    _ = try attempt("symlink", path(of: name)) { symlinkat(target, descriptor, name) }
  }

  /// What the symbolic link says, at most 255 bytes of it; `nil` if it is not UTF-8.
  func target(ofLink name: String) throws(CallError) -> String? {
    let limit = 255
    var buffer = [CChar](repeating: 0, count: limit)
    let count = try attempt("readlink", path(of: name)) {
      readlinkat(descriptor, name, &buffer, limit)
    }
    return String(validating: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Makes the directory's own entries durable: see fsync(2). A file system that cannot sync
  /// directories (EINVAL) has nothing more to give.
  func sync() throws(CallError) {
    if fsync(descriptor) == -1, errno != EINVAL { throw CallError("fsync", path, errno) }
  }

  /// The names in the directory, sorted; those that are not UTF-8 are left out.
  func names() throws(CallError) -> [String] {
    let copy = try attempt("open", path) {
      openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = fdopendir(copy) else {
      let code = errno
      _ = close(copy)
      throw CallError("opendir", path, code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw CallError("readdir", path, errno) }
        return names.sorted()
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
  }
}
