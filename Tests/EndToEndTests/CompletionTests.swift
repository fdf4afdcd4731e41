import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("Completions", .waiting)
struct CompletionTests {
  /// What bash offers for the last of the words.
  private func offered(_ words: [String]) throws -> Set<String> {
    let world = try Import()
    let script = world.sandbox.home + "/completions.bash"
    let made = try world.run(["completions", "bash"])
    #expect(made.status == 0 && made.stderr.isEmpty)
    try Data(made.standardOutputBytes).write(to: URL(filePath: script))
    try Data().write(to: URL(filePath: world.sandbox.home + "/plan one.json"))
    let result = try world.sandbox.run(
      "/bin/bash",
      [
        "-euc",
        """
        cd "$HOME"; source "$1"; shift
        complete -p map-import > /dev/null
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _map_import
        [[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\\n' "${COMPREPLY[@]}"
        """, "bash", script,
      ] + words)
    #expect(result.status == 0, "\(result.stderr)")
    return Set(result.stdout.split(separator: "\n").map(String.init))
  }

  @Test(
    "bash offers flags, their words, files, verbs and the verbs' flags",
    arguments: [
      (["map-import", "--work"], ["--worker", "--worker-mode"]),
      (
        ["map-import", "--worker-mode", ""], ["existing", "local", "cluster", "server", "skip"]
      ),
      (["map-import", "--worker-mode", "=", "lo"], ["local"]),
      (["map-import", "--worker-mode", "="], ["existing", "local", "cluster", "server", "skip"]),
      (["map-import", "--layout", ""], ["app-space", "component"]),
      (["map-import", "--units", "r"], ["resource"]),
      (["map-import", "-A", "--on-conflict", "s"], ["skip"]),
      (["map-import", "-o", ""], ["text", "json"]),
      (["map-import", "--plan", "plan"], ["plan one.json"]),
      (["map-import", "--context", ""], []),
      (["map-import", ""], ["sessions", "completions", "config"]),
      (["map-import", "-n", "sessions", "s"], ["sessions"]),
      (["map-import", "completions", ""], ["bash", "zsh", "fish"]),
      (["map-import", "sessions", "re"], ["restore"]),
      (["map-import", "--demo", "sessions", "un"], ["undo", "unshare"]),
      (["map-import", "sessions", "restore", "--g"], ["--generation"]),
      (["map-import", "sessions", "show", "--g"], []),
      (["map-import", "sessions", "import", "plan"], ["plan one.json"]),
      (["map-import", "sessions", "conflicts", "ta"], ["take"]),
    ] as [([String], [String])])
  func bash(words: [String], expected: [String]) throws {
    #expect(try offered(words) == Set(expected))
  }

  @Test("Every flag of the help is offered by every shell", arguments: ["bash", "zsh", "fish"])
  func allFlags(shell: String) throws {
    let world = try Import()
    let help = try world.run(["--help"]).stdout
    let script = try world.run(["completions", shell])
    #expect(script.status == 0)
    let flags = help.split { !($0.isLetter || $0 == "-") }.filter {
      $0.hasPrefix("--") && $0.count > 3
    }
    #expect(flags.count > 30)
    for flag in flags {
      let text = shell == "fish" ? " -l \(flag.dropFirst(2)) " : String(flag)
      #expect(script.stdout.contains(text), "\(flag)")
    }
    for verb in ["doctor", "undo", "prune"] { #expect(script.stdout.contains(verb)) }
  }

  @Test(
    "A shell that is installed takes its completions",
    arguments: [("/bin/bash", "bash"), ("/usr/bin/zsh", "zsh"), ("/usr/bin/fish", "fish")])
  func syntax(path: String, shell: String) throws {
    guard access(path, X_OK) == 0 else {
      return print("skipped: \(shell) and its completions, since there is no \(path)")
    }
    let world = try Import()
    let script = try world.run(["completions", shell])
    let file = world.sandbox.home + "/completions"
    try Data(script.standardOutputBytes).write(to: URL(filePath: file))
    let result = try world.sandbox.run(path, ["-n", file])
    #expect(result.status == 0 && result.stderr.isEmpty, "\(result.stderr)")
  }

  @Test(
    "A shell that there is nothing for is refused, with those there are",
    arguments: [
      ["completions"], ["completions", "tcsh"], ["completions", "bash", "zsh"],
    ])
  func unknownShell(words: [String]) throws {
    let result = try Import().run(words)
    #expect(result.status == 2)
    #expect(result.stderr.contains("bash, zsh, fish"))
    #expect(result.stdout.isEmpty)
  }
}
