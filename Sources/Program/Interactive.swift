import Effects
import FoundationEssentials
import Glibc
import Screens
import Terminal
import TerminalText
import Wizard

/// The wizard on the screen: keys in, frames out, one event at a time on the main thread.
struct Interactive: Front {
  let options: Options
  let runner: Runner
  let signals: SignalQueue
  let theme: Theme
  let screen: Screen

  var state: WizardState
  private var ui: ViewState
  /// What is on the screen; `nil` when something has happened since that may change it.
  private var shown: ScreenLayout?
  private var programs: UserPrograms
  private var lastTick: Timestamp
  /// The address that was offered last.
  private var offered: String?
  /// What the pane lacks about the row that the cursor is on, and since when.
  private var resting: (subject: Glance.Subject, since: ContinuousClock.Instant)?
  /// What a person was called for, or saw.
  private var called: String?

  init(
    options: Options, runner: Runner, signals: SignalQueue, theme: Theme,
    screen: Screen, preferences: Preferences
  ) {
    self.ui = ViewState(preferences)
    ui.zone = options.settings.zone
    if !options.usesMouse {
      ui.mouseObstacle = "--no-mouse leaves the mouse to the terminal for this run."
    } else if !screen.hasMouse {
      ui.mouseObstacle = "This terminal does not say what its mouse does."
    }
    self.options = options
    self.programs = UserPrograms(runner.world.environment)
    self.runner = runner
    self.signals = signals
    self.theme = theme
    self.screen = screen
    lastTick = runner.world.clock()
    var answers = options.answers
    (answers.run.lastLayout, answers.run.lastUnitContents) = (
      preferences.layout, preferences.unitContents
    )
    answers.run.sync.remembered = preferences.sync
    answers.run.sync.lastOrganization = preferences.connection?.organization
    self.state = WizardState(answers: answers, now: runner.world.clock())
  }

  /// What is to be remembered for the next run.
  var preferences: Preferences { ui.preferences(state) }

  mutating func show() -> Wait? {
    ui.takePreferredTab(state)
    screen.takesMouse = ui.takesMouse
    screen.links = Set([offered, state.hubAddress].compactMap { $0 })
    screen.title = state.windowTitle
    readRunLog(isNew: true)
    let layout = layout()
    screen.draw(draw(layout))
    callWhoeverLooksAway()
    let rest: Int32 = ui.followsLog || layout.showsRunLog ? 1000 : .max
    return Wait(
      descriptors: [screen.inputDescriptor],
      milliseconds: min(noteRest(layout.lacking) ?? .max, isBusy ? 100 : rest))
  }

  /// A cursor that moves on asks for nothing: only where it rests, something is read.
  private static let rest = Duration.milliseconds(300)

  /// How long the cursor has still to rest; `nil` where there is nothing to be read.
  private mutating func noteRest(_ lacking: Glance.Subject?) -> Int32? {
    guard let lacking else {
      resting = nil
      return nil
    }
    if resting?.subject != lacking { resting = (lacking, .now) }
    guard let resting else { return nil }
    let left = Self.rest - resting.since.duration(to: .now)
    return max(0, Int32(left / .milliseconds(1)))
  }

  private mutating func askWhereItRests() {
    guard let resting, resting.since.duration(to: .now) >= Self.rest,
      layout().lacking == resting.subject
    else { return }
    self.resting = nil
    take(.glance(at: resting.subject))
  }

  /// Once for each thing that waits for a person, as soon as it does.
  private mutating func callWhoeverLooksAway() {
    guard options.calls != .off else { return }
    let attention = state.attention
    guard attention != called else { return }
    called = attention
    guard let attention, !screen.isLookedAt else { return }
    screen.call(with: options.calls == .message ? "map-import: \(attention)" : nil)
  }

  mutating func takeInput() {
    if screen.hasHungUp { take(signal: SIGHUP) }
    for key in screen.readKeys() { take(key) }
    askWhereItRests()
    if isBusy {
      ui.spinner += 1
      shown = nil
    }
    let now = world.clock()
    if now != lastTick {
      lastTick = now
      take(.tick)
      followLog()
      readRunLog(isNew: false)
    }
  }

