import Glibc
import TestWorld
import Testing

@Suite("A sandbox", .waiting)
struct SandboxTests {
  @Test("A program's status, output and error come back apart")
  func run() throws {
    let sandbox = try Sandbox(cub: .absent)
    let result = try sandbox.run("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"])
    #expect(result.ending == .exited(3))
    #expect(result.stdout == "out\n")
    #expect(result.stderr == "err\n")
  }

  @Test("A program ended by a signal is told from one that ended with that status")
  func signals() throws {
    let sandbox = try Sandbox(cub: .absent)
    #expect(try sandbox.run("/bin/sh", ["-c", "kill -INT $$"]).ending == .killed(signal: SIGINT))
    #expect(try sandbox.run("/bin/sh", ["-c", "exit 130"]).ending == .exited(130))
  }

  @Test("A megabyte goes in and comes out whole")
  func largeInput() throws {
    let sandbox = try Sandbox(cub: .absent)
    try sandbox.link("cat")
    let text = String(repeating: "0123456789abcdef\n", count: 65536)
    let result = try sandbox.run("cat", input: text)
    #expect(result.stdout == text, "\(result.stdout.utf8.count) bytes")
  }

  @Test("A program that takes too long is killed with all it started, and its output is told")
  func timeout() throws {
    let sandbox = try Sandbox(cub: .absent)
    let sleep = try Sandbox.find("sleep")
    let program = try sandbox.start("/bin/sh", ["-c", "echo begun; \(sleep) 600 & \(sleep) 600"])
    try program.waitForOutput("begun")
    let error = try #require(throws: WorldFailure.self) {
      try program.waitForExit(timeout: .milliseconds(50))
    }
    #expect(error.description.contains("did not end within"))
    #expect(error.description.contains("begun"))
    _ = try program.waitForExit()
    #expect(program.session.isEmpty)
  }

  @Test("What a program leaves running in its session is seen, and ends with the test")
  func leftovers() throws {
    let sandbox = try Sandbox(cub: .absent)
    let sleep = try Sandbox.find("sleep")
    var program: ChildProgram? = try sandbox.start(
      "/bin/sh", ["-c", "\(sleep) 600 >/dev/null 2>&1 & echo $!"])
    let result = try #require(try program?.waitForExit())
    let left = try #require(Int32(result.stdout.filter(\.isNumber)))
    #expect(program?.session.map(\.processID) == [left])
    program = nil
    #expect(!isAlive(left))
  }

  @Test("PATH holds what was put on it, and nothing else")
  func path() throws {
    let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let script = "command -v kubectl || command -v ls || echo none"
    #expect(try sandbox.run("/bin/sh", ["-c", script]).stdout == "none\n")
    try sandbox.link("ls")
    #expect(try sandbox.run("/bin/sh", ["-c", script]).stdout == "\(sandbox.bin)/ls\n")
  }

  @Test("The environment is the sandbox's and what the test adds")
  func environment() throws {
    let sandbox = try Sandbox(cub: .absent)
    try sandbox.link("env")
    let lines = try sandbox.run("env", environment: ["EXTRA": "1", "TERM": "dumb"]).stdout
      .split(separator: "\n").map(String.init)
    var expected = sandbox.environment
    expected["EXTRA"] = "1"
    expected["TERM"] = "dumb"
    #expect(Set(lines) == Set(expected.map { "\($0.key)=\($0.value)" }))
  }

  @Test("Its directory is private, and gone with it")
  func removal() throws {
    var sandbox: Sandbox? = try Sandbox(cub: .absent)
    let directory = try #require(sandbox?.directory)
    var status = stat()
    #expect(stat(directory, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
    sandbox = nil
    #expect(stat(directory, &status) != 0)
  }

  @Test("The executables of this build are found")
  func products() throws {
    #expect(try Sandbox.product("map-import").hasSuffix("/map-import"))
    #expect(throws: WorldFailure.self) { try Sandbox.product("no-such-product") }
  }

  @Test("A program started here has no terminal to open")
  func noTerminal() throws {
    let sandbox = try Sandbox(cub: .absent)
    #expect(try sandbox.run("/bin/sh", ["-c", ": < /dev/tty"]).status != 0)
  }
}

/// Whether a process runs; one that ended but was not waited for by its parent does not.
func isAlive(_ process: Int32) -> Bool {
  guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
  defer { fclose(file) }
  var line = [UInt8](repeating: 0, count: 1024)
  let count = fread(&line, 1, line.count, file)
  return !String(decoding: line[..<count], as: UTF8.self).contains(") Z ")
}
