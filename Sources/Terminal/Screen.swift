import CNcurses
import FoundationEssentials
import Glibc
import TerminalText

/// The real terminal between `init` and `stop()`; for the main thread only, as curses is.
public final class Screen {
  /// Ready to read when keys have come; a hang-up there means that the terminal is gone.
  public let inputDescriptor: Int32 = STDIN_FILENO
  /// Whether the person's locale can show more than ASCII.
  public let isUTF8: Bool

  /// Whether this terminal can say what is done with its mouse.
  public var hasMouse: Bool { !mouseOff.isEmpty }

  private(set) var palette: Palette
  private let skin: Skin
  private var looks = Looks()
  private var hasAsked = false
  /// False before `init` is through, while another program has the terminal, and after `stop()`.
  private(set) var isUp = false
  private var hasStopped = false
  private let modes: termios
  private let errors: CapturedErrors
  private let pasteOn: [UInt8]
  private let pasteOff: [UInt8]
  private let mouseOff: [UInt8]
  /// Ends what is asked for in `takeAttention`.
  private let attentionOff: [UInt8]
  private var oldHandlers: [(signal: Int32, action: sigaction)] = []
  private var decoder = KeyDecoder()
  /// Whether the window has the keyboard, as far as the terminal says; it has, where it never does.
  public private(set) var isLookedAt = true

  /// Takes the terminal: the alternate screen, raw keys, bracketed paste where the terminal has it.
  ///
  /// Throws where input or output is no terminal, or one of a type that cannot be drawn on.
  ///
  /// - Parameter skin: what the person wants instead of the usual colours.
  public init(usesColour: Bool, skin: Skin = Skin()) throws(TerminalError) {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError("The input and the output must both be a terminal.")
    }
    self.modes = modes
    errors = try CapturedErrors()
    isUTF8 = adoptLocale()
    try Self.startCurses()

