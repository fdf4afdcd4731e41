import Effects
import FoundationEssentials
import Glibc
import Screens
import Terminal
import TerminalText
import Wizard

/// The wizard on the screen: keys in, frames out, one event at a time on the main thread.
struct Interactive {
  let world: World
  let options: Options
  let runner: Runner
  let signals: SignalQueue
  let theme: Theme

  private var state: WizardState
  private var ui: ViewState
  /// What is on the screen; `nil` when something has happened since that may change it.
  private var shown: ScreenLayout?
  private var programs: UserPrograms

  init(
    world: World, options: Options, runner: Runner, signals: SignalQueue, theme: Theme,
    preferences: Preferences
  ) {
    self.ui = ViewState(preferences)
    if !options.usesMouse {
      ui.mouseHindrance = "--no-mouse leaves the mouse to the terminal for this run."
    }
    self.world = world
    self.options = options
    self.programs = UserPrograms(world.environment)
    self.runner = runner
    self.signals = signals
    self.theme = theme
    var answers = options.answers
    (answers.lastLayout, answers.lastUnitContents) = (preferences.layout, preferences.unitContents)
    self.state = WizardState(answers: answers, now: world.clock())
  }

  /// What is to be remembered for the next run.
  var preferences: Preferences { ui.preferences(state) }

  /// Returns when the person has left, with the last state.
  mutating func run(on screen: Screen) -> WizardState {
    if !screen.hasMouse, ui.mouseHindrance == nil {
      ui.mouseHindrance = "This terminal does not say what its mouse does."
    }
    take(.begin(options.start), screen)
    var lastTick = world.clock()
    while true {
      if case .left = state.stage { return state }
      ui.takePreferredTab(state)
      screen.takesMouse = ui.takesMouse
      screen.draw(draw(layout(for: screen)))
      runner.queue.wait(
        orReadable: [screen.inputDescriptor, signals.descriptor], milliseconds: isBusy ? 100 : -1)
      for signal in signals.read() { take(signal: signal, screen) }
      if screen.hasHungUp { take(signal: SIGHUP, screen) }
      for event in runner.queue.take() { take(event, screen) }
      for key in screen.readKeys() { take(key, screen) }
      if isBusy {
        ui.spinner += 1
        shown = nil
      }
      let now = world.clock()
      if now != lastTick {
        lastTick = now
        take(.tick, screen)
      }
    }
  }

  /// Something is under way that the screen shows to be.
  private var isBusy: Bool {
    state.running.values.contains { if case .pause(.saveRetry) = $0.work { false } else { true } }
  }

  /// The layout of this moment: the one that is on the screen, unless something has changed.
  private mutating func layout(for screen: Screen) -> ScreenLayout {
    if let shown { return shown }
    let layout = Screens.layout(state, &ui, size: screen.size, theme: theme)
    shown = layout
    return layout
  }

  private mutating func press(_ key: Key, _ screen: Screen) -> Intent {
    let layout = layout(for: screen)
    shown = nil
    return Screens.press(key, layout, state, &ui)
  }

  private mutating func take(_ event: Event, _ screen: Screen) {
    // First, since a layout holds parts of the state, which would be copied to be changed.
    shown = nil
    let effects = state.take(event, at: world.clock())
    runner.note(state)
    for effect in effects {
      if effect.work == .read(.signIn) {
        signIn(effect.id, screen)
      } else {
        runner.perform(effect)
      }
    }
  }

  private mutating func take(_ key: Key, _ screen: Screen) {
    switch press(key, screen) {
    case .nothing: break
    case .event(let event): take(event, screen)
    case .viewLog(let path): viewLog(path)
    case .viewCommands:
      ui.show(
        CommandTwin(state, program: options.ownWords), world.calls.all, next: state.deliverySteps,
        columns: screen.size.columns)
    case .viewWorkerLog: viewWorkerLog()
    case .writeReport: ui.notice = MapImport.writeReport(state, options)
    case .openPager(let text):
      ui.notice = screen.handOver { programs.page(text) }
    case .editProposal: editProposal(screen)
    case .suspend: screen.suspend()
    case .redraw: screen.redraw()
    }
  }

  private mutating func take(signal: Int32, _ screen: Screen) {
    shown = nil
    switch signal {
    case SIGWINCH, SIGCONT: screen.resized()
    case SIGTSTP: screen.suspend()
    default: take(.leaveNow(.init(.signal(signal))), screen)
    }
  }

  /// cub gets the real terminal for as long as it needs.
  private mutating func signIn(_ id: EffectID, _ screen: Screen) {
    let outcome = screen.handOver { runner.signIn() }
    take(.finished(id, outcome), screen)
  }

  private mutating func editProposal(_ screen: Screen) {
    guard let proposal = state.session.proposal else { return }
    do {
      let plan = try screen.handOver { () throws(Failure) in try programs.edit(proposal) }
      take(.replaceProposal(plan), screen)
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
