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
    screen.draw(draw(layout()))
    return Wait(descriptors: [screen.inputDescriptor], milliseconds: isBusy ? 100 : -1)
  }

  mutating func takeInput() {
    if screen.hasHungUp { take(signal: SIGHUP) }
    for key in screen.readKeys() { take(key) }
    if isBusy {
      ui.spinner += 1
      shown = nil
    }
    let now = world.clock()
    if now != lastTick {
      lastTick = now
      take(.tick)
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
    case .offer(let address):
      screen.link = address
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
      ui.log = try runner.sessions.readWorkerLog(slug)
      if ui.log == nil { ui.notice = "No worker \(slug) was started here." }
    } catch {
      ui.notice = error.message
    }
  }

  private mutating func viewLog(_ path: String) {
    do {
      ui.log = try runner.sessions.readLog(path)
    } catch {
      ui.notice = error.message
    }
  }
}
