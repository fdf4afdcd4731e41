import Glibc

extension Directory {
  /// Whether a missing directory is made and a loose mode tightened.
  package enum Access { case readOnly, writing }

  /// Opens a directory that this program did not choose (the home directory): links are followed
  /// and nothing is checked.
  package static func open(
    absolute path: String, shownAs shown: String
  ) throws(CallError) -> Directory {
    let descriptor = try attempt("open", shown) {
      Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    return Directory(descriptor: descriptor, path: shown)
  }

  /// Opens a directory of our own, mode 0700. Throws `Refusal` if it is a symbolic link, no
  /// directory, or somebody else's, and `CallError` if it cannot be opened.
  package func ownDirectory(_ name: String, _ access: Access) throws -> Directory {
    let (directory, mode) = try child(name, access)
    if access == .writing && mode & 0o077 != 0 {
      _ = try attempt("fchmod", directory.path) { fchmod(directory.descriptor, mode & 0o700) }
    }
    return directory
  }

  /// A directory inside this one; `nil` if it is missing, and none is made.
  package func existing(_ name: String) throws -> Directory? {
    try status(of: name) == nil ? nil : ownDirectory(name, .readOnly)
  }

  /// Opens a directory that other programs use as well: its mode is left alone.
  func sharedDirectory(_ name: String, _ access: Access) throws -> Directory {
    let (directory, mode) = try child(name, access)
    if mode & 0o002 != 0 && mode & 0o1000 == 0 {
      throw Refusal(
        "\(directory.path) can be changed by everybody, so nothing in it can be trusted. "
          + "Take that away (chmod o-w) and start again.")
    }
    return directory
  }

  /// The directory and its permissions.
  private func child(
    _ name: String, _ access: Access
  ) throws -> (directory: Directory, mode: mode_t) {
    let path = path(of: name)
    if access == .writing { try make(name) }
    let descriptor: Int32
    do {
      descriptor = try attempt("open", path) {
        openat(self.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
    } catch {
      switch try status(of: name)?.kind {
      case .symbolicLink:
        throw Refusal(
          "\(path) is a symbolic link, and sessions are not kept behind one. "
            + "Put a directory in its place.")
      case .regular, .other:
        throw Refusal("\(path) is not a directory. Move it away and start again.")
      case .directory, nil:
        throw error
      }
    }
    let directory = Directory(descriptor: descriptor, path: path)
    let status = try directory.status()
    guard status.owner == geteuid() else {
      throw Refusal(
        "\(path) belongs to user \(status.owner), not to you (user \(geteuid())). "
          + "Give it back (chown), or set HOME to a directory of your own.")
    }
    return (directory, status.permissions)
  }

  /// Makes the directory, mode 0700 whatever the umask, unless there is something already.
  private func make(_ name: String) throws(CallError) {
    let path = path(of: name)
    do {
      _ = try attempt("mkdir", path) { mkdirat(descriptor, name, 0o700) }
    } catch {
      if error.code == EEXIST { return }
      throw error
    }
    _ = try attempt("chmod", path) { fchmodat(descriptor, name, 0o700, 0) }
    try sync()
  }

  package func status() throws(CallError) -> FileStatus {
    var status = stat()
    _ = try attempt("fstat", path) { fstat(descriptor, &status) }
    return FileStatus(status)
  }
}
