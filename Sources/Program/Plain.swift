import Effects
import Glibc
import Screens
import Terminal
import TerminalText
import Wizard

/// The wizard on plain lines: answers are read from stdin, a line at a time.
struct Plain: Front {
  let options: Options
  let runner: Runner
  let signals: SignalQueue

  /// Whether what is written can have other than ASCII characters.
  private let isUTF8: Bool
  var state: WizardState
  private var wizard: PlainWizard
  private var programs: UserPrograms
  private var input = LineInput()
  private let isInteractive = isatty(STDIN_FILENO) == 1
  /// What is typed is read now.
  private var isListening = false
  /// The question that stands at the end of the output.
  private var asked: String?

  init(
    options: Options, runner: Runner, signals: SignalQueue, theme: Theme, isUTF8: Bool,
    preferences: Preferences
  ) {
    self.options = options
    self.programs = UserPrograms(runner.world.environment)
    self.runner = runner
    self.signals = signals
    self.isUTF8 = isUTF8
    self.wizard = PlainWizard(theme: theme, zone: options.settings.zone)
    var answers = options.answers
    answers.run.sync.remembered = preferences.sync
    answers.run.sync.lastOrganization = preferences.connection?.organization
    self.state = WizardState(answers: answers, now: runner.world.clock())
  }

  mutating func show() -> Wait? {
    say(wizard.news(state))
    if case .left = state.stage { return nil }
    let question = wizard.question(state)
    if let question { ask(question) }
    // What is typed ahead into a pipe belongs to the questions that come.
    isListening = isInteractive || question != nil
    if isListening, let line = input.next() {
      take(line: line)
      return nil
    }
    return Wait(
      descriptors: isListening ? [STDIN_FILENO] : [], milliseconds: question == nil ? 1000 : -1)
  }

  mutating func takeInput() {
    take(.tick)
    if isListening, !input.read() { end() }
  }

  /// Nobody will answer any more.
  private mutating func end() {
    if case .left = state.stage { return }
    if let line = input.rest() { return take(line: line) }
    say(["End of input."])
    take(.leaveNow(.init(.done)))
    while true {
      if case .left = state.stage { return }
      takeNews(after: Wait())
    }
  }

  private mutating func say(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    // The question is no longer at the end of the output.
    if asked != nil { MapImport.out("\n") }
    asked = nil
    write(lines.map { $0 + "\n" }.joined())
  }

  private func write(_ text: String) {
    MapImport.out(MapImport.text(text, isUTF8: isUTF8))
  }

  private mutating func ask(_ question: String) {
    guard question != asked else { return }
    if asked != nil { MapImport.out("\n") }
    asked = question
    write(question)
  }

  private mutating func take(line: String) {
    // A terminal has shown it itself.
    if !isInteractive { write(escaped(line) + "\n") }
    asked = nil
    let reply = wizard.answer(line, state)
    say(reply.lines)
    for intent in reply.intents { take(intent) }
  }

  private mutating func take(_ intent: Intent) {
    switch intent {
    case .nothing, .suspend, .redraw, .offer, .copy: break
    case .event(let event): take(event)
    case .viewLog(let path): show { keeper throws(Failure) in try keeper.readLog(path) }
    case .viewCommands:
      let twin = EquivalentCommand(state, program: options.ownWords)
      let lines = commandLines(twin, world.calls.all, next: state.nextSteps, width: 76)
      say(lines.map { escaped($0) })
    case .viewWorkerLog:
      let slug = state.localWorkerSlug
      show { keeper throws(Failure) in try keeper.readWorkerLog(slug) }
    case .writeReport: say([escaped(MapImport.writeReport(state, options))])
    case .openPager(let text): say(text.lines.map { escaped($0) })
    case .editProposal: editProposal()
    }
  }

  private mutating func editProposal() {
    guard let proposal = state.session.proposal else { return }
    guard isInteractive else { return say(["An editor needs a terminal."]) }
    do {
      let plan = try programs.edit(proposal)
      take(.replaceProposal(plan))
      if state.session.proposal == plan.proposal { programs.forgetDraft() }
    } catch {
      say([wizard.told(error)])
    }
  }

  /// cub talks with the person itself.
  mutating func signIn() -> Outcome? {
    say(wizard.news(state))
    return runner.signIn()
  }

  mutating func take(signal: Int32) {
    switch signal {
    case SIGWINCH: break
    case SIGTSTP: kill(getpid(), SIGSTOP)
    case SIGCONT: asked = nil
    default: take(.leaveNow(.init(.signal(signal))))
    }
  }

  /// The end of a log.
  private mutating func show(_ read: (SessionKeeper) throws(Failure) -> LogText?) {
    do throws(Failure) {
      guard let log = try read(runner.sessions) else { return say(["Nothing was written yet."]) }
      say(([log.name] + log.lines.suffix(40)).map { escaped($0) })
    } catch {
      say([escaped(error.message)])
    }
  }
}

/// Lines of stdin, as they come.
private struct LineInput {
  private var bytes: [UInt8] = []

  /// Takes what can be read without waiting; `false` at the end of the input.
  mutating func read() -> Bool {
    var polled = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, 0) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    bytes += buffer[..<count]
    return count > 0
  }

  mutating func next() -> String? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { bytes.removeFirst(end + 1) }
    return String(decoding: bytes[..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }

  /// A last line without an end.
  mutating func rest() -> String? {
    defer { bytes = [] }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