    let pasteOn = capability("BE") ?? []
    self.pasteOn = pasteOn
    pasteOff = capability("BD") ?? []
    mouseOff = Terminal.mouseOff()
    attentionOff = capability("Ms") == nil ? [] : Array(Self.attentionEnd.utf8)
    self.skin = skin
    palette = usesColour ? Self.startColours(skin) : .mono
    Self.defineKeys(withPaste: !pasteOn.isEmpty)
    oldHandlers = FatalSignalHandler.install()
    enter()
  }

  deinit { stop() }

  /// Whether the mouse is reported, as keys; while it is, a person cannot mark text with it as usual.
  ///
  /// Curses ends the reports whenever it gives the terminal back.
  public var takesMouse = false {
    didSet {
      guard takesMouse != oldValue, hasMouse else { return }
      if isUp { arm() }
      shim_report_mouse(takesMouse ? 1 : 0)
    }
  }

  /// Addresses, printable ASCII, that are drawn as links wherever they stand (OSC 8).
  public var links: Set<String> = []
  /// The rows in which it stands now.
  var linkedRows: Set<Int> = []

  /// Hands the text to the terminal's clipboard (OSC 52); `false` where the terminal has none. Whether it
  /// takes it is for the person to say, in the terminal's settings.
  public func copy(_ text: String) -> Bool {
    guard isUp, capability("Ms") != nil else { return false }
    let sequence = Array("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}".utf8)
    writeAll(sequence, count: sequence.count, to: STDOUT_FILENO)
    return true
  }

  /// The title of the terminal's window; the one before comes back when the terminal is given back.
  public var title = "" {
    didSet { if title != oldValue, isUp, !attentionOff.isEmpty { write(titleSequence) } }
  }

  /// Calls whoever looks at another window: with a sentence where the terminal shows those (OSC 9), else
  /// with its bell.
  public func call(with sentence: String?) {
    guard isUp else { return }
    write(sentence.map { "\u{1B}]9;\(Self.plain($0))\u{7}" } ?? "\u{7}")
  }

  // Only terminals that take texts from programs (`Ms`) are sent what terminfo does not know: those pass
  // over what they do not know themselves.

  /// Says when the window gets the keyboard and loses it; keeps the window's title.
  private static let attentionStart = "\u{1B}[?1004h\u{1B}[22;2t"
  private static let attentionEnd = "\u{1B}[?1004l\u{1B}[23;2t"

  private var titleSequence: String {
    title.isEmpty ? "" : "\u{1B}]2;\(Self.plain(title))\u{7}"
  }

  /// Nothing in it can end the sequence that it stands in.
  private static func plain(_ text: String) -> String {
    String(
      escaped(text).unicodeScalars.map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" })
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    writeAll(bytes, count: bytes.count, to: STDOUT_FILENO)
  }

  /// The size that `draw` fills; a new one is taken over by `resized()`, and by coming back.
  public var size: Size {
    Size(columns: Int(getmaxx(shim_screen())), rows: Int(getmaxy(shim_screen())))
  }

  /// What has arrived, at most some thousand keys at a time; waits only the 25 ms (`ESCDELAY`) that
  /// tell an escape key from an escape sequence.
  public func readKeys() -> [Key] {
    guard isUp else { return [] }
    var inputs: [KeyDecoder.Input] = []
    var value = wint_t()
    while inputs.count < 4096 {
      switch wget_wch(shim_screen(), &value) {
      case OK: if let scalar = Unicode.Scalar(value) { inputs.append(.scalar(scalar)) }
      case KEY_CODE_YES where Int32(bitPattern: value) == KEY_MOUSE:
        if let key = Self.mouseKey() { inputs.append(.mouse(key)) }
      case KEY_CODE_YES where Int32(bitPattern: value) == KeyDecoder.lookedAt: isLookedAt = true
      case KEY_CODE_YES where Int32(bitPattern: value) == KeyDecoder.lookedAway: isLookedAt = false
      case KEY_CODE_YES: inputs.append(.code(Int32(bitPattern: value)))
      default: return keys(from: inputs)
      }
    }
    return keys(from: inputs)
  }

  private func keys(from inputs: [KeyDecoder.Input]) -> [Key] {
    let keys = decoder.keys(from: inputs, at: .now)
    if !decoder.answers.isEmpty {
      for answer in decoder.answers { looks.take(answer: answer) }
      decoder.answers = []
      palette = Self.colours(looks, skin)
    }
    return keys
  }

  /// Asks once what the terminal looks like. The first frame is there by then, and nothing waits for an
  /// answer: it comes among the keys, or never.
  func askForLooks() {
    guard !hasAsked, palette != .mono, tigetflag("XT") > 0 else { return }
    hasAsked = true
    decoder.isAsking = true
    write(Looks.question)
  }

  /// Whether its window or its connection is gone. SIGHUP says so only to whom it controls, see
  /// setsid(2).
  public var hasHungUp: Bool {
    var input = pollfd(fd: inputDescriptor, events: 0, revents: 0)
    return poll(&input, 1, 0) > 0 && input.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
  }

  /// Takes over the size that the terminal has now; for SIGWINCH. The next `draw` paints all of it.
  public func resized() {
    guard isUp else { return }
    fit()
    clearok(shim_shown(), true)
  }

  /// Paints everything anew, also after another program or the shell had the terminal.
  public func redraw() {
    handOver {}
  }

  /// Gives the real terminal, as it was before us, to the body, and takes it again afterwards.
  ///
  /// A ctrl-c meanwhile goes to us too, and waits in the `SignalQueue`.
  public func handOver<T, Problem>(_ body: () throws(Problem) -> T) throws(Problem) -> T {
    guard isUp else { return try body() }
    leave()
    defer { enter() }
    return try body()
  }

  /// Stops the process and its group as ctrl-z does elsewhere, and comes back when it is continued.
  public func suspend() {
    handOver {
      var stop = sigset_t()
      var previous = sigset_t()
      sigemptyset(&stop)
      sigaddset(&stop, SIGTSTP)
      kill(0, SIGTSTP)
      pthread_sigmask(SIG_UNBLOCK, &stop, &previous)
      pthread_sigmask(SIG_SETMASK, &previous, nil)
    }
  }

  /// Gives the terminal back for good, and then says what was said on standard error meanwhile.
  public func stop() {
    if hasStopped { return }
    hasStopped = true
    if isUp { leave() }
    FatalSignalHandler.uninstall(oldHandlers)
    errors.dump()
  }

  /// What a report of the mouse comes to; `nil` for a button that has no meaning here.
  private static func mouseKey() -> Key? {
    var (row, column) = (Int32(0), Int32(0))
    switch shim_mouse_button(&row, &column) {
    case 1: return .click(CellPosition(row: Int(row), column: Int(column)))
    case 4: return .wheelUp
    case 5: return .wheelDown
    default: return nil
    }
  }

  private func arm() {
    let modesOff = (takesMouse ? mouseOff : []) + pasteOff + attentionOff
    FatalSignalHandler.arm(
      sequence: restoringSequence(rows: size.rows, modesOff: modesOff), modes: modes,
      errors: errors)
  }

  private func enter() {
    arm()
    errors.begin()
    fit()
    clearok(shim_shown(), true)
    wrefresh(shim_screen())
    writeAll(pasteOn, count: pasteOn.count, to: STDOUT_FILENO)
    isUp = true
    isLookedAt = true
    if !attentionOff.isEmpty { write(Self.attentionStart + titleSequence) }
  }

  private func leave() {
    isUp = false
    writeAll(pasteOff, count: pasteOff.count, to: STDOUT_FILENO)
    writeAll(attentionOff, count: attentionOff.count, to: STDOUT_FILENO)
    endwin()
    // Without an alternate screen the frame stays, and curses leaves the cursor in its last row.
    if capability("rmcup") == nil { writeAll("\r\n", count: 2, to: STDOUT_FILENO) }
    // Curses goes back to the modes it found; so do we, should it have gone wrong.
    var modes = modes
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    errors.end()
    FatalSignalHandler.disarm()
  }

  private func fit() {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
      window.ws_row > 0, is_term_resized(Int32(window.ws_row), Int32(window.ws_col))
    else { return }
    resizeterm(Int32(window.ws_row), Int32(window.ws_col))
  }
}
