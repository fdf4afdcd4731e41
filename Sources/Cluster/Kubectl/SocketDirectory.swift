@preconcurrency import Glibc

/// A directory for sockets that nobody but this user can reach, gone with its last reference.
///
/// It is locked as long as it is in use, so that what a killed run left behind is known from what
/// another one uses.
final class SocketDirectory: Sendable {
  let path: String
  private let lock: Int32
  private static let prefix = "map-import."
  /// The name of each socket is of one letter.
  private static let names = "abcdefghijklmnopqrstuvwxyz"
  /// What `sun_path` holds, see unix(7), less the end of the text.
  private static let longest = 107

  /// Where the system wants such things, and where they may be if that is not said.
  static func places(_ environment: [String: String]) -> [String] {
    [environment["XDG_RUNTIME_DIR"].flatMap { isOwn($0) ? $0 : nil }, "/tmp"].compactMap { $0 }
  }

  /// Makes one in the first of these directories in which it can be made.
  init(in places: [String]) throws(KubectlError) {
    for place in places {
      guard let (path, lock) = Self.make(in: place) else { continue }
      (self.path, self.lock) = (path, lock)
      return
    }
    let reason = String(cString: strerror(errno))
    throw KubectlError(
      .programFailed, "no directory can be made in \(places.joined(separator: " or ")): \(reason)")
  }

  deinit {
    Self.remove(path)
    close(lock)
  }

  /// The path of the socket with that number.
  func socket(_ number: Int) -> String {
    let names = Self.names
    return "\(path)/\(names[names.index(names.startIndex, offsetBy: number % names.count)])"
  }

  private static func make(in parent: String) -> (path: String, lock: Int32)? {
    removeStale(in: parent)
    let template = "\(parent)/\(prefix)XXXXXX"
    guard template.utf8.count + 2 <= longest else {
      errno = ENAMETOOLONG
      return nil
    }
    var name = Array(template.utf8CString)
    // With mode 0700, whatever the umask is.
    guard mkdtemp(&name) != nil else { return nil }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let lock = locked(path) else {
      rmdir(path)
      return nil
    }
    // Somebody may have taken it for a stale one before it was locked.
    guard isSame(path, lock) else {
      close(lock)
      return nil
    }
    return (path, lock)
  }

  /// Removes what runs that were killed have left.
  private static func removeStale(in parent: String) {
    guard let entries = opendir(parent) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = "\(parent)/\(name)"
      guard name.hasPrefix(prefix), isOwn(path), let lock = locked(path) else { continue }
      remove(path)
      close(lock)
    }
  }

  /// `nil` if another run uses it.
  private static func locked(_ path: String) -> Int32? {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard directory >= 0 else { return nil }
    guard flock(directory, LOCK_EX | LOCK_NB) == 0 else {
      close(directory)
      return nil
    }
    return directory
  }

  private static func isSame(_ path: String, _ descriptor: Int32) -> Bool {
    var (named, held) = (stat(), stat())
    return lstat(path, &named) == 0 && fstat(descriptor, &held) == 0
      && named.st_ino == held.st_ino && named.st_dev == held.st_dev
  }

  /// A directory of this user's that nobody else can enter.
  private static func isOwn(_ path: String) -> Bool {
    var status = stat()
    return path.hasPrefix("/") && lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  /// With the sockets in it, and nothing else.
  private static func remove(_ path: String) {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
