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
}
