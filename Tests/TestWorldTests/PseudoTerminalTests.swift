import Glibc
import TestWorld
import Testing

@Suite("A pseudo-terminal", .waiting)
struct PseudoTerminalTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox(cub: .absent)
    for program in ["stty", "tput", "cat", "sleep"] { try sandbox.link(program) }
  }

  private func shell(_ script: String, columns: Int = 80, rows: Int = 24) throws -> PseudoTerminal {
    try sandbox.startOnTerminal("/bin/sh", ["-c", script], columns: columns, rows: rows)
  }

  @Test("The program sees a terminal of the size asked for")
  func size() throws {
    let terminal = try shell("stty size; tput cols; tput lines", columns: 100, rows: 30)
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.prefix(3) == ["30 100", "100", "30"])
  }

  @Test("What is typed arrives, and is echoed by the terminal's own modes")
  func typing() throws {
    let terminal = try shell("read -r line; echo \"got $line\"")
    terminal.send("hello", .enter)
    try terminal.waitFor("got hello")
    #expect(terminal.screen.prefix(2) == ["hello", "got hello"])
  }

  @Test("Arrow keys follow the mode the program asked for")
  func arrowKeys() throws {
    let script = """
      stty -icanon -echo min 1
      echo ready; cat -v & wait $!
      """
    let terminal = try shell(script)
    try terminal.waitFor("ready")
    #expect(terminal.terminal.applicationCursorKeys == false)
    let application = try shell("stty -icanon -echo; tput smkx; echo ready; cat -v")
    try application.waitFor("ready")
    application.send(.up, .home, .pageDown, .backspace, .ctrl("a"))
    try application.waitFor("^[OA^[OH^[[6~^?^A")
    let normal = try shell("stty -icanon -echo; echo ready; cat -v")
    try normal.waitFor("ready")
    normal.send(.up, .home, .tab, .backTab)
    try normal.waitFor("^[[A^[[H\u{20}")
  }

  @Test("A paste is marked as one only for a program that asked for marks")
  func paste() throws {
    let plain = try shell("stty -icanon -echo -icrnl; echo ready; cat -v")
    try plain.waitFor("ready")
    plain.send(.paste("a\nb"))
    try plain.waitFor("a^Mb")
    let marked = try shell(
      "stty -icanon -echo -icrnl; printf '\\033[?2004h'; echo ready; cat -v")
    try marked.waitFor("ready")
    marked.send(.paste("a\nb"))
    try marked.waitFor("^[[200~a^Mb^[[201~")
  }

  @Test("Control-c interrupts the program in the foreground")
  func interrupt() throws {
    let terminal = try shell("echo ready; exec sleep 600")
    try terminal.waitFor("ready")
    terminal.send(.ctrl("c"))
    #expect(try terminal.waitForExit() == .killed(signal: SIGINT))
  }

  @Test("A resize reaches the program and the screen")
  func resize() throws {
    let terminal = try shell(
      "trap 'stty size' WINCH; echo ready; while :; do read -r line || :; done")
    try terminal.waitFor("ready")
    try terminal.resize(columns: 60, rows: 16)
    try terminal.waitFor("16 60")
    #expect(terminal.screen.count == 16)
  }

  @Test("The modes read here are those stty shows, also once the program has ended")
  func modes() throws {
    let terminal = try shell("stty -g; stty -echo -icanon; echo changed; read -r line; stty -g")
    try terminal.waitFor("changed")
    terminal.send(.enter)
    #expect(try terminal.waitForExit() == .exited(0))
    let after = try terminal.modes()
    let shown = terminal.screenText.split(separator: "\n").joined()
    let parts = shown.split(separator: "changed", maxSplits: 1).map(String.init)
    try #require(parts.count == 2)
    #expect(parts[1] == after.description)
    #expect(parts[0] != parts[1])
    #expect(after.echoes == false)
    #expect(after.isCanonical == false)
  }

  @Test("Modes that a program puts back compare equal, and modes it leaves changed do not")
  func modesRestored() throws {
    let polite = try shell("read -r line; saved=$(stty -g); stty raw -echo; stty \"$saved\"")
    let before = try polite.modes()
    polite.send(.enter)
    #expect(try polite.waitForExit() == .exited(0))
    #expect(try polite.modes() == before)
    let rude = try shell("stty raw -echo")
    #expect(try rude.waitForExit() == .exited(0))
    #expect(try rude.modes() != before)
  }

  @Test("A wait that fails tells the whole screen and what became of the program")
  func failedWait() throws {
    let terminal = try shell("tput civis; echo first; echo second; exit 4")
    let error = try #require(throws: WorldFailure.self) { try terminal.waitFor("third") }
    #expect(error.description.contains("“third”"))
    #expect(error.description.contains("|first\n|second\n"))
    #expect(error.description.contains("ended with exit status 4"))
    #expect(error.description.contains("the cursor is hidden in row 2, column 0 of 80×24"))
  }

  @Test("A wait is over when its time is, with the program still running")
  func timeout() throws {
    let terminal = try shell("exec sleep 600")
    let error = try #require(throws: WorldFailure.self) {
      try terminal.waitFor("anything", timeout: .milliseconds(50))
    }
    #expect(error.description.contains("still runs"))
  }

  @Test("All that was written is on the screen once the program has ended", arguments: 1...20)
  func drained(_ repetition: Int) throws {
    let terminal = try shell("i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.suffix(2) == ["line 499", ""])
  }

  @Test("A kill ends the program and leaves the screen as it was")
  func kill() throws {
    let terminal = try shell("tput smcup; tput civis; echo here; exec sleep 600")
    try terminal.waitFor("here")
    terminal.kill()
    #expect(try terminal.waitForExit() == .killed(signal: SIGKILL))
    #expect(terminal.isAlternateScreen)
    #expect(terminal.cursorVisible == false)
  }

  @Test("A terminal that is pulled away ends the program by SIGHUP")
  func hangUp() throws {
    let terminal = try shell("echo ready; exec sleep 600")
    try terminal.waitFor("ready")
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .killed(signal: SIGHUP))
    #expect(throws: WorldFailure.self) { try terminal.modes() }
  }

  @Test("A program under a shell with job control can be suspended and continued")
  func jobControl() throws {
    let arguments = PseudoTerminal.jobControl(
      "/bin/sh", ["-c", "echo running; read -r line; echo \"got $line\"; exit 7"])
    let terminal = try sandbox.startOnTerminal("/bin/sh", arguments)
    try terminal.waitFor("running")
    terminal.send(.ctrl("z"))
    try terminal.waitFor("[suspended]")
    terminal.send(.enter)
    terminal.send("word", .enter)
    try terminal.waitFor("got word")
    try terminal.waitFor("[ended 7]")
  }

  @Test("What the program started dies with the terminal")
  func session() throws {
    var terminal: PseudoTerminal? = try shell("trap '' HUP; sleep 600 & echo child $! .; wait")
    try terminal?.waitFor("child")
    let members = try #require(terminal?.session)
    #expect(members.count == 2)
    terminal = nil
    #expect(!members.contains { isAlive($0.processID) })
  }

  @Test("The transcript holds every byte as the program wrote it")
  func transcript() throws {
    let terminal = try shell("printf 'a\\033[1mb\\033[0mc'")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.transcript == Array("a\u{1B}[1mb\u{1B}[0mc".utf8))
  }

  @Test("A program that cannot be started is told by name")
  func missing() throws {
    let error = try #require(throws: WorldFailure.self) {
      try sandbox.startOnTerminal("/no/such/program")
    }
    #expect(error.description.contains("/no/such/program"))
  }
}
