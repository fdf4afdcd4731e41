import Glibc
import Terminal
import TerminalText
import Testing

/// Curses belongs to a process as a whole, so each of these runs in one of its own.
@Suite("Screen")
struct ScreenTests {
  @Test("A frame reaches the terminal, wide characters and the last cell too")
  func drawing() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let screen = try Screen(usesColour: true)
      #expect(screen.isUTF8 && screen.size == Size(columns: 20, rows: 4))
      var frame = Frame(size: Size(columns: 30, rows: 9))
      frame.put("世e\u{301}⚠\u{FE0F}!\u{1B}[2J", row: 0, column: 0, style: Style(.good))
      frame.put("cut 世", row: 1, column: 15)
      frame.put("Z", row: 3, column: 19)
      screen.draw(frame)
      screen.stop()
      let shown = try terminal.output(through: "\u{1B}[?1049l")
      #expect(shown.contains("\u{1B}[?1049h"))
      #expect(shown.contains("\u{1B}[32m世e\u{301}⚠ !^[[2J"))
      #expect(shown.contains("cut") && shown.split(separator: "世").count == 2)
      #expect(shown.contains("Z"))
    }
  }

  @Test("Without colours none are sent")
  func monochrome() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let screen = try Screen(usesColour: false)
      var frame = Frame(size: screen.size)
      frame.put("gone", row: 0, column: 0, style: Style(.bad))
      screen.draw(frame)
      screen.stop()
      let shown = try terminal.output(through: "\u{1B}[?1049l")
      #expect(shown.contains("gone") && !shown.contains("\u{1B}[3"))
    }
  }

  @Test("The cursor shows only where a frame has one inside the screen")
  func cursor() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let screen = try Screen(usesColour: true)
      var changes: [String] = []
      for place in [nil, CellPosition(row: 1, column: 3), CellPosition(row: 4, column: 0)] {
        var frame = Frame(size: screen.size)
        frame.cursor = place
        screen.draw(frame)
        write(STDOUT_FILENO, "drawn", 5)
        let shown = try terminal.output(through: "drawn")
        changes += shown.split(separator: "\u{1B}").map { String($0.prefix(5)) }
          .filter { $0.hasPrefix("[?25") }
      }
      screen.stop()
      #expect(changes == ["[?25l", "[?25h", "[?25l"])
    }
  }

  @Test("Bytes from the keyboard become keys")
  func keys() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let screen = try Screen(usesColour: true)
      let table: [(String, [Key])] = [
        ("aé世", [.character("a"), .character("é"), .character("世")]),
        ("\u{1B}OA\u{1B}[A", [.up, .up]), ("\u{1B}OB\u{1B}[B", [.down, .down]),
        ("\u{1B}OC\u{1B}OD", [.right, .left]), ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
        ("\u{1B}OH\u{1B}OF\u{1B}[3~", [.home, .end, .delete]), ("\t\u{1B}[Z", [.tab, .backtab]),
        ("\r\u{7F}\u{8}", [.enter, .backspace, .backspace]),
        ("\u{1}\u{3}\u{1A}", [.control("a"), .control("c"), .control("z")]),
        ("\u{1B}[1;5D\u{1B}[1;5C", [.wordLeft, .wordRight]),
        ("\u{1B}OP\u{1B}[15~", [.other("F1"), .other("F5")]),
        ("\u{1B}[1;7A\u{1B}[?1;2c", [.other("This key"), .other("This key")]),
        ("\u{1B}q", [.escape, .character("q")]), ("\u{1B}", [.escape]),
        ("\u{1B}[200~one\rtwo\u{3}\u{1B}[201~x", [.paste("one\ntwo\u{3}"), .character("x")]),
      ]
      for (typed, expected) in table {
        terminal.type(typed)
        var keys: [Key] = []
        while keys.count < expected.count {
          var input = pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0)
          guard poll(&input, 1, 10_000) == 1 else { break }
          keys += screen.readKeys()
        }
        #expect(keys == expected, "\(typed.debugDescription)")
      }
      #expect(screen.readKeys().isEmpty)
      screen.stop()
    }
  }

  @Test("A new size is taken over when asked")
  func resizing() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let screen = try Screen(usesColour: true)
      var size = winsize(ws_row: 9, ws_col: 33, ws_xpixel: 0, ws_ypixel: 0)
      #expect(ioctl(STDIN_FILENO, UInt(TIOCSWINSZ), &size) == 0)
      #expect(screen.size == Size(columns: 20, rows: 4))
      screen.resized()
      #expect(screen.size == Size(columns: 33, rows: 9))
      #expect(screen.readKeys().isEmpty)
      screen.stop()
    }
  }

  @Test("Standard error waits until the screen is gone, and another program has the real terminal")
  func handingOver() async {
    await #expect(processExitsWith: .success) {
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      let before = try terminal.modes()
      let screen = try Screen(usesColour: true)
      #expect(try terminal.modes() != before)
      func say(_ text: String) { write(STDERR_FILENO, text, text.utf8.count) }
      say("first")
      let during = screen.handOver {
        say("between")
        return try? terminal.modes()
      }
      #expect(during == before)
      #expect(try terminal.modes() != before)
      say("second\n")
      screen.stop()
      screen.stop()
      #expect(try terminal.modes() == before)
      say("last")
      let shown = try terminal.output(through: "last")
      let parts = shown.split(separator: "\u{1B}[?1049l", omittingEmptySubsequences: false)
      try #require(parts.count == 3)
      #expect(parts[0].contains("\u{1B}[?2004h") && parts[0].contains("\u{1B}[?2004l"))
      #expect(!parts[0].contains("first"))
      #expect(parts[1].contains("between") && !parts[1].contains("second"))
      #expect(parts[2].hasSuffix("firstsecond\r\nlast"))
      #expect(parts[2].split(separator: "second").count == 2)
    }
  }

  @Test(
    "A crash restores the terminal and then says why",
    arguments: ["trap", "abort", "thread", "signal"])
  func crash(kind: String) async throws {
    let terminal = try PseudoTerminal()
    let before = try terminal.modes()
    await #expect(processExitsWith: .failure) {
      [path = terminal.path as String, kind = kind as String] in
      try PseudoTerminal.take(path)
      let screen = try Screen(usesColour: true)
      screen.draw(Frame(size: screen.size))
      switch kind {
      case "trap": fatalError("on purpose")
      case "signal":
        write(STDERR_FILENO, "on purpose", 10)
        raise(SIGSEGV)
      case "abort":
        write(STDERR_FILENO, "on purpose", 10)
        abort()
      default:
        var thread = pthread_t()
        pthread_create(&thread, nil, { _ in fatalError("on purpose") }, nil)
        while true { pause() }
      }
    }
    let shown = try terminal.output(through: "on purpose")
    let parts = shown.split(separator: "\u{1B}[?1049l", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    #expect(parts[0].contains("\u{1B}[?2004l"))
    #expect(!parts[0].contains("on purpose"))
    #expect(try terminal.modes() == before)
  }

  @Test(
    "A terminal that cannot be drawn on is refused in a sentence",
    arguments: [
      ("no-such-terminal", "The terminal type no-such-terminal is not known"),
      ("no\u{1B}such", "The terminal type no^[such is not known"),
      ("", "TERM is not set"), ("dumb", "This terminal cannot be drawn on"),
    ])
  func refusal(type: String, sentence: String) async {
    await #expect(processExitsWith: .success) {
      [type = type as String, sentence = sentence as String] in
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path, type: type)
      let before = try terminal.modes()
      let error = #expect(throws: TerminalError.self) { try Screen(usesColour: true) }
      #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
      #expect(try terminal.modes() == before)
    }
  }

  @Test(
    "Without a terminal on both ends nothing is drawn", arguments: [STDIN_FILENO, STDOUT_FILENO])
  func noTerminal(end: Int32) async {
    await #expect(processExitsWith: .success) { [end = end as Int32] in
      let terminal = try PseudoTerminal()
      try PseudoTerminal.take(terminal.path)
      dup2(open("/dev/null", O_RDWR), end)
      #expect(throws: TerminalError.self) { try Screen(usesColour: true) }
    }
  }

  @Test("Signals wait in the queue until they are read")
  func signals() async {
    await #expect(processExitsWith: .success) {
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      let queue = try SignalQueue()
      #expect(queue.read() == [])
      for signal in [SIGTERM, SIGWINCH, SIGINT, SIGHUP, SIGTERM] { raise(signal) }
      var ready = pollfd(fd: queue.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&ready, 1, 0) == 1)
      #expect(Set(queue.read()) == [SIGTERM, SIGWINCH, SIGINT, SIGHUP])
      #expect(queue.read() == [])
    }
  }
}
