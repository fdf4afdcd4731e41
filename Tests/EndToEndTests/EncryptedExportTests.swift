import FoundationEssentials
import TestWorld
import Testing

@Suite("sessions export --encrypt", .waiting)
struct EncryptedExportTests {
  private let world: Import
  private let id = "import-2026-01-09-143022"

  init() throws {
    world = try Import()
    try world.sandbox.write(seedSession, to: "home/.confighub/sessions/\(id).json")
  }

  private var file: String { world.sandbox.home + "/session.age" }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// Asks on the terminal, as the real one does, and turns the letters by thirteen.
  private func install(_ name: String, head: String) throws {
    let script = """
      #!/bin/bash
      printf 'Passphrase for %s: ' "$*" > /dev/tty
      read -rs word < /dev/tty
      [ "$word" = secret ] || { echo 'no such passphrase' >&2; exit 3; }
      case "$*" in
        *decrypt*) read -r head; exec /usr/bin/tr A-Za-z N-ZA-Mn-za-m ;;
        *) printf '%s\\n' '\(head)'; exec /usr/bin/tr A-Za-z N-ZA-Mn-za-m ;;
      esac
      """
    try world.sandbox.write(script, to: "bin/\(name)", mode: 0o755)
  }

  private func onTerminal(_ arguments: [String], typed: String...) throws -> (String, Ending) {
    let terminal = try world.start(["sessions"] + arguments)
    for text in typed {
      try terminal.waitFor("Passphrase for ")
      terminal.send(.text(text), .enter)
    }
    let ending = try terminal.waitForExit()
    return (terminal.screenText, ending)
  }

  @Test("hands the session to age, which asks on the terminal; import has it decrypted again")
  func age() throws {
    try install("age", head: "-----BEGIN AGE ENCRYPTED FILE-----")
    let (screen, ending) = try onTerminal(["export", id, file, "--encrypt"], typed: "secret")
    #expect(ending == .exited(0), "\(screen)")
    #expect(screen.contains("Passphrase for --passphrase --armor:"))
    #expect(try read(file).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----\n"))
    #expect(try !read(file).contains("payment-api"))
    let audit = try world.run(["sessions", "audit", id]).stdout
    #expect(audit.contains("encrypted with age"), "\(audit)")

    let (again, second) = try onTerminal(["import", file], typed: "secret")
    #expect(second == .exited(0), "\(again)")
    #expect(again.contains("is imported"))
    let ids = try world.run(["sessions", "list"]).stdout
    #expect(ids.contains("\(id)-2\t"), "\(ids)")
  }

  @Test("writes nothing, and imports nothing, where the passphrase is not taken")
  func refused() throws {
    try install("age", head: "age-encryption.org/v1")
    let (screen, ending) = try onTerminal(["export", id, file, "--encrypt"], typed: "wrong")
    #expect(ending == .exited(1))
    #expect(screen.contains("age did not encrypt it (exit 3), so nothing was"), "\(screen)")
    #expect(!FileManager.default.fileExists(atPath: file))
    _ = try onTerminal(["export", id, file, "--encrypt"], typed: "secret")
    let (_, second) = try onTerminal(["import", file], typed: "wrong")
    #expect(second == .exited(1))
    #expect(try world.run(["sessions", "list"]).stdout.split(separator: "\n").count == 1)
  }

  @Test("has gpg's passphrase typed twice, since gpg asks for it once")
  func gpg() throws {
    try install("gpg", head: "-----BEGIN PGP MESSAGE-----")
    let terminal = try world.start(["sessions", "export", id, file, "--encrypt"])
    try terminal.waitFor("loopback --armor")
    terminal.send(.text("secret"), .enter)
    try terminal.waitFor("loopback --decrypt:")
    terminal.send(.text("secret"), .enter)
    #expect(try terminal.waitForExit() == .exited(0), "\(terminal.screenText)")
    #expect(try read(file).hasPrefix("-----BEGIN PGP MESSAGE-----\n"))
  }

  @Test("says what is missing: a program, or a terminal")
  func missing() throws {
    let none = try world.run(
      ["sessions", "export", id, file, "--encrypt"])
    #expect(none.status == 1)
    #expect(none.stderr.contains("age or gpg is needed, and neither is on PATH"))
    for (head, tool) in [
      ("age-encryption.org/v1\n", "age"), ("-----BEGIN PGP MESSAGE-----", "gpg"),
    ] {
      let path = try world.sandbox.write(head, to: "home/foreign")
      let result = try world.run(["sessions", "import", path])
      #expect(result.status == 1)
      #expect(result.stderr.contains("It is encrypted with \(tool), which is not on PATH"))
    }
    try install("age", head: "age-encryption.org/v1")
    let blind = try world.run(
      ["sessions", "export", id, file, "--encrypt"])
    #expect(blind.status == 2)
    #expect(blind.stderr.contains("There is no terminal on which age could ask"))
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
