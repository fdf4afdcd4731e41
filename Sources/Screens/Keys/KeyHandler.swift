import Wizard

/// A key of a screen or of a layer, by its action, with what it does there.
struct KeyHandler: Sendable {
  let action: Action
  let perform: @Sendable (inout KeyPress) -> Intent
  /// Whether the key line names it now; where it does not, pressing it says why.
  let isOffered: @Sendable (WizardState, ViewState) -> Bool

  init(
    _ action: Action,
    isOffered: @escaping @Sendable (WizardState, ViewState) -> Bool = { _, _ in true },
    _ perform: @escaping @Sendable (inout KeyPress) -> Intent
  ) {
    self.action = action
    self.perform = perform
    self.isOffered = isOffered
  }

  /// A key that always has the same intent.
  init(_ action: Action, _ intent: Intent) { self.init(action) { _ in intent } }

  /// A key that sends an event to the wizard.
  init(
    _ action: Action,
    isOffered: @escaping @Sendable (WizardState, ViewState) -> Bool = { _, _ in true },
    sends event: Event
  ) {
    self.init(action, isOffered: isOffered) { _ in .event(event) }
  }

  /// The keys of a room, in groups.
  static func all(_ groups: [KeyHandler]...) -> [KeyHandler] { groups.flatMap { $0 } }
}

extension [KeyHandler] {
  /// Works on every screen and on every layer.
  static let everywhere = [
    KeyHandler(.help) { $0.toggleHelp() },
    KeyHandler(.leaveNow, sends: .leaveNow(.init(.interrupted))),
    KeyHandler(.suspend, .suspend),
    KeyHandler(.redraw, .redraw),
  ]

  /// Works where no text is typed.
  static let leave = [
    KeyHandler(.leave) { press in
      // The question whether to leave must not be under the help.
      press.ui.takeOff(.help)
      return .event(.leave)
    }
  ]

  /// Works where no text is typed and no question is asked.
  static let tabs = [
    KeyHandler(.actions) { $0.showActions() },
    KeyHandler(.nextTab) { $0.turn(by: 1) },
    KeyHandler(.previousTab) { $0.turn(by: -1) },
    KeyHandler(.tab(.cluster)) { $0.turn(to: .cluster) },
    KeyHandler(.tab(.configHub)) { $0.turn(to: .configHub) },
    KeyHandler(.tab(.importing)) { $0.turn(to: .importing) },
    KeyHandler(.toggleMouse) { $0.toggleMouse() },
  ]

  /// Opens what was written about a run.
  static let logs = [
    KeyHandler(.viewLog, isOffered: { state, _ in state.stage != .starting }) { $0.viewLog() },
    KeyHandler(.viewCommands, .viewCommands),
  ]

  /// Works on every screen that only lies over another one, and is closed.
  static let everyView: [KeyHandler] = KeyHandler.all(
    .everywhere, .tabs, .logs,
    [
      KeyHandler(.sessions) { $0.toggleSessions() },
      KeyHandler(
        .takeOver,
        isOffered: { state, ui in state.otherHolder != nil || ui.screen == .teamSession }
      ) { $0.takeOver() },
    ])

  static let everyScreen: [KeyHandler] = KeyHandler.all(.leave, .everyView)

  static let omissions = [KeyHandler(.omissions) { $0.showOmissions() }]

  /// Works on every screen of a step, except those that only show a unit.
  static let step: [KeyHandler] = KeyHandler.all(
    .omissions,
    [KeyHandler(.escape) { $0.escape() }, .previousStep])

}

extension KeyHandler {
  fileprivate static let previousStep = KeyHandler(
    .back, isOffered: { state, _ in state.canGoBack }
  ) { _ in
    .event(.goBack)
  }
}

extension [KeyHandler] {
  static let goOn = [KeyHandler(.goOn, sends: .goOn)]
  static let retry = [KeyHandler(.retry, sends: .retry)]
  /// In the steps after the units were created.
  static let retryFailed = [
    KeyHandler(.retryFailed, isOffered: { _, ui in ui.unfinished.count > 0 }, sends: .retryFailed)
  ]
  static let skip = [KeyHandler(.skip, sends: .skip)]
  static let history = [KeyHandler(.undo, sends: .undo), KeyHandler(.redo, sends: .redo)]

  /// Moves the cursor, or scrolls a text.
  static let rows = [
    KeyHandler(.up) { $0.move(.up) },
    KeyHandler(.down) { $0.move(.down) },
    KeyHandler(.pageUp) { $0.move(.pageUp) },
    KeyHandler(.pageDown) { $0.move(.pageDown) },
    KeyHandler(.first) { $0.move(.first) },
    KeyHandler(.last) { $0.move(.last) },
  ]

  static let filter = [
    KeyHandler(.filter) { press in
      press.ui.push(.filter)
      return .nothing
    }
  ]

  static let choosing = [
    KeyHandler(.choose) { $0.choose(.row) },
    KeyHandler(.chooseShown) { $0.choose(.shown) },
    KeyHandler(.chooseAll) { $0.choose(.all) },
  ]

  /// Moves a text sideways.
  static let shifting = [
    KeyHandler(.shiftLeft) { $0.shift(.left) },
    KeyHandler(.shiftRight) { $0.shift(.right) },
  ]

  /// Keys about the worker that this wizard started.
  static let localWorker = [
    KeyHandler(.viewWorkerLog, .viewWorkerLog),
    KeyHandler(.keepWorker) { .event(.keepWorker(!$0.state.keepsWorker)) },
  ]
}
