import TestWorld
import Testing

@Suite("A terminal emulator")
struct TerminalEmulatorTests {
  /// A small screen after a program wrote `text`, where `␛` stands for the escape character.
  private func terminal(
    _ text: String, columns: Int = 10, rows: Int = 4, term: String = "xterm-256color"
  ) -> TerminalEmulator {
    var terminal = TerminalEmulator(columns: columns, rows: rows, term: term)
    terminal.feed(Array(text.replacing("␛", with: "\u{1B}").utf8))
    return terminal
  }

  struct Drawing: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var screen: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ screen: String...) {
      self.name = name
      self.text = text
      self.screen = screen
    }
  }

  static let drawings = [
    Drawing("a new line is down only; a return is left", "ab\ncd\r\nef", "ab", "  cd", "ef", ""),
    Drawing("the position is counted from one", "␛[2;3Hx␛[Hy", "y", "  x", "", ""),
    Drawing("rows and columns alone", "␛[3dx␛[5Gy", "", "", "x   y", ""),
    Drawing("relative moves stop at the edges", "␛[9B␛[9Cx␛[99A␛[99Dy", "y", "", "", "         x"),
    Drawing("a backspace moves and does not erase", "abc\u{8}\u{8}x", "axc", "", "", ""),
    Drawing("tabs stop every eight columns", "\tx\r\tya", "        ya", "", "", ""),
    Drawing("tab stops are set and cleared", "␛[3g␛[4G␛H\r\tx", "   x", "", "", ""),
    Drawing("back tabs", "abcdefghij␛[10G␛[Zx", "abcdefghxj", "", "", ""),
    Drawing(
      "the last column is filled before the line wraps", "0123456789a", "0123456789", "a", "", ""),
    Drawing("a move takes a pending wrap back", "0123456789\rx", "x123456789", "", "", ""),
    Drawing(
      "without wrapping the last column is overwritten", "␛[?7l0123456789ab", "012345678b", "", "",
      ""),
    Drawing("the screen scrolls at its end", "1\r\n2\r\n3\r\n4\r\n5", "2", "3", "4", "5"),
    Drawing("a region scrolls alone", "1\r\n2\r\n3\r\n4␛[2;3r␛[3;1H\nx", "1", "3", "x", "4"),
    Drawing("a reverse line feed at the top scrolls down", "1\r\n2␛[H␛Mx", "x", "1", "2", ""),
    Drawing("scrolling up and down", "1\r\n2\r\n3␛[2Sx␛[Ty", "", "3", "  y", " x"),
    Drawing("lines are inserted and deleted", "1\r\n2\r\n3␛[2;1H␛[Lx␛[1d␛[M", "x", "2", "3", ""),
    Drawing("lines are not inserted outside the region", "1\r\n2␛[3;4r␛[H␛[L", "1", "2", "", ""),
    Drawing("erasing to the end", "abcdef␛[3G␛[K\r\nghi\r\njkl␛[2;2H␛[J", "ab", "g", "", ""),
    Drawing("erasing from the start", "abc\r\ndef␛[2G␛[1K␛[2d␛[3G␛[1J", "", "", "", ""),
    Drawing("erasing a line", "abc\r\ndef␛[1A␛[2K", "", "def", "", ""),
    Drawing("erasing all leaves the cursor", "abc␛[2Jx", "   x", "", "", ""),
    Drawing("erasing some characters", "abcdef␛[2G␛[3X", "a   ef", "", "", ""),
    Drawing("characters are inserted and deleted", "abcdef␛[2G␛[2@␛[5G␛[P", "a  bdef", "", "", ""),
    Drawing("insert mode moves the rest along", "abc␛[2G␛[4hxy␛[4lz", "axyzc", "", "", ""),
    Drawing("a character is repeated", "ab␛[3bc", "abbbbc", "", "", ""),
    Drawing("the cursor is saved and restored", "␛[2;2H␛7␛[Hx␛8y", "x", " y", "", ""),
    Drawing("line drawing from G0", "␛(0lqk␛(Bq", "┌─┐q", "", "", ""),
    Drawing("line drawing from G1", "␛)0\u{E}mqj\u{F}q", "└─┘q", "", "", ""),
    Drawing("wide characters take two cells", "世界x␛[1;5Hy", "世界y", "", "", ""),
    Drawing("a wide character does not fit into the last cell", "␛[10G世", "", "世", "", ""),
    Drawing("half a wide character is none: right", "世␛[2Gx", " x", "", "", ""),
    Drawing("half a wide character is none: left", "世界␛[1Gx", "x 界", "", "", ""),
    Drawing("erasing half a wide character erases it", "a世b␛[3G␛[X", "a  b", "", "", ""),
    Drawing("combining characters join", "e\u{301}x", "e\u{301}x", "", "", ""),
    Drawing("combining characters join a wide one", "世\u{301}x", "世\u{301}x", "", "", ""),
    Drawing(
      "combining characters join across a pending wrap", "012345678e\u{301}x", "012345678e\u{301}",
      "x", "", ""),
    Drawing(
      "strings to the terminal are not shown", "␛]0;title\u{7}a␛]4;1;rgb:00/00/00␛\\b", "ab", "",
      "", ""),
    Drawing("a full reset clears", "abc␛[2;3r␛[?7l␛cx", "x", "", "", ""),
  ]

  @Test("draws as a terminal does", arguments: drawings)
  func draws(_ drawing: Drawing) {
    let terminal = terminal(drawing.text)
    #expect(terminal.screen == drawing.screen)
    #expect(terminal.unknownSequences == [])
  }

  @Test("It does not matter where a program's output is cut", arguments: drawings)
  func cut(_ drawing: Drawing) {
    var terminal = TerminalEmulator(columns: 10, rows: 4)
    for byte in drawing.text.replacing("␛", with: "\u{1B}").utf8 { terminal.feed([byte]) }
    #expect(terminal.screen == drawing.screen)
    #expect(terminal.unknownSequences == [])
  }

  @Test("The alternate screen leaves the first one and its cursor as they were")
  func alternateScreen() {
    var terminal = terminal("shell␛[?1049h␛[Hwizard")
    #expect(terminal.isAlternateScreen)
    #expect(terminal.screen == ["wizard", "", "", ""])
    terminal.feed(Array("\u{1B}[?1049l$".utf8))
    #expect(terminal.isAlternateScreen == false)
    #expect(terminal.screen == ["shell$", "", "", ""])
  }

  @Test("Modes are remembered")
  func modes() {
    let on = terminal("␛[?25l␛[?1h␛[?2004h␛[?1000h␛[?1006h\u{7}␛]2;a title\u{7}")
    #expect(on.cursorVisible == false)
    #expect(on.applicationCursorKeys)
    #expect(on.bracketedPaste)
    #expect(on.mouseModes == [1000, 1006])
    #expect(on.bells == 1)
    #expect(on.title == "a title")
    let off = terminal("␛[?25l␛[?1h␛[?2004h␛[?1000h␛[?25h␛[?1l␛[?2004l␛[?1000l")
    #expect(off.cursorVisible)
    #expect(off.applicationCursorKeys == false)
    #expect(off.bracketedPaste == false)
    #expect(off.mouseModes == [])
  }

  @Test("Attributes and colours are kept with each cell")
  func styles() {
    let terminal = terminal(
      "␛[1;31ma␛[22;7;38;5;200mb␛[27;48;2;1;2;3mc␛[0;94;103md␛[m␛[4:0;38:2::4:5:6me", columns: 20)
    #expect(terminal.cell(0, 0).style.bold)
    #expect(terminal.cell(0, 0).style.foreground == .indexed(1))
    #expect(terminal.cell(0, 1).style.bold == false)
    #expect(terminal.cell(0, 1).style.reverse)
    #expect(terminal.cell(0, 1).style.foreground == .indexed(200))
    #expect(terminal.cell(0, 2).style.reverse == false)
    #expect(terminal.cell(0, 2).style.background == .direct(1, 2, 3))
    #expect(terminal.cell(0, 3).style.foreground == .indexed(12))
    #expect(terminal.cell(0, 3).style.background == .indexed(11))
    #expect(terminal.cell(0, 4).style.foreground == .direct(4, 5, 6))
    #expect(terminal.cell(0, 4).style.background == .standard)
    #expect(terminal.cell(0, 5).style == TerminalStyle())
    #expect(terminal.usesColor)
  }

  @Test("The style of a text on the screen is found by the text")
  func styleOfText() {
    let terminal = terminal("世界 a␛[7mchosen␛[m b", columns: 20)
    #expect(terminal.style(of: "chosen")?.reverse == true)
    #expect(terminal.style(of: "界")?.reverse == false)
    #expect(terminal.style(of: "absent") == nil)
    #expect(terminal.usesColor == false)
  }

  @Test("Erasing fills with the background where the terminal is said to do so")
  func backgroundErase() {
    #expect(terminal("␛[44m␛[2J").cell(3, 9).style.background == .indexed(4))
    #expect(terminal("␛[44m␛[2J", term: "screen-256color").usesColor == false)
  }

  @Test(
    "What is not known is told",
    arguments: [
      ("␛[?9999h", "ESC [?9999h"), ("␛[5y", "ESC [5y"), ("␛Z", "ESC Z"),
      ("␛P$q␛\\", "ESC P$q"), ("␛[73m", "SGR 73"), ("\u{85}", "C1 control U+85"),
      ("\u{1}", "control character 0x1"),
    ])
  func unknown(_ text: String, _ name: String) {
    #expect(terminal("a\(text)b").unknownSequences == [name])
    #expect(terminal("a\(text)b").screen[0] == "ab")
  }

  @Test(
    "Bytes that are not UTF-8 are told and shown as such",
    arguments: [
      ([0xFF], "invalid UTF-8: ff"), ([0xC3], "invalid UTF-8: c3"),
      ([0xE4, 0xB8], "invalid UTF-8: e4 b8"), ([0xED, 0xA0, 0x80], "invalid UTF-8: ed a0 80"),
    ] as [([UInt8], String)])
  func invalid(_ bytes: [UInt8], _ name: String) {
    var terminal = TerminalEmulator(columns: 10, rows: 4)
    terminal.feed([UInt8(ascii: "a")] + bytes + [UInt8(ascii: "b")])
    #expect(terminal.unknownSequences == [name])
    #expect(terminal.screen[0] == "a\u{FFFD}b")
  }

  @Test("A smaller size cuts off, a larger one adds blanks")
  func resize() {
    var terminal = terminal("0123456世\r\nab\r\ncd\r\nef")
    terminal.resize(columns: 8, rows: 2)
    #expect(terminal.screen == ["0123456", "ab"])
    #expect(terminal.cursorRow == 1)
    terminal.resize(columns: 12, rows: 3)
    terminal.feed(Array("\u{1B}[3;12Hx".utf8))
    #expect(terminal.screen == ["0123456", "ab", "           x"])
  }
}

