import FoundationEssentials
import Glibc

/// A place of its own for one test: a home, a PATH with exactly the programs put on it, and an
/// environment with nothing from the person who runs the test; removed when nobody holds it.
public final class Sandbox: Sendable {
  /// Which program a name on the sandbox's PATH stands for.
  public enum Tool: Sendable {
    /// The one on the PATH of the test run.
    case real
    /// This package's stand-in.
    case standIn
    /// None: the name is not found.
    case absent
  }

  private let place: TemporaryDirectory
  /// The directory that holds everything, mode 0700.
  public let directory: String
  /// The home directory, `directory/home`.
  public let home: String
  /// The only directory on PATH, `directory/bin`.
  public let bin: String
  /// The stand-in's state directory (STAND_IN_STATE), `directory/stand-in`.
  public let standInState: String
  /// The kubeconfig file that KUBECONFIG names, `home/.kube/config`; it does not exist at first.
  public let kubeconfig: String

  /// Makes the directories and puts the two tools on PATH; throws if one cannot be found.
  public init(kubectl: Tool = .real, cub: Tool = .standIn) throws {
    let place = try TemporaryDirectory()
    self.place = place
    let directory = place.path
    self.directory = directory
    home = "\(directory)/home"
    bin = "\(directory)/bin"
    standInState = "\(directory)/stand-in"
    kubeconfig = "\(directory)/home/.kube/config"
    for path in [home, bin, standInState, "\(home)/.kube", "\(directory)/tmp"] {
      try check(mkdir(path, 0o700), "make the directory \(path)")
    }
    for (name, tool) in [("kubectl", kubectl), ("cub", cub)] {
      switch tool {
      case .real: try link(name)
      case .standIn: try link(name, to: Self.product("map-import-stand-in"))
      case .absent: break
      }
    }
  }

  /// The environment for programs of this test; add to it what a test needs.
  public var environment: [String: String] {
    [
      "HOME": home, "PATH": bin, "TMPDIR": "\(directory)/tmp", "LANG": "C.UTF-8",
      "TERM": "xterm-256color", "KUBECONFIG": kubeconfig, "STAND_IN_STATE": standInState,
    ]
  }

  /// Puts `name` on the sandbox's PATH, as a link to `target`, or to the program of that name on
  /// the PATH of the test run; throws if there is none.
  public func link(_ name: String, to target: String? = nil) throws {
    let target = try target ?? Self.find(name)
    try check(symlink(target, "\(bin)/\(name)"), "link \(bin)/\(name) to \(target)")
  }

  /// Writes a file, with the directories above it; `path` is relative to `directory`. Answers its
  /// absolute path.
  @discardableResult
  public func write(_ text: String, to path: String, mode: UInt32 = 0o600) throws -> String {
    let file = "\(directory)/\(path)"
    let parent = file.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(
      atPath: "/\(parent)", withIntermediateDirectories: true)
    if mode & 0o111 == 0 {
      try Data(text.utf8).write(to: URL(filePath: file))
    } else {
      // A program that is open for writing cannot be started (ETXTBSY), and every process that
      // another thread is just starting has what is open here. So another process writes it.
      let writer = try run("/bin/sh", ["-c", "/bin/cat > \"$1\"", "sh", file], input: text)
      guard writer.status == 0 else { throw WorldFailure("cannot write \(file): \(writer.stderr)") }
    }
    try check(chmod(file, mode), "set the mode of \(file)")
    return file
  }

  /// Runs a program to its end. `program` is an absolute path or a name on the sandbox's PATH;
  /// `environment` is added to the sandbox's own. Throws if it cannot be started or takes longer
  /// than `timeout`.
  public func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    input: String = "", timeout: Duration = patience
  ) throws -> ProgramResult {
    try start(program, arguments, environment: environment, input: input)
      .waitForExit(timeout: timeout)
  }

  /// Starts a program without waiting for it; otherwise like `run`.
  public func start(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    input: String = ""
  ) throws -> ChildProgram {
    try ChildProgram(
      path(of: program), arguments,
      environment: self.environment.merging(environment) { _, added in added },
      directory: home, input: input)
  }

  /// Starts a program on a terminal of its own; otherwise like `run`.
  public func startOnTerminal(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      path(of: program), arguments,
      environment: self.environment.merging(environment) { _, added in added },
      directory: home, columns: columns, rows: rows)
  }

  private func path(of program: String) -> String {
    program.contains("/") ? program : "\(bin)/\(program)"
  }
}
