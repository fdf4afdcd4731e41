import Wizard

/// What lies over the screen until it is taken off: `ViewState.layers`, the topmost last.
///
/// Three things that lie over a screen are the wizard's own and stay in its state, since other events
/// than keys open and close them: whether to leave is asked (`isAskedToLeave`), the preview of a unit
/// (`preview`) and the manifests of a worker (`manifest`).
enum Layer: Sendable {
  case help
  case log(LogText)
  /// All about one workload.
  case details(WorkloadKey)
  /// What the scan could not read, left out, and saw change.
  case omissions
  /// One of the stored sessions, in place of their list; it has the keys of the list.
  case session(Row.ID)
  /// One of the sessions that ConfigHub keeps, in place of the panels of the tab.
  case teamSession(String)
  /// A name that is typed, below the rows.
  case textEntry(TextEntry)
  /// A filter that is typed, above the rows.
  case filter
  /// Words that are looked for in a text; `ViewState.search` has them.
  case search
  /// All that can be done.
  case actions(ActionList)
  /// Names, one of which is picked.
  case picker(Picker)
  /// Whether sessions are kept in ConfigHub, too.
  case sync

  var id: LayerID? {
    switch self {
    case .help: .help
    case .log: .log
    case .details: .details
    case .omissions: .omissions
    case .session, .teamSession: nil
    case .textEntry: .textEntry
    case .filter: .filter
    case .search: .search
    case .actions: .actions
    case .picker: .picker
    case .sync: .sync
    }
  }

  /// Whether it hides the screen: going to a tab takes it off.
  var isCover: Bool {
    switch self {
    case .help, .log, .details, .omissions, .sync: true
    case .session, .teamSession, .textEntry, .filter, .search, .actions, .picker: false
    }
  }

  /// Whether it stays when another screen comes under it.
  func stays(from before: ScreenID?, to screen: ScreenID) -> Bool {
    switch self {
    case .help, .log: true
    // What was looked at while it arrived is still there when all has.
    case .details, .omissions: before == .scanning && screen == .review
    case .teamSession: screen == .teamSession
    case .session, .textEntry, .filter, .search, .actions, .picker, .sync: false
    }
  }
}

/// Which layer has the keys.
package enum LayerID: String, CaseIterable, Sendable {
  case details, omissions, log, help, textEntry, filter, search, actions, picker, sync,
    leaving

  /// Whether every character is text there.
  var isText: Bool {
    switch self {
    case .textEntry, .filter, .search, .actions, .picker: true
    case .details, .omissions, .log, .help, .sync, .leaving: false
    }
  }

  /// Its room: its keys with what they do.
  var room: any LayerRoom.Type {
    switch self {
    case .details: DetailsLayer.self
    case .omissions: OmissionsLayer.self
    case .log: LogLayer.self
    case .help: HelpLayer.self
    case .textEntry: TextEntryLayer.self
    case .filter: FilterLayer.self
    case .search: SearchLayer.self
    case .actions: ActionsLayer.self
    case .picker: PickerLayer.self
    case .sync: SyncLayer.self
    case .leaving: LeaveDialog.self
    }
  }
}

/// The room of a layer.
protocol LayerRoom {
  /// Its own keys, besides those that work everywhere.
  static var keys: [KeyHandler] { get }

  /// Lays out what stands between the rule and the status line.
  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>)
}
