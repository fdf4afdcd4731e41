import Glibc

/// An open descriptor of one file; closed when the value goes.
final class OpenFile {
  let descriptor: Int32
  /// For sentences.
  let path: String
  private var isOpen = true
  private var isLocked = false

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    unlock()
    if isOpen { _ = Glibc.close(descriptor) }
  }

  /// Closes and says if that failed: a file system may report a lost write only now.
  func close() throws(CallError) {
    unlock()
    isOpen = false
    // After EINTR the descriptor is closed all the same: see close(2).
    if Glibc.close(descriptor) == -1 && errno != EINTR {
      throw CallError("close", path, errno)
    }
  }

  /// Writes all of the bytes.
  func write(_ bytes: [UInt8]) throws(CallError) {
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
  func read(limit: Int) throws(CallError) -> [UInt8] {
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
  func sync() throws(CallError) {
    if fsync(descriptor) == -1 { throw CallError("fsync", path, errno) }
  }

  func setMode(_ mode: mode_t) throws(CallError) {
    _ = try attempt("fchmod", path) { fchmod(descriptor, mode) }
  }

  func seek(to offset: Int) throws(CallError) {
    _ = try attempt("lseek", path) { lseek(descriptor, off_t(offset), SEEK_SET) }
  }

  func truncate() throws(CallError) {
    _ = try attempt("ftruncate", path) { ftruncate(descriptor, 0) }
  }

  func status() throws(CallError) -> FileStatus {
    var status = stat()
    _ = try attempt("fstat", path) { fstat(descriptor, &status) }
    return FileStatus(status)
  }

  /// Takes the flock(2) without waiting; false if another open file has it.
  func lock(shared: Bool = false) throws(CallError) -> Bool {
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

/// What stat(2) says, as far as it matters here.
struct FileStatus: Hashable, Sendable {
  enum Kind { case regular, directory, symbolicLink, other }

  let kind: Kind
  let owner: uid_t
  let permissions: mode_t
  let size: Int
  /// Which file it is: the same for every hard link to it.
  let device: dev_t
  let inode: ino_t
  /// Since 1970, see stat(3type).
  let modifiedSeconds: Int
  private let modifiedNanoseconds: Int
  /// When the file or anything about it was changed, which nobody can set. Times alone do not tell
  /// two changes apart that follow each other at once.
  let changedSeconds: Int
  private let changedNanoseconds: Int

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .symbolicLink
    default: kind = .other
    }
    owner = status.st_uid
    permissions = status.st_mode & 0o7777
    size = Int(status.st_size)
    device = status.st_dev
    inode = status.st_ino
    modifiedSeconds = status.st_mtim.tv_sec
    modifiedNanoseconds = status.st_mtim.tv_nsec
    changedSeconds = status.st_ctim.tv_sec
    changedNanoseconds = status.st_ctim.tv_nsec
  }

  /// What changes with the file's bytes, and not when it gets another name or mode.
  var content: [Int] {
    [Int(bitPattern: UInt(device)), Int(bitPattern: UInt(inode)), size, modifiedSeconds]
      + [modifiedNanoseconds]
  }

  func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}
