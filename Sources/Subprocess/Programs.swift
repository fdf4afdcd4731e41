@preconcurrency import Glibc

/// Where programs are.
public enum Programs {
  /// The absolute path of a program, or `nil` if there is none that we may execute.
  ///
  /// A name with a slash is a path, relative to the working directory. Other names are looked for
  /// in `path`, the value of `PATH`, where relative and empty entries, which would run whatever
  /// lies in the working directory, are skipped.
  public static func find(_ name: String, path: String?) -> String? {
    if name.isEmpty || name.utf8.contains(0) { return nil }
    if name.hasPrefix("/") { return isExecutable(name) ? name : nil }
    if name.utf8.contains(UInt8(ascii: "/")) {
      let path = absolute(name)
      return path.hasPrefix("/") && isExecutable(path) ? path : nil
    }
    return (path ?? "").split(separator: ":")
      .filter { $0.hasPrefix("/") }
      .map { $0.hasSuffix("/") ? "\($0)\(name)" : "\($0)/\(name)" }
      .first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }

  /// A path that is right in every working directory; as it is where this one is not known.
  public static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
    defer { free(directory) }
    return "\(String(cString: directory))/\(path)"
  }
}
