import Glibc
import Subprocess
import Testing

struct ProgramsTests {
  @Test("The first executable file of that name on the path is found")
  func order() throws {
    try withTemporaryDirectory { directory in
      for name in ["a", "b", "c", "d"] { mkdir("\(directory)/\(name)", 0o700) }
      mkdir("\(directory)/a/tool", 0o700)
      _ = try executable("", at: "\(directory)/b/tool", mode: 0o600)
      let expected = try executable("", at: "\(directory)/c/tool")
      _ = try executable("", at: "\(directory)/d/tool")
      let path = ["/no/such", "a", "b", "c", "d"].map {
        $0.hasPrefix("/") ? $0 : "\(directory)/\($0)"
      }
      .joined(separator: ":")
      #expect(Programs.find("tool", path: path) == expected)
      #expect(Programs.find("tool", path: "\(directory)/c/") == expected)
      #expect(Programs.find("tool", path: "\(directory)/b") == nil)
    }
  }

  @Test(
    "Relative and empty entries, which are whatever the working directory is, are skipped",
    arguments: [".", "", "bin", "./bin", "..", ":", "::", "~/bin"])
  func relativeEntries(path: String) throws {
    // From the root, every one of these would find /bin/sh.
    let completion = try run(shell("cd / && pwd"))
    #expect(completion.outputText == "/\n")
    #expect(Programs.find("sh", path: path) == nil)
    #expect(Programs.find("sh", path: "\(path):/bin") == "/bin/sh")
  }

  @Test("A name with a slash is a path from here, and is not looked for elsewhere")
  func paths() throws {
    #expect(Programs.find("/bin/sh", path: nil) == "/bin/sh")
    #expect(Programs.find("/bin/no-such", path: "/bin") == nil)
    #expect(Programs.find("/bin", path: "/") == nil)
    #expect(Programs.find("/etc/passwd", path: nil) == nil)
    #expect(Programs.find("bin/sh", path: "/") == nil)

    let here = try #require(getcwd(nil, 0))
    defer { free(here) }
    let up = String(repeating: "../", count: 64)
    #expect(Programs.find("\(up)bin/sh", path: nil) == "\(String(cString: here))/\(up)bin/sh")
  }

  @Test("Nothing is nowhere", arguments: ["", "no-such-program", "sh\0"])
  func absent(name: String) {
    #expect(Programs.find(name, path: "/usr/bin:/bin") == nil)
    #expect(Programs.find(name, path: nil) == nil)
  }
}
