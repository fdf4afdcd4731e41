import Glibc

/// An open descriptor of one file; closed when the value goes.
package final class OpenFile {
  package let descriptor: Int32
  /// For sentences.
  package let path: String
  private var isOpen = true
  private var isLocked = false

  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    unlock()
    if isOpen { _ = Glibc.close(descriptor) }
  }

  /// Closes and says if that failed: a file system may report a lost write only now.
  package func close() throws(CallError) {
    unlock()
    isOpen = false
    // After EINTR the descriptor is closed all the same: see close(2).
    if Glibc.close(descriptor) == -1 && errno != EINTR {
      throw CallError("close", path, errno)
    }
  }

  /// Writes all of the bytes.
  package func write(_ bytes: [UInt8]) throws(CallError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try attempt("write", path) {
        rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      // A write of nothing is no progress and no errno: treat it as a full disk.
      guard count > 0 else { throw CallError("write", path, ENOSPC) }
      rest = rest.dropFirst(count)
    }
  }

  /// Reads to the end, or until there is more than `limit`: then `limit + 1` bytes are returned.
  package func read(limit: Int) throws(CallError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= limit {
      let wanted = min(buffer.count, limit + 1 - bytes.count)
      let count = try attempt("read", path) {
        buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// Not repeated after a failure: the kernel forgets what it could not write, and a second
  /// fsync(2) would succeed without it.
  package func sync() throws(CallError) {
    if fsync(descriptor) == -1 { throw CallError("fsync", path, errno) }
  }

  package func setMode(_ mode: mode_t) throws(CallError) {
    _ = try attempt("fchmod", path) { fchmod(descriptor, mode) }
  }

  package func seek(to offset: Int) throws(CallError) {
    _ = try attempt("lseek", path) { lseek(descriptor, off_t(offset), SEEK_SET) }
  }

  package func truncate() throws(CallError) {
    _ = try attempt("ftruncate", path) { ftruncate(descriptor, 0) }
  }

  package func status() throws(CallError) -> FileStatus {
    var status = stat()
    _ = try attempt("fstat", path) { fstat(descriptor, &status) }
    return FileStatus(status)
  }

  /// Takes the flock(2) without waiting; false if another open file has it.
  package func lock(shared: Bool = false) throws(CallError) -> Bool {
    do {
      _ = try attempt("flock", path) { flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
      isLocked = true
      return true
    } catch {
      if error.code == EWOULDBLOCK { return false }
      throw error
    }
  }

  /// Closing alone would leave the lock to a child that is being started just now, which has the
  /// open file, too, until it is another program: see flock(2).
  private func unlock() {
    if isLocked { flock(descriptor, LOCK_UN) }
    isLocked = false
  }
}
