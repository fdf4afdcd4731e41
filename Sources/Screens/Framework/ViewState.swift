import TerminalText
import Wizard

/// Where a person is looking: nothing that matters is lost when it is.
package struct ViewState: Sendable {
  package enum Tab: String, CaseIterable, Sendable {
    case cluster = "Cluster"
    case configHub = "ConfigHub"
    case importing = "Import"
    /// All stored sessions; a key of its own leads there.
    case sessions = "Sessions"

    /// The tabs of the title line.
    static let shown: [Tab] = [.cluster, .configHub, .importing]
  }

  /// A cursor and a scroll offset, both counted in shown rows.
  struct ScrollPosition: Hashable, Sendable {
    var cursor = 0
    var offset = 0
    /// Of a text: nothing comes after what is shown.
    var isAtEnd = false
    /// By how many columns a text has been moved to the left.
    var shift = 0
    /// The row that a person put the cursor on: it stays there when rows come, go or change places.
    var row: Row.ID?
    /// A person has moved the cursor: it follows nothing any more.
    var isMoved = false
  }

  package var tab: Tab = .importing
  /// What lies over the screen, the topmost last; escape takes one off.
  var layers: [Layer] = []
  /// A preview shows who set which field of an object, too.
  var showsManagedFields = false
  /// What is looked for in texts, and stays marked there; `nil` where nothing is.
  var search: TextField?
  /// The line of the text that was found last.
  var foundLine: Int?
  /// The log that is shown may go on: it is read again as long as its end is in sight.
  var isLogGrowing = false
  /// The logs of the session whose log is looked at, oldest first.
  var logPaths: [String] = []
  /// The unit whose members are looked at.
  var openUnit: WorkloadKey?
  /// In step 3, what is left out is looked at.
  var isLeftOutShown = false
  var marks = Marks()
  /// What is typed after `/` on each screen; it hides rows and changes none of them.
  var filters: [ScreenID: TextField] = [:]
  var arrangement = Arrangement()
  /// The column of the workloads that can be sorted by; `nil` for the one they are sorted by.
  var markedColumn: Arrangement.Column?
  /// The groups whose rows are folded away, by name.
  var folded: Set<String> = []
  /// `D` was pressed once; the second one deletes.
  var isDeleteArmed = false
  /// The same for a new session in place of one that is not finished.
  var isNewArmed = false
  /// The same for taking a session over.
  var isTakeOverArmed = false
  /// That of the times that are shown.
  package var zone = Zone.utc
  /// The rows on which a key was pressed once that has to be pressed twice, and what it does.
  var armed: Set<Row.ID> = []
  var armedAction: Action?
  /// An answer to the last key that never reached the wizard.
  package var notice: String? { didSet { noticeScreen = nil } }
  /// The screen that the answer is about: on another one it would be untrue.
  var noticeScreen: ScreenID?
  /// How many answers the wizard had given when a key was pressed last: those are old now.
  package var seenNotices = 0
  /// How this front says what can be done.
  var speech = Speech.keys
  package var spinner = 0
  /// How wide the window is; 0 where nothing is drawn.
  var columns = 0
  /// What the pane beside a list shows; remembered.
  var pane = PaneContent.details
  /// The log of this run, for the pane.
  package var runLog: LogText?
  /// Columns of a command that stands in rows.
  var commandWidth = Metrics.commandWidth
  /// The screen that was shown last.
  var screen: ScreenID?
  var positions: [Focus: ScrollPosition] = [:]
  /// What the person wants; remembered.
  var isMouseOn = false
  /// Why the mouse cannot be used in this run, whatever is wanted: a sentence.
  package var mouseObstacle: String?
  /// The tab of the run before, until it is taken up.
  var preferredTab: Tab?
  var lastConnection: HubIdentity?

  // MARK: Made from the state, and made again only when that has changed

  /// The workloads of the screen, as they are filtered and arranged.
  var list = WorkloadList()
  /// The rows that are shown of a page without a list of workloads.
  var filteredRows = FilteredRows()
  var proposalCheck = ProposalCheck()
  var omissions = Omissions()
  var units = UnitIndex()
  var leftOut = LeftOutUnits()
  var order = UnitOrder()
  var created = CreatedUnits()
  var plan = PlanSections()
  var unfinished = Unfinished()

  package init() {}

  /// Tells what went wrong outside of the wizard, and what can be done about it.
  package mutating func tell(_ failure: Failure) { notice = speech.told(failure) }

  /// Whether what is done with the mouse is to be reported.
  package var takesMouse: Bool { isMouseOn && mouseObstacle == nil }

  /// What hides rows of the screen that is shown.
  package var filter: String { screen.flatMap { filters[$0]?.text } ?? "" }

  func position(in focus: Focus) -> ScrollPosition { positions[focus] ?? ScrollPosition() }
}

