import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("The person's own pager and editor", .waiting)
struct UserProgramTests {
  /// A program that notes the modes of the terminal it was given and what it was to open, then
  /// does what the script says.
  private func program(_ name: String, _ script: String, in world: Import) throws -> String {
    let notes = world.sandbox.directory + "/\(name).notes"
    return try world.sandbox.write(
      """
      #!/bin/sh
      PATH=/usr/bin:/bin
      stty -g >>"\(notes)"
      for word in "$@"; do echo "$word" >>"\(notes)"; done
      for file in "$@"; do :; done
      \(script)
      """, to: name, mode: 0o700)
  }

  /// The words of a shell that give a unit another name.
  private func rename(_ old: String, _ new: String) -> String {
    #"sed -i 's/\("slug" *: *\)"\#(old)"/\1"\#(new)"/'"#
  }

  private func notes(_ name: String, in world: Import) throws -> [String] {
    try String(contentsOfFile: world.sandbox.directory + "/\(name).notes", encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  private func select(_ world: Import, _ environment: [String: String]) throws -> PseudoTerminal {
    var environment = environment
    environment["TMPDIR"] = world.sandbox.directory + "/home"
    let terminal = try world.start(["--demo", "--new"], environment: environment)
    try terminal.scan()
    try terminal.waitFor("workloads")
    terminal.send(.enter)
    try terminal.waitFor("saved ")
    try terminal.waitFor("payment-api")
    return terminal
  }

  private func leftOver(_ world: Import) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: world.sandbox.directory + "/home")
      .filter { $0.hasPrefix("map-import-") }
  }

  @Test("The pager gets the text and the terminal as the shell had it, and gives it back")
  func pager() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let pager = try program("pager", "head -3 \"$file\"; echo read it; read answer", in: world)
    let terminal = try select(world, ["PAGER": "\(pager) -R"])
    terminal.send("p")
    try terminal.waitFor("apiVersion: ")
    terminal.send("|")
    try terminal.waitFor("read it")
    #expect(!terminal.isAlternateScreen && terminal.cursorVisible)
    #expect(terminal.screen.contains { $0.hasPrefix("kind: ") })
    terminal.send(.enter)
    try terminal.waitFor("the wizard again") { $0.isAlternateScreen }
    try terminal.waitFor("apiVersion: ")
    let notes = try notes("pager", in: world)
    #expect(notes.count == 3 && notes[1] == "-R" && notes[2].hasSuffix(".txt"), "\(notes)")
    terminal.send(.ctrl("c"))
    let exit = try terminal.waitForExit()
    #expect(exit.status == 130)
    #expect(notes[0].contains(":"), "the modes of a terminal")
    #expect(try leftOver(world) == [])
  }

  @Test("The proposal is edited as a plan, taken, and taken back with one key")
  func editor() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let editor = try program(
      "editor", "\(rename("payment-api", "by-hand")) \"$file\"", in: world)
    let terminal = try select(world, ["EDITOR": editor])
    terminal.send("E")
    try terminal.waitFor("as you edited it; u takes that back")
    try terminal.waitFor("by-hand")
    terminal.send("u")
    try terminal.waitFor("Undone: the proposal as it was edited.")
    try terminal.waitFor("payment-api")
    terminal.send(.ctrl("r"))
    try terminal.waitFor("by-hand")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try leftOver(world) == [])
  }

  @Test("A wrong plan says its line and reason, is kept, and is opened again; the proposal stays")
  func wrongPlan() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    // The first time it writes a bad name, the second time it mends it.
    let editor = try program(
      "editor",
      """
      if grep -q "no name" "$file"
      then \(rename("no name", "by-hand")) "$file"
      else \(rename("payment-api", "no name")) "$file"
      fi
      """, in: world)
    let terminal = try select(world, ["VISUAL": editor, "EDITOR": "/nonexistent"])
    terminal.send("E")
    try terminal.waitFor("E opens it again.")
    let last = terminal.screen.joined(separator: " ")
    #expect(last.contains("line ") && last.contains("\"no name\""), "\(last)")
    #expect(try leftOver(world).count == 1)
    terminal.send("E")
    try terminal.waitFor("as you edited it")
    try terminal.waitFor("by-hand")
    #expect(try leftOver(world) == [])
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
  }

  @Test("A program with spaces in its path gets arguments with spaces, as a shell would give them")
  func quotes() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let pager = try program("my pager", "exit 0", in: world)
    let terminal = try select(world, ["PAGER": "'\(pager)' --wait --title=\"a  b\" c\\ d"])
    terminal.send("p")
    try terminal.waitFor("apiVersion: ")
    terminal.send("|")
    try #require(eventually { (try? notes("my pager", in: world))?.contains("c d") == true })
    let words = try notes("my pager", in: world)
    #expect(words.dropFirst().prefix(3) == ["--wait", "--title=a  b", "c d"], "\(words)")
    terminal.send("q", "q")
    #expect(try terminal.waitForExit().status == 0)
    let broken = try select(world, ["PAGER": "less 'x"])
    broken.send("p")
    try broken.waitFor("apiVersion: ")
    broken.send("|")
    try broken.waitFor("PAGER is less 'x, in which a quote is not closed.")
    broken.send("q", "q")
    #expect(try broken.waitForExit().status == 0)
  }

  @Test("An editor that fails, or is not there, leaves the proposal as it was, and says so")
  func failing() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let editor = try program("editor", "echo '{' >\"$file\"; exit 1", in: world)
    let terminal = try select(world, ["EDITOR": editor, "PAGER": "no-such-pager -x"])
    terminal.send("E")
    try terminal.waitFor("ended: exit 1. The proposal is as it was.")
    #expect(try leftOver(world) == [])
    terminal.send("p")
    try terminal.waitFor("apiVersion: ")
    terminal.send("|")
    try terminal.waitFor("PAGER is no-such-pager, which is not a program")
    terminal.send("q", "q")
    #expect(try terminal.waitForExit().status == 0)
  }
}
