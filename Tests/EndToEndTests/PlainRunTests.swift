import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("On plain lines", .waiting)
struct PlainRunTests {
  /// The answers to a whole import, each after the question that it answers.
  private static let script: [(question: String, answer: String)] = [
    ("Numbers to choose, enter to scan", "/prod"), ("2 of ", "none"), ("[ ] payment-prod", "all"),
    ("[x] payment-prod", ""),
    ("12 workloads", ""), ("12 units", "edit 1 payment-team"),
    ("enter to go on", ""), ("Create all this, yes or no?", "yes"),
    ("Number of the worker", "1"), ("enter or q to leave", ""),
  ]

  @Test("A whole import by typing on a dumb terminal; not one escape sequence")
  func typed() throws {
    let world = try Import()
    let terminal = try world.start(["--plain"], environment: ["TERM": "dumb"])
    for (question, answer) in Self.script {
      try terminal.waitFor(question)
      terminal.send(.text(answer), .enter)
    }
    #expect(try terminal.waitForExit().status == 0)
    #expect(!terminal.transcript.contains(0x1B))
    let said = String(decoding: terminal.transcript, as: UTF8.self)
    #expect(said.contains("Complete: 12 units imported"))
    #expect(try world.units() == units)
    let counts = try world.creations()
    #expect(counts.filter { $0.key.hasPrefix("unit ") }.values.allSatisfy { $0 == 1 })
  }

  @Test("The same from a pipe, in which all answers stand beforehand, on the demo")
  func piped() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let answers = ["/prod", "", "", "", "yes", "3", "report", ""]
    let result = try world.sandbox.run(
      Sandbox.product("map-import"), ["--demo", "--plain"],
      environment: ["STAND_IN_DELAY_MS": "5"],
      input: answers.map { $0 + "\n" }.joined())
    #expect(result.status == 0, "\(result.stdout)\n\(result.stderr)")
    #expect(result.stdout.contains("Complete: 12 units imported"))
    #expect(result.stdout.contains("Everything is as it was meant to be."))
    #expect(result.stdout.contains("The report is in map-import-import-"))
    #expect(result.stdout.contains("map-import --demo --resume"))
    #expect(!result.standardOutputBytes.contains(0x1B))
    for unit in units { #expect(result.stdout.contains("\(unit), created (done)"), "\(unit)") }
  }

  @Test("Where the locale has no UTF-8, not one byte is anything but ASCII, and names have ?")
  func otherLocale() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    for (locale, isASCII) in [("C", true), ("C.UTF-8", false)] {
      let result = try world.sandbox.run(
        Sandbox.product("map-import"), ["--demo", "--plain", "--new", "--context=東京"],
        environment: ["LC_ALL": locale], input: "\n")
      #expect(result.stdout.contains(isASCII ? "??" : "東京"), "\(result.stdout)")
      #expect(result.standardOutputBytes.allSatisfy { $0 < 0x80 } == isASCII)
    }
  }

  @Test("The end of the input leaves, saved; the next run is asked whether to resume, and goes on")
  func endOfInput() throws {
    let world = try Import()
    func run(_ answers: [String]) throws -> ProgramResult {
      try world.sandbox.run(
        Sandbox.product("map-import"), ["--plain", "--ascii"], environment: world.environment,
        input: answers.map { $0 + "\n" }.joined())
    }
    let first = try run(["/prod", ""])
    #expect(first.status == 0, "\(first.stdout)\n\(first.stderr)")
    #expect(first.stdout.contains("End of input."))
    #expect(first.stdout.contains("Session saved. You can resume later with:"))

    let second = try run(["resume", "none", "1-2", "back", "q"])
    #expect(second.status == 0, "\(second.stdout)\n\(second.stderr)")
    #expect(second.stdout.contains("Found previous session from"))
    #expect(second.stdout.contains("12 workloads, 2 chosen"))
    #expect(second.stdout.contains("Step 1 of 7, scan: "))
    #expect(second.stdout.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("The command that it leaves with comes back to the session, with the same programs")
  func comesBack() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let sandbox = world.sandbox
    let apart = sandbox.directory + "/programs apart"
    try FileManager.default.createDirectory(atPath: apart, withIntermediateDirectories: true)
    for name in ["kubectl", "cub"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(apart)/\(name)", withDestinationPath: Sandbox.product("map-import-stand-in"))
    }
    try sandbox.link("map-import", to: Sandbox.product("map-import"))
    let first = try sandbox.run(
      "map-import",
      ["--plain", "--cub=\(apart)/cub", "--kubectl", "\(apart)/kubectl", "--context", "kind-atk"],
      environment: world.environment, input: "/prod\n\nq\n")
    #expect(first.stdout.contains("12 workloads"), "\(first.stdout)\(first.stderr)")
    let lines = first.stdout.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasSuffix("You can resume later with:") })
    let command = lines[(start + 1)...].prefix { $0 != "Or start fresh:" }
    #expect(command.dropLast().allSatisfy { $0.hasSuffix(" \\") })
    let second = try sandbox.run(
      "/bin/sh", ["-c", command.joined(separator: "\n") + " --plain"],
      environment: world.environment, input: "q\n")
    #expect(second.status == 0, "\(second.stdout)\(second.stderr)")
    #expect(second.stdout.contains("12 workloads"), "\(second.stdout)\(second.stderr)")
    #expect(!(second.stdout + second.stderr).contains("PATH"))
  }

  @Test("Without a terminal, or on a dumb one, it draws nothing and names --plain")
  func offered() throws {
    let result = try Import().run([])
    #expect(result.status == 2)
    #expect(result.stderr.contains("--plain") && result.stdout.isEmpty)
  }

  @Test("SIGTERM leaves, saved")
  func terminated() throws {
    let world = try Import()
    let terminal = try world.start(["--plain"])
    try terminal.waitFor("Which namespaces of")
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit().status == 143)
  }
}
