import Glibc

/// Where the wizard keeps what outlives it: `~/.confighub`, or `~/.confighub/demo` for the demo.
package struct StateRoot: Hashable, Sendable {
  /// Absolute, without a slash at the end.
  package let home: String
  package let isDemo: Bool
  /// Where to leave a last copy if the home directory cannot be written, best first.
  package let temporaryDirectories: [String]

  /// `nil` if `HOME` is missing or not absolute.
  package init?(environment: [String: String], isDemo: Bool = false) {
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    self.home = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    self.isDemo = isDemo
    self.temporaryDirectories =
      ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment[$0] }.filter { $0.hasPrefix("/") }
      + ["/tmp"]
  }

  /// With the home directory as `~`, as in `~/.confighub/sessions`.
  package var shownPath: String { isDemo ? "~/.confighub/demo" : "~/.confighub" }

  /// A path that begins with `~/`, as the system knows it.
  package func absolutePath(_ shown: String) -> String {
    shown.hasPrefix("~/") ? home + shown.dropFirst() : shown
  }

  /// What is kept in it, by the directory's name.
  package enum Folder: String {
    case sessions, logs
    case preferences = "map-import"
    /// The stand-ins of the demo.
    case demoPrograms = "bin"
  }

  /// Why there is no place for anything; `nil` if `HOME` is there.
  package var homeProblem: String? {
    isHomeMissing ? "HOME names no directory that is there: make \(home), or set HOME to one." : nil
  }

  private var isHomeMissing: Bool {
    var status = stat()
    return stat(home, &status) != 0 && errno == ENOENT
  }

  /// Opens one of them.
  package func open(_ folder: Folder, _ access: Directory.Access) throws -> Directory {
    if let homeProblem { throw Refusal(homeProblem) }
    var directory = try Directory.open(absolute: home, shownAs: "~")
      .sharedDirectory(".confighub", access)
    if isDemo { directory = try directory.ownDirectory("demo", access) }
    return try directory.ownDirectory(folder.rawValue, access)
  }

  /// The same without making it; `nil` if it is not there.
  package func existing(_ folder: Folder) throws -> Directory? {
    if isHomeMissing { return nil }
    do {
      return try open(folder, .readOnly)
    } catch let error as CallError where error.code == ENOENT {
      return nil
    }
  }

  /// Makes the names durable that lead to `sessions`: another program, or one of ours that was
  /// killed, may have made those directories a moment ago.
  package func syncParents() throws {
    let home = try Directory.open(absolute: home, shownAs: "~")
    try home.sync()
    let directory = try home.sharedDirectory(".confighub", .readOnly)
    try directory.sync()
    if isDemo { try directory.ownDirectory("demo", .readOnly).sync() }
  }
}
