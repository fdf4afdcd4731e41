import Glibc

/// An open directory. Everything in it is reached by its bare name, relative to the descriptor,
/// and never through a symbolic link.
package final class Directory: Sendable {
  package let descriptor: Int32
  /// For sentences, with the home directory as `~`.
  package let path: String

  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = close(descriptor) }

  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// Never waits for the other end of a FIFO, and never follows a link.
  package func open(
    _ name: String, _ flags: Int32, mode: mode_t = 0
  ) throws(CallError) -> OpenFile {
    let file = path(of: name)
    let descriptor = try attempt("open", file) {
      openat(self.descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode)
    }
    return OpenFile(descriptor: descriptor, path: file)
  }

  /// `nil` if there is nothing of that name.
  package func status(of name: String) throws(CallError) -> FileStatus? {
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

  package func link(_ name: String, to other: Directory, as newName: String) throws(CallError) {
    _ = try attempt("link", path(of: name)) {
      linkat(descriptor, name, other.descriptor, newName, 0)
    }
  }

  package func remove(_ name: String) throws(CallError) {
    _ = try attempt("unlink", path(of: name)) { unlinkat(descriptor, name, 0) }
  }

  package func removeIfThere(_ name: String) throws(CallError) {
    do {
      try remove(name)
    } catch {
      if error.code != ENOENT { throw error }
    }
  }

  package func removeDirectory(_ name: String) throws(CallError) {
    _ = try attempt("rmdir", path(of: name)) { unlinkat(descriptor, name, AT_REMOVEDIR) }
  }

  package func makeSymbolicLink(_ name: String, to target: String) throws(CallError) {
    _ = try attempt("symlink", path(of: name)) { symlinkat(target, descriptor, name) }
  }

  /// What the symbolic link says, at most 255 bytes of it; `nil` if it is not UTF-8.
  package func target(ofLink name: String) throws(CallError) -> String? {
    let limit = 255
    var buffer = [CChar](repeating: 0, count: limit)
    let count = try attempt("readlink", path(of: name)) {
      readlinkat(descriptor, name, &buffer, limit)
    }
    return String(validating: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a new file, mode 0600 whatever the umask, and makes its bytes durable (not yet its
  /// name). Nothing is left behind on failure.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws(CallError) -> FileStatus {
    let file = try open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    do throws(CallError) {
      try file.setMode(0o600)
      try file.write(bytes)
      try file.sync()
      let status = try file.status()
      try file.close()
      return status
    } catch {
      try? remove(name)
      throw error
    }
  }

  /// Makes the directory's own entries durable: see fsync(2). A file system that cannot sync
  /// directories (EINVAL) has nothing more to give.
  package func sync() throws(CallError) {
    if fsync(descriptor) == -1, errno != EINVAL { throw CallError("fsync", path, errno) }
  }

  /// The names in the directory, sorted; those that are not UTF-8 are left out.
  package func names() throws(CallError) -> [String] {
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
