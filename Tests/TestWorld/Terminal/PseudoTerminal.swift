import Glibc

/// A program on a terminal of its own, with a person in front of it: types keys, sees the screen,
/// changes its size, pulls the plug. The program leads the terminal's session; it and all it
/// started are killed when nobody holds the terminal any more.
public final class PseudoTerminal: Sendable {
  struct State: Sendable {
    var emulator: TerminalEmulator
    var transcript: [UInt8] = []
    var typed: [UInt8] = []
    /// The terminal's two sides; nil once it was hung up. The program's side is kept open here so
    /// that reading goes on, and the modes can be asked for, after the program's end.
    var sides: (program: Descriptor, person: Descriptor)?
    var reaped: Ending?
    /// Whether all that the program wrote until its end was read.
    var drained = false
    var hangingUp = false
    var readingEnded = false

    /// How the program ended, once nothing more of it can appear on the screen.
    var ending: Ending? { drained || readingEnded ? reaped : nil }
  }

  let state: Monitor<State>
  let process: ProcessWatch
  private let wake: Wake

  /// Starts `program`, an absolute path, on a new terminal of this size; the environment's TERM
  /// decides what the terminal can do. Throws if it cannot be started.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String],
    directory: String? = nil, columns: Int = 80, rows: Int = 24
  ) throws {
    let (person, path) = try Self.open()
    let ours = Descriptor(
      try check(Glibc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC), "open the terminal \(path)"))
    try person.makeNonBlocking()
    try Self.setSize(of: person, columns, rows)

    let term = environment["TERM"] ?? "xterm-256color"
    let state = Monitor(
      State(
        emulator: TerminalEmulator(columns: columns, rows: rows, term: term),
        sides: (program: ours, person: person)))
    let wake = try Wake()
    self.state = state
    self.wake = wake
    process = try ProcessWatch(
      Spawn(
        program: program, arguments: arguments, environment: environment, directory: directory,
        input: .terminal(path))
    ) { ending in
      state.change { $0.reaped = ending }
      wake.call()
    }
    try startThread { Self.transfer(person, wake, state) }
  }

  deinit {
    process.killSession()
    hangUp()
    _ = state.wait(patience) { $0.readingEnded && $0.ending != nil ? true : nil }
  }

  /// The program's process id, which is also the id of its session and its group.
  public var processID: Int32 { process.processID }

  /// The live processes of the session: the program and what it started, unless they left it.
  public var session: [SessionMember] { process.session }

  /// The terminal as it is now; everything about it at one moment.
  public var terminal: TerminalEmulator { state.read { $0.emulator } }
  /// The lines of the screen without the blanks at their ends.
  public var screen: [String] { terminal.screen }
  /// The screen as one text.
  public var screenText: String { terminal.screenText }
  /// Whether the cursor can be seen.
  public var cursorVisible: Bool { terminal.cursorVisible }
  /// Whether the alternate screen is shown.
  public var isAlternateScreen: Bool { terminal.isAlternateScreen }
  /// Sequences the program wrote that the terminal does not know.
  public var unknownSequences: [String] { terminal.unknownSequences }
  /// Every byte the program has written to the terminal so far.
  public var transcript: [UInt8] { state.read { $0.transcript } }

  /// Types keys; those of one call arrive together, so an escape key needs a call of its own to be
  /// told from the beginning of a sequence.
  public func send(_ keys: Key...) {
    state.change { state in
      for key in keys { state.typed += key.bytes(for: state.emulator) }
    }
    wake.call()
  }

  /// Changes the terminal's size; the program gets SIGWINCH. Throws after `hangUp`.
  public func resize(columns: Int, rows: Int) throws {
    try state.change { state in
      guard let sides = state.sides else { throw WorldFailure("the terminal was hung up") }
      state.emulator.resize(columns: columns, rows: rows)
      try Self.setSize(of: sides.person, columns, rows)
    }
  }

  /// The modes of the terminal now, also after the program's end: compare them with those before.
  /// Throws after `hangUp`.
  public func modes() throws -> TerminalModes {
    try state.read { state in
      guard let sides = state.sides else { throw WorldFailure("the terminal was hung up") }
      return try TerminalModes(of: sides.person)
    }
  }

  /// Sends the program a signal; nobody gets it once the program has ended.
  public func signal(_ number: Int32) { process.signal(number) }

  /// Ends the program at once, as `kill -9` does; what it started lives on.
  public func kill() { signal(SIGKILL) }

  /// Closes the terminal as when its window or its connection is gone: the program gets SIGHUP,
  /// and reading and writing fail from then on.
  public func hangUp() {
    state.change { $0.hangingUp = true }
    wake.call()
    _ = state.wait(patience) { $0.readingEnded ? true : nil }
  }

  /// A new terminal: the person's side of it, and the path of the program's (pts(4)).
  private static func open() throws -> (Descriptor, String) {
    let person = Descriptor(
      try check(Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC), "open /dev/ptmx"))
    try check(System.unlockpt(person.number), "unlock a terminal")
    var buffer = [CChar](repeating: 0, count: 64)
    let failure = System.ptsname(person.number, &buffer, buffer.count)
    if failure != 0 { throw WorldFailure("cannot name a terminal: \(systemMessage(failure))") }
    let path = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (person, String(decoding: path, as: UTF8.self))
  }

  private static func setSize(of terminal: Descriptor, _ columns: Int, _ rows: Int) throws {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try check(ioctl(terminal.number, UInt(TIOCSWINSZ), &size), "set the size of a terminal")
  }

  /// Carries bytes between the terminal and its state until it is hung up.
  private static func transfer(
    _ terminal: Descriptor, _ wake: Wake, _ state: Monitor<State>
  ) {
    var gone = false
    while !state.read({ $0.hangingUp }) {
      let typed = state.read { $0.typed[...] }
      // A terminal all whose users have gone is always ready to say so: no longer asked.
      let events = POLLIN | (typed.isEmpty ? 0 : POLLOUT)
      _ = waitUntilReady([(wake.waiting, POLLIN)] + (gone ? [] : [(terminal, events)]))
      wake.clear()
      let written = typed.isEmpty ? 0 : terminal.write(typed) ?? typed.count
      state.change { $0.typed.removeFirst(written) }
      let reaped = state.read { $0.reaped }
      reading: while true {
        switch terminal.read() {
        case .bytes(let bytes):
          state.change { state in
            state.transcript += bytes
            state.emulator.feed(bytes)
            state.typed += state.emulator.replies
            state.emulator.replies = []
          }
        case .nothingNow: break reading
        case .ended:
          gone = true
          break reading
        }
      }
      // The kernel answers “nothing now” only after it has delivered all that was written.
      state.change { $0.drained = reaped != nil }
    }
    state.change { state in
      state.sides = nil
      state.readingEnded = true
    }
  }
}
