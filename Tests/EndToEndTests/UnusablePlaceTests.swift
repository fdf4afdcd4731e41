import FoundationEssentials
import TestWorld
import Testing

@Suite("A place that cannot be used is told before anything is done", .waiting)
struct UnusablePlaceTests {
  private let world: Import

  init() throws { world = try Import() }

  private func isUntouched() throws -> Bool {
    try world.calls().isEmpty
      && !FileManager.default.fileExists(atPath: world.sandbox.home + "/.confighub/sessions")
  }

  @Test(
    "Where the report or the plan is to go",
    arguments: [
      ("--report", "", "is a directory; name a file in it."),
      ("--plan-out", "/", "is a directory; name a file in it."),
      ("--report", "/missing/report.md", "/missing; make it first."),
      ("--plan-out", "/missing/deep/plan.json", "/missing/deep; make it first."),
      ("--report", "/file/report.md", "cannot be written: Not a directory."),
      ("--report", "/report/", "cannot be written: it names no file."),
    ])
  func outputs(flag: String, place: String, why: String) throws {
    try world.sandbox.write("", to: "file")
    let path = world.sandbox.directory + place
    for mode in [["--yes"], ["--dry-run", "-o", "json"]] {
      let result = try world.run(mode + [flag, path] + Import.scope)
      #expect(result.status == 2 && result.stdout.isEmpty, "\(result.stderr)")
      #expect(result.stderr.hasPrefix("map-import: \(flag) \(path)"), "\(result.stderr)")
      #expect(result.stderr.hasSuffix("\(why)\n"), "\(result.stderr)")
      #expect(try isUntouched())
    }
  }

  @Test("A directory that takes no files, whatever its permissions say")
  func refusing() throws {
    let result = try world.run(["--yes", "--plan-out", "/proc/plan.json"] + Import.scope)
    #expect(result.status == 2, "\(result.stderr)")
    #expect(result.stderr.hasPrefix("map-import: --plan-out /proc/plan.json cannot be written: "))
    #expect(try isUntouched())
    let path = world.sandbox.directory + "/plan.json"
    _ = try world.run(["--yes", "--plan-out", path, "-n", "nope"])
    #expect(!FileManager.default.fileExists(atPath: path), "nothing is made to find that out")
  }

  @Test("Why a file was not written whole")
  func full() throws {
    let result = try world.run(["--yes", "--report", "/dev/full"] + Import.scope)
    #expect(
      result.stderr.contains("/dev/full was not written whole: No space left on device."),
      "\(result.stderr)")
  }

  @Test("A program that is named and cannot be run", arguments: ["--kubectl", "--cub"])
  func programs(flag: String) throws {
    try world.sandbox.write("", to: "text")
    let text = world.sandbox.directory + "/text"
    for (path, why) in [
      (text, "\(text) is there, but is no file that may be executed."),
      (text + "s", "\(text)s is not a program that can be run."),
    ] {
      for mode in [["--yes"], ["--dry-run", "-o", "json"]] {
        let result = try world.run(mode + [flag, path] + Import.scope)
        #expect(result.status == 2 && result.stdout.isEmpty)
        #expect(result.stderr == "map-import: \(flag): \(why)\n")
      }
    }
    #expect(try isUntouched())
  }

  @Test("The home directory, for whoever only looks at the sessions")
  func looks() throws {
    let missing = world.sandbox.directory + "/missing"
    for words in [
      ["sessions", "list"], ["sessions", "doctor"], ["--status"], ["--demo", "--status"],
    ] {
      let result = try world.run(words, environment: ["HOME": missing])
      #expect(result.status == 1 && result.stdout.isEmpty, "\(words)")
      #expect(
        result.stderr
          == "map-import: HOME names no directory that is there: make \(missing), or set "
          + "HOME to one.\n")
    }
  }

  @Test("A plan that is a directory, or whose bytes cannot be had, is not told by a line")
  func plans() throws {
    for (path, why) in [
      ("/", "The plan / is a directory; name the file in it."),
      ("/proc/self/mem", "The plan /proc/self/mem cannot be read: Input/output error."),
    ] {
      let result = try world.run(["--yes", "--plan", path, "-n", "payment-prod"])
      #expect(result.status == 2)
      #expect(result.stderr == "map-import: \(why)\n")
    }
  }

  @Test(
    "The home directory", arguments: [["--demo", "--yes"], ["--yes"], ["--demo", "--plain"]])
  func home(mode: [String]) throws {
    let missing = world.sandbox.directory + "/missing"
    try FileManager.default.createDirectory(
      atPath: world.sandbox.directory + "/other", withIntermediateDirectories: false)
    try world.sandbox.write("", to: "other/.confighub")
    for (home, why) in [
      (missing, "HOME names no directory that is there: make \(missing), or set HOME to one."),
      (world.sandbox.directory + "/other", "~/.confighub is not a directory. Move it away"),
      ("nowhere", "HOME is not set to an absolute path"),
    ] {
      let result = try world.run(mode + Import.scope, environment: ["HOME": home])
      #expect(result.status == 1, "\(result.stderr)")
      #expect(result.stderr.contains(why) || result.stdout.contains(why), "\(result.stderr)")
      for raw in ["Error Domain", "Cocoa", "CallError(", "StoreError("] {
        #expect(!(result.stderr + result.stdout).contains(raw), "\(result.stderr)")
      }
    }
  }
}
