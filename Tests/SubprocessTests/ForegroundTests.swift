import Glibc
import Subprocess
import Testing

/// What it does with a terminal needs one, and a program that owns it.
struct ForegroundTests {
  @Test("How the program ended comes back")
  func endings() throws {
    #expect(try runInForeground(shell("exit 7")) == .exited(7))
    #expect(try runInForeground(shell("kill -TERM $$")) == .signalled(SIGTERM))
    #expect(throws: SpawnError(executable: "/no/such", code: ENOENT)) {
      try runInForeground(Command("/no/such"))
    }
  }

  @Test("The program has our streams and a process group of its own")
  func streams() throws {
    let ours = "/proc/\(getpid())/fd"
    #expect(
      try runInForeground(
        shell(
          """
          for n in 0 1 2; do
            [ "$(readlink /proc/$$/fd/$n)" = "$(readlink \(ours)/$n)" ] || exit 1
          done
          [ "$(cut -d' ' -f5 /proc/$$/stat)" = $$ ] || exit 2
          """)) == .exited(0))
  }

  @Test("A program that stops itself is continued")
  func continues() throws {
    #expect(try runInForeground(shell("kill -STOP $$; exit 6")) == .exited(6))
  }

  @Test("What the program starts is left alone")
  func survivors() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/id"
      #expect(try runInForeground(shell("sleep 60 & echo $! > \(file)")) == .exited(0))
      let id = try #require(pid_t(try run(Command("/bin/cat", [file])).stdout.dropLast()))
      #expect(isAlive(id))
      kill(id, SIGKILL)
    }
  }

  @Test("What is in memory is its stdin, and its stdout comes back, up to the limit")
  func exchange() throws {
    let text = Array(String(repeating: "abc\n", count: 50_000).utf8)
    let back = try exchangeInForeground(Command("/usr/bin/tr", ["a", "x"], input: text))
    #expect(back.succeeded)
    #expect(back.output == text.map { $0 == UInt8(ascii: "a") ? UInt8(ascii: "x") : $0 })
    #expect(try exchangeInForeground(Command("/bin/cat")).output == [])
    let long = try exchangeInForeground(Command("/bin/cat", input: text, outputLimit: 10))
    #expect(long.ending == .outputTooLong && long.output == [])
    #expect(try exchangeInForeground(shell("echo said; exit 7")).ending == .exited(7))
  }
}