// MARK: Layers

extension ViewState {
  var isHelpShown: Bool { has(.help) }

  var isFiltering: Bool { has(.filter) }

  /// Whether something hides the screen.
  var isCovered: Bool { layers.contains(where: \.isCover) }

  /// The log that lies over the screen: of this run, of a session, or of what was run.
  package var log: LogText? {
    get {
      for case .log(let log) in layers { return log }
      return nil
    }
    set {
      takeOff(.log)
      isLogGrowing = false
      if let newValue { push(.log(newValue)) }
    }
  }

  /// Opens a log at its end, which stays in sight while more comes.
  package mutating func open(_ log: LogText) {
    self.log = log
    isLogGrowing = true
    positions[.layer(.log)] = ScrollPosition(cursor: .max, isAtEnd: true)
  }

  /// Whether what is added to the log would be seen.
  package var followsLog: Bool {
    isLogGrowing && has(.log) && position(in: .layer(.log)).isAtEnd
  }

  /// Shows what the log holds by now; its end stays in sight.
  package mutating func take(grown log: LogText) {
    guard followsLog else { return }
    replace(by: .log(log))
    positions[.layer(.log), default: .init()].cursor = .max
  }

  /// What can be done, while it is listed.
  var actionList: ActionList? {
    get {
      for case .actions(let list) in layers { return list }
      return nil
    }
    set { if let newValue { replace(by: .actions(newValue)) } }
  }

  /// The name that is typed.
  var textEntry: TextEntry? {
    get {
      for case .textEntry(let entry) in layers { return entry }
      return nil
    }
    set {
      takeOff(.textEntry)
      if let newValue { push(.textEntry(newValue)) }
    }
  }

  /// The workload that all is shown about.
  var detailedWorkload: WorkloadKey? {
    for case .details(let key) in layers { return key }
    return nil
  }

  /// The stored session that is looked into, on the tab `sessions`.
  var openSession: Row.ID? {
    for case .session(let row) in layers { return row }
    return nil
  }

  /// The session of the team that is looked into, on the tab `configHub`: its unit.
  var openTeamSession: String? {
    for case .teamSession(let slug) in layers { return slug }
    return nil
  }

  func has(_ id: LayerID) -> Bool { layers.contains { $0.id == id } }

  /// Lays something over all else, at its beginning.
  mutating func push(_ layer: Layer) {
    layers.append(layer)
    if let id = layer.id { positions[.layer(id)] = nil }
  }

  /// Lays it where the one of its kind lies, if one does.
  mutating func replace(by layer: Layer) {
    guard let place = layers.firstIndex(where: { $0.id == layer.id }) else { return }
    layers[place] = layer
  }

  mutating func takeOff(_ id: LayerID) { layers.removeAll { $0.id == id } }

  mutating func closeSession() {
    layers.removeAll {
      switch $0 {
      case .session, .teamSession: true
      default: false
      }
    }
  }

  /// Takes off whatever hides the screen.
  mutating func uncover() { layers.removeAll(where: \.isCover) }

  /// Changes the name or the filter that is typed.
  mutating func changeText(_ change: (inout TextField) -> Void) {
    if var entry = textEntry {
      change(&entry.field)
      textEntry = entry
    } else if isFiltering, let screen {
      change(&filters[screen, default: TextField("")])
    } else if has(.search) {
      var field = search ?? TextField("")
      change(&field)
      search = field
    } else if var list = actionList {
      change(&list.field)
      actionList = list
      positions[.layer(.actions)] = nil
    } else {
      changePicker(change)
    }
  }

  /// Takes another screen as the shown one. What is typed, open or armed on a screen ends with it.
  mutating func enter(_ now: ScreenID) {
    let before = screen
    guard before != now else { return }
    screen = now
    if let noticeScreen, noticeScreen == before { notice = nil }
    layers.removeAll { !$0.stays(from: before, to: now) }
    if ![.select, .members, .leftOutUnits, .preview].contains(now) { openUnit = nil }
    if now != .leftOutUnits, now != .select { isLeftOutShown = false }
    isDeleteArmed = false
    (armed, armedAction) = ([], nil)
    // The cursor of a confirmation goes back to Back, unless the person only looked at a unit.
    if now == .confirming, before != .preview { positions[.screen(now)] = nil }
    // Each time they are written anew, the cursor follows what is written.
    if [.removal, .creating, .binding].contains(now) { positions[.screen(now)] = nil }
  }
}
