import Glibc

/// What stat(2) says, as far as it matters here.
package struct FileStatus: Hashable, Sendable {
  package enum Kind { case regular, directory, symbolicLink, other }

  package let kind: Kind
  package let owner: uid_t
  package let permissions: mode_t
  package let size: Int
  /// Which file it is: the same for every hard link to it.
  package let device: dev_t
  package let inode: ino_t
  /// Since 1970, see stat(3type).
  package let modifiedSeconds: Int
  private let modifiedNanoseconds: Int
  /// When the file or anything about it was changed, which nobody can set. Times alone do not tell
  /// two changes apart that follow each other at once.
  package let changedSeconds: Int
  private let changedNanoseconds: Int

  package init(_ status: stat) {
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
  package var content: [Int] {
    [Int(bitPattern: UInt(device)), Int(bitPattern: UInt(inode)), size, modifiedSeconds]
      + [modifiedNanoseconds]
  }

  /// True if a change from now on gives the file another status. One that follows the last within a
  /// tick of the file system's clock, of at most 10 ms, or a second where it counts those only, may
  /// not.
  package var wouldShowAChange: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let age = (now.tv_sec - changedSeconds) * 1_000_000_000 + now.tv_nsec - changedNanoseconds
    return changedNanoseconds != 0 && age > 50_000_000
  }

  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}
