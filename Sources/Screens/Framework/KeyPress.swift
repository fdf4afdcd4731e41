import TerminalText
import Wizard

/// What a key comes to.
package enum Intent: Hashable, Sendable {
  case nothing
  case event(Event)
  /// Open the log of this name.
  case viewLog(String)
  /// Show the command line that does the same, and what was run.
  case viewCommands
  /// Open what the local worker has written.
  case viewWorkerLog
  /// Write the report as a file.
  case writeReport
  /// Show this address as a link where it stands, and copy it.
  case offer(address: String)
  /// Hand the text to the terminal's clipboard.
  case copy(String)
  /// Show the text in the person's pager.
  case openPager(LogText)
  /// Have the person edit the proposal as a file.
  case editProposal
  case suspend
  case redraw
}

/// What a key means on the screen that is shown: an event for the wizard, or a change of view.
///
/// The layout has to be that of this state and this view: the key is about its rows.
package func press(
  _ key: Key, _ layout: ScreenLayout, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  var press = KeyPress(state: state, layout: layout, ui: ui)
  let intent = press.perform(key)
  ui = press.ui
  return intent
}

/// One key: what was shown when it was pressed, and the view that it changes.
struct KeyPress {
  let state: WizardState
  let layout: ScreenLayout
  var ui: ViewState

  var screen: ScreenID { layout.visible.screen }
  var page: Page { layout.visible.page }
  var rows: Rows { layout.visible.rows }

  /// The row that the cursor is on now; `nil` where there are no rows.
  var cursor: Int? { rows.isEmpty ? nil : ui.position(in: .screen(screen)).cursor }
  var row: Row? { cursor.map { rows[$0] } }

  /// Tells the person something; the key comes to nothing else.
  mutating func say(_ notice: String, _ ways: Way...) -> Intent {
    ui.notice = ui.speech.told(notice, ways)
    ui.noticeScreen = ScreenID(of: state, ui)
    return .nothing
  }

  mutating func perform(_ key: Key) -> Intent {
    switch key {
    case .click(let place): return click(place)
    case .wheelUp: return turnWheel(.up)
    case .wheelDown: return turnWheel(.down)
    default: return press(key)
    }
  }

  mutating func press(_ key: Key) -> Intent {
    ui.notice = nil
    ui.seenNotices = state.noticeCount
    let action = Binding.find(key, in: layout.focus)?.action
    // What has to be pressed twice has to be pressed twice in a row.
    if action != .delete { ui.isDeleteArmed = false }
    if action != ui.armedAction { (ui.armed, ui.armedAction) = ([], nil) }
    if action != .new, action != .start { ui.isNewArmed = false }
    if action != .takeOver { ui.isTakeOverArmed = false }
    guard let action, let handler = layout.focus.handler(of: action) else {
      if type(key) { return .nothing }
      if case .paste = key { return say("Text can be pasted where a name is edited.") }
      return say("\(key.name) does nothing here; ? shows what does.")
    }
    if state.isLeaving { ui.notice = "Leaving, as soon as all is written." }
    return handler.perform(&self)
  }

  /// Takes a key that is text where text is typed; `false` for any other one.
  private mutating func type(_ key: Key) -> Bool {
    guard layout.focus.isText else { return false }
    switch key {
    case .character(let character): ui.changeText { $0.insert(String(character)) }
    case .paste(let pasted): ui.changeText { $0.insert(pasted) }
    default: return false
    }
    if ui.has(.search) { _ = find(.here) }
    return true
  }

  // MARK: Keys of every screen

  mutating func toggleHelp() -> Intent {
    if ui.isHelpShown { return takeOff(.help) }
    ui.push(.help)
    return .nothing
  }

  mutating func turn(by step: Int) -> Intent {
    let tabs = ViewState.Tab.shown
    let index = tabs.firstIndex(of: ui.tab) ?? 0
    return show(tabs[(index + step + tabs.count) % tabs.count])
  }

  mutating func turn(to tab: ViewState.Tab) -> Intent {
    if tab == ui.tab, !ui.isCovered { ui.notice = "This is the tab \(tab.rawValue)." }
    return show(tab)
  }

  private mutating func show(_ tab: ViewState.Tab) -> Intent {
    ui.tab = tab
    ui.uncover()
    // Read beside all else, and anew with each visit.
    return tab == .configHub && state.showsTeam ? .event(.listTeam) : .nothing
  }

  mutating func takeOff(_ layer: LayerID) -> Intent {
    ui.takeOff(layer)
    return .nothing
  }

  /// On a step: shows all rows again, or takes all marks off, or stops what runs, or goes one level
  /// back.
  mutating func escape() -> Intent { showAll() || unmark() ? .nothing : .event(.cancel) }

  /// On another tab: shows all rows again, or goes back to the import.
  mutating func leaveTab() -> Intent {
    if !showAll() { ui.tab = .importing }
    return .nothing
  }

  /// Takes the filter away; `false` where there is none.
  mutating func showAll() -> Bool {
    guard !ui.filter.isEmpty else { return false }
    ui.filters[screen] = nil
    return true
  }
}