  /// Something is under way that the screen shows to be.
  private var isBusy: Bool {
    state.running.values.contains { if case .pause(.saveRetry) = $0.work { false } else { true } }
  }

  /// The layout of this moment: the one that is on the screen, unless something has changed.
  private mutating func layout() -> ScreenLayout {
    if let shown { return shown }
    let layout = Screens.layout(state, &ui, size: screen.size, theme: theme)
    shown = layout
    return layout
  }

  private mutating func press(_ key: Key) -> Intent {
    let layout = layout()
    shown = nil
    return Screens.press(key, layout, state, &ui)
  }

  mutating func isAbout(toTake event: Event) {
    // A layout holds parts of the state, which would be copied to be changed.
    shown = nil
  }

  private mutating func take(_ key: Key) {
    switch press(key) {
    case .nothing: break
    case .event(let event): take(event)
    case .viewLog(let path): viewLog(path)
    case .viewCommands:
      ui.show(
        EquivalentCommand(state, program: options.ownWords), world.calls.all, next: state.nextSteps,
        columns: screen.size.columns)
    case .viewWorkerLog: viewWorkerLog()
    case .writeReport: ui.notice = MapImport.writeReport(state, options)
    case .openPager(let text):
      ui.notice = screen.handOver { programs.page(text) }
    case .editProposal: editProposal()
    case .copy(let text):
      let lines = text.split(separator: "\n").count
      ui.notice =
        screen.copy(text)
        ? "Copied\(lines > 1 ? ", \(lines) lines" : ""), if the terminal lets programs copy."
        : "This terminal has no clipboard for programs; x shows all commands."
    case .offer(let address):
      offered = address
      screen.links.insert(address)
      if screen.copy(address) { ui.notice = ui.notice.map { "\($0) The address is copied." } }
    case .suspend: screen.suspend()
    case .redraw: screen.redraw()
    }
  }

  mutating func take(signal: Int32) {
    shown = nil
    switch signal {
    case SIGWINCH, SIGCONT: screen.resized()
    case SIGTSTP: screen.suspend()
    default: take(.leaveNow(.init(.signal(signal))))
    }
  }

  /// cub gets the real terminal for as long as it needs.
  mutating func signIn() -> Outcome? { screen.handOver { runner.signIn() } }

  private mutating func editProposal() {
    guard let proposal = state.session.proposal else { return }
    do {
      let plan = try screen.handOver { () throws(Failure) in try programs.edit(proposal) }
      take(.replaceProposal(plan))
      if state.session.proposal == plan.proposal { programs.forgetDraft() }
    } catch {
      ui.tell(error)
    }
  }

  private mutating func viewWorkerLog() {
    let slug = state.localWorkerSlug
    do {
      guard let log = try runner.sessions.readWorkerLog(slug) else {
        ui.notice = "No worker \(slug) was started here."
        return
      }
      ui.open(log)
    } catch {
      ui.notice = error.message
    }
  }

  private mutating func viewLog(_ path: String) {
    do {
      ui.open(try runner.sessions.readLog(path))
    } catch {
      ui.notice = error.message
    }
  }

  /// Of a log in the pane, so many bytes: it is read again and again between keys.
  private static let paneLog = 64 << 10

  /// Reads the log of this run for the pane, when it comes into sight and once a second after that.
  private mutating func readRunLog(isNew: Bool) {
    guard layout().showsRunLog, let path = state.session.logs.last ?? state.session.logFile,
      !isNew || ui.runLog?.name != path
    else { return }
    let log =
      (try? runner.sessions.readLog(path, last: Self.paneLog)) ?? LogText(name: path, lines: [])
    guard log != ui.runLog else { return }
    ui.runLog = log
    shown = nil
  }

  /// Reads the log again whose end is in sight; one that is gone meanwhile stays as it was shown.
  private mutating func followLog() {
    guard ui.followsLog, let shown = ui.log else { return }
    let worker = try? runner.sessions.readWorkerLog(state.localWorkerSlug)
    let now = worker?.name == shown.name ? worker : try? runner.sessions.readLog(shown.name)
    guard let now, now != shown else { return }
    ui.take(grown: now)
    self.shown = nil
  }
}
