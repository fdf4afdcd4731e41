import Subprocess
import Testing

@Test("What a program says and how it ends comes back")
func echoes() throws {
  let done = try run(
    Command("/bin/sh", ["-c", "cat; echo no >&2; exit 3"], input: Array("hi".utf8)))
  #expect(done.ending == .exited(3))
  #expect(done.outputText == "hi")
  #expect(done.errorText == "no\n")
}
