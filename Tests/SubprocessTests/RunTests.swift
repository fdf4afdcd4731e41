import Glibc
@testable import Subprocess
import Testing

struct RunTests {
  @Test("The exit status comes back", arguments: [0, 1, 3, 127, 255] as [Int32])
  func exitStatus(status: Int32) throws {
    let completion = try run(shell("exit \(status)"))
    #expect(completion.ending == .exited(status))
    #expect(completion.succeeded == (status == 0))
  }

  @Test("A signal that was not ours comes back", arguments: [SIGKILL, SIGTERM, SIGSEGV])
  func signal(number: Int32) throws {
    #expect(try run(shell("ulimit -c 0; kill -\(number) $$")).ending == .signalled(number))
  }

  @Test("stdout and stderr are told apart, and what is no UTF-8 is replaced")
  func output() throws {
    let completion = try run(shell(#"echo out; printf 'no\377' >&2"#))
    #expect(completion.stdout == "out\n")
    #expect(completion.errors == [0x6e, 0x6f, 0xff])
    #expect(completion.stderr == "no\u{fffd}")
  }

  @Test("Ten megabytes go through a child and come back whole")
  func manyBytes() throws {
    let input = (0..<10_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let completion = try run(Command("/bin/cat", input: input))
    #expect(completion.succeeded)
    #expect(completion.output == input)
  }

  @Test("A child that does not read its input neither blocks us nor ends us", arguments: [0, 7])
  func unreadInput(status: Int32) throws {
    let input = [UInt8](repeating: 0, count: 10_000_000)
    let completion = try run(
      Command("/bin/sh", ["-c", "exec <&-; exit \(status)"], input: input, timeout: 30))
    #expect(completion.ending == .exited(status))
  }

  @Test("Without an input, stdin is /dev/null")
  func noInput() throws {
    #expect(try run(Command("/bin/readlink", ["/proc/self/fd/0"])).stdout == "/dev/null\n")
  }

  @Test("Arguments arrive as they are: no shell reads them")
  func arguments() throws {
    let hostile = [
      "", " ", "a b", "$(id)", "`id`", "; id", "*", "\\", "'\"", "--", "é\u{1b}", "\n",
    ]
    let completion = try run(Command("/usr/bin/printf", ["%s\\0"] + hostile))
    #expect(completion.stdout == hostile.map { $0 + "\0" }.joined())
  }

  @Test("The environment is ours, or exactly the one given")
  func environment() throws {
    let given = try run(Command("/usr/bin/env", environment: ["B": "x=y", "A": ""]))
    #expect(given.stdout == "A=\nB=x=y\n")
    #expect(try run(Command("/usr/bin/env", environment: [:])).output.isEmpty)
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    #expect(try run(shell("printf %s \"$PATH\"")).stdout == path)
  }

  @Test("stdout is handed over while the child runs, and then not kept")
  func streaming() throws {
    try withTemporaryDirectory { directory in
      let signal = directory + "/go-on"
      var arrived = ""
      let completion = try run(
        Command(
          "/bin/sh",
          ["-c", "echo one; while [ ! -e \"$1\" ]; do sleep 0.01; done; echo two", "sh", signal],
          timeout: 30)
      ) { bytes in
        arrived += String(decoding: bytes, as: UTF8.self)
        close(creat(signal, 0o600))
        return true
      }
      #expect(completion.succeeded)
      #expect(arrived == "one\ntwo\n")
      #expect(completion.output.isEmpty)
    }
  }

  @Test(
    "What cannot be started says why",
    arguments: [
      (Command("/no/such/program"), ENOENT), (Command("/etc/passwd"), EACCES),
      (Command("/"), EACCES), (Command("true"), EINVAL), (Command(""), EINVAL),
      (Command("/bin/true\0"), EINVAL), (Command("/bin/true", ["a\0b"]), EINVAL),
      (Command("/bin/true", environment: ["A\0": ""]), EINVAL),
      (Command("/bin/true", environment: ["A": "\0"]), EINVAL),
      (Command("/bin/true", environment: ["A=B": ""]), EINVAL),
      (Command("/bin/true", environment: ["": ""]), EINVAL),
      (Command("/bin/true", [String(repeating: "x", count: 1 << 20)]), E2BIG),
    ])
  func unstartable(command: Command, code: Int32) {
    #expect(throws: SpawnError(executable: command.executable, code: code)) { try run(command) }
  }

  @Test("A script without an interpreter is not given to a shell")
  func noShell() throws {
    try withTemporaryDirectory { directory in
      let script = try executable("exit 0\n", at: directory + "/script")
      let error = #expect(throws: SpawnError.self) { try run(Command(script)) }
      #expect(error?.description == "\(script) could not be started: Exec format error")
    }
  }
}