@Suite("What terminfo describes is what the emulator does")
struct TerminfoTests {
  static let script = """
    tput init; tput clear; tput cup 2 4; printf here; tput el1; tput cup 3 0; printf 'ab cd'
    tput cup 3 2; tput el; tput enacs; tput cup 4 0; tput smacs; printf lqk; tput rmacs; tput bold
    tput setaf 1; printf red; tput sgr0; tput cup 5 9; printf x; tput cub 3; printf y
    tput cup 6 0; printf 12345; tput cub 4; tput dch 2; tput ich 1; tput cuu1; tput cud1
    tput cup 8 0; printf below; tput cup 8 0; tput il 1; tput csr 0 10; tput cup 10 0; tput ind
    tput csr 0 23; tput civis; tput smkx; tput cup 9 0; tput sc; tput home; printf top; tput rc; tput ed
    """

  @Test(
    "tput draws the same picture for every kind of terminal",
    arguments: ["xterm-256color", "screen-256color", "tmux-256color", "xterm", "linux"])
  func tput(_ term: String) throws {
    let sandbox = try Sandbox(cub: .absent)
    try sandbox.link("tput")
    let terminal = try sandbox.startOnTerminal(
      "/bin/sh", ["-c", Self.script], environment: ["TERM": term])
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.unknownSequences == [])
    #expect(terminal.cursorVisible == false)
    #expect(terminal.terminal.applicationCursorKeys == (term != "linux"))
    #expect(terminal.terminal.style(of: "red")?.foreground == .indexed(1))
    #expect(terminal.terminal.style(of: "red")?.bold == true)
    #expect(terminal.terminal.style(of: "here") == nil)
    #expect(
      terminal.screenText.split(separator: "\n", omittingEmptySubsequences: false).prefix(10) == [
        "top", "", "ab", "┌─┐red", "       y x", "1 45", "", "", "below", "",
      ])
  }
}
