import Glibc

/// A file for a person, named on the command line and written when the run ends.
struct OutputFile {
  /// As it is given, with its dashes.
  let flag: String
  let path: String

  /// Why it could not be written, as a sentence, as far as that can be told before there is anything
  /// to write; nothing that is made for that stays.
  var problem: String? {
    var status = stat()
    guard stat(path, &status) != 0 else {
      if status.st_mode & S_IFMT == S_IFDIR {
        return "\(flag) \(path) is a directory; name a file in it."
      }
      // To open a pipe or a device may do something.
      let isFile = status.st_mode & S_IFMT == S_IFREG
      if isFile ? opens(path, 0) : access(path, W_OK) == 0 { return nil }
      return "\(flag) \(path) cannot be written: \(String(cString: strerror(errno)))."
    }
    guard errno == ENOENT else {
      return "\(flag) \(path) cannot be written: \(String(cString: strerror(errno)))."
    }
    if path.hasSuffix("/") { return "\(flag) \(path) cannot be written: it names no file." }
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard stat(directory, &status) == 0 else {
      return "\(flag) \(path): there is no directory \(directory); make it first."
    }
    // Some directories refuse whatever their permissions say.
    if opens(path, O_CREAT | O_EXCL) {
      unlink(path)
      return nil
    }
    return "\(flag) \(path) cannot be written: \(String(cString: strerror(errno)))."
  }

  private func opens(_ path: String, _ flags: Int32) -> Bool {
    let file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0o600)
    if file >= 0 { close(file) }
    return file >= 0
  }
}
