import Glibc

// The two ways in which a file changes its name here: `replace`, within one directory, and `move`.

extension Directory {
  /// Gives a file that was written under a temporary name the name it is meant for, in the place of
  /// whatever has that name. Not durable before `sync()`.
  package func replace(_ name: String, by temporary: String) throws(CallError) {
    try rename(temporary, to: self, as: name)
  }

  /// Moves a file, so that after a loss of power at any moment it is in one of the two directories:
  /// of a rename, both names may be lost. Nothing is ever replaced: throws EEXIST if something else
  /// has the new name. A move that was interrupted is finished by the next one.
  ///
  /// Where the file system has no hard links, a file of our own is copied and then removed. Anything
  /// else that cannot be linked, as a directory that stands in the place of a file, is renamed.
  package func move(_ name: String, to other: Directory, as newName: String) throws {
    do throws(CallError) {
      try link(name, to: other, as: newName)
    } catch {
      if error.code == EEXIST {
        guard let old = try status(of: name), let new = try other.status(of: newName),
          old.isSameFile(as: new)
        else { throw error }
      } else if error.meansNoLinks {
        guard try other.status(of: newName) == nil else {
          throw CallError("link", path(of: name), EEXIST)
        }
        guard try copy(name, to: other, as: newName) else {
          try rename(name, to: other, as: newName)
          try other.sync()
          return try sync()
        }
      } else {
        throw error
      }
    }
    try other.sync()
    try remove(name)
    try sync()
  }

  /// Writes the bytes of a file of our own under another name. Not durable before `sync()` of the
  /// other directory. False, and nothing is done, if it is no such file.
  package func copy(
    _ name: String, to other: Directory, as newName: String
  ) throws(CallError) -> Bool {
    guard let status = try status(of: name), status.kind == .regular, status.owner == geteuid()
    else { return false }
    let bytes = try open(name, O_RDONLY).read(limit: .max - 1)
    let temporary = TemporaryName.make(for: newName)
    try other.removeIfThere(temporary)
    try other.write(bytes, to: temporary)
    try other.replace(newName, by: temporary)
    return true
  }

  private func rename(
    _ name: String, to other: Directory, as newName: String
  ) throws(CallError) {
    _ = try attempt("rename", path(of: name)) {
      renameat(descriptor, name, other.descriptor, newName)
    }
  }
}
