import Glibc

/// Where the wizard keeps what outlives it: `~/.confighub`, or `~/.confighub/demo` for the demo.
public struct StateRoot: Hashable, Sendable {
  /// Absolute, without a slash at the end.
  public let home: String
  public let isDemo: Bool
  /// Where to leave a last copy if the home directory cannot be written, best first.
  public let temporaryDirectories: [String]

  /// `nil` if `HOME` is missing or not absolute.
  public init?(environment: [String: String], isDemo: Bool = false) {
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    self.home = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    self.isDemo = isDemo
    self.temporaryDirectories =
      ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment[$0] }.filter { $0.hasPrefix("/") }
      + ["/tmp"]
  }

  /// With the home directory as `~`, as in `~/.confighub/sessions`.
  var shownPath: String { isDemo ? "~/.confighub/demo" : "~/.confighub" }

  /// The same place as the system knows it.
  func absolute(_ shown: String) -> String {
    shown.hasPrefix("~/") ? home + shown.dropFirst() : shown
  }

  /// A path that begins with `~/`, as the system knows it.
  public func absolutePath(_ shown: String) -> String { absolute(shown) }

  /// Opens `sessions` or `logs`.
  func open(_ name: String, _ access: Directory.Access) throws -> Directory {
    var directory = try Directory.open(absolute: home, shownAs: "~")
      .sharedDirectory(".confighub", access)
    if isDemo { directory = try directory.ownDirectory("demo", access) }
    return try directory.ownDirectory(name, access)
  }

  /// The same without making it; `nil` if it is not there.
  func existing(_ name: String) throws -> Directory? {
    do {
      return try open(name, .readOnly)
    } catch let error as CallError where error.code == ENOENT {
      return nil
    }
  }

  /// Makes the names durable that lead to `sessions`: another program, or one of ours that was
  /// killed, may have made those directories a moment ago.
  func syncParents() throws {
    let home = try Directory.open(absolute: home, shownAs: "~")
    try home.sync()
    let directory = try home.sharedDirectory(".confighub", .readOnly)
    try directory.sync()
    if isDemo { try directory.ownDirectory("demo", .readOnly).sync() }
  }
}
