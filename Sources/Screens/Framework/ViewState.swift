import TerminalText
import Wizard

/// Where a person is looking: nothing that matters is lost when it is.
public struct ViewState: Sendable {
  public enum Tab: String, CaseIterable, Sendable {
    case cluster = "Cluster"
    case configHub = "ConfigHub"
    case importing = "Import"
    /// All that are kept; reached by a key of its own.
    case sessions = "Sessions"

    /// Those of the title line.
    static let shown: [Tab] = [.cluster, .configHub, .importing]
  }

  /// A cursor and a scroll offset, both counted in shown rows.
  public struct Place: Hashable, Sendable {
    public var cursor = 0
    public var offset = 0
    /// By how many columns a text has been moved to the left.
    public var shift = 0
    /// The row that a person put the cursor on: it stays there when rows come, go or change places.
    var row: Row.ID?
  }

  /// What covers the screen until it is taken off.
  enum Layer: Hashable, Sendable {
    case details(WorkloadKey)
    case leftOut
  }

  public var tab: Tab = .importing
  public var isHelpShown = false
  /// The log of this run or of the session, while it is looked at.
  public var log: LogText?
  /// The logs of the session whose log is looked at, oldest first.
  var logPaths: [String] = []
  /// The kept session that is looked into, on the tab `sessions`.
  var openSession: Row.ID?
  public var editing: Editing?
  /// The unit whose members are looked at.
  public var openUnit: WorkloadKey?
  /// What is typed after `/` on each screen; it hides rows and changes none of them.
  var filters: [Scope: TextField] = [:]
  public var isFiltering = false
  public var arrangement = Arrangement()
  /// The groups whose rows are folded away, by name.
  var folded: Set<String> = []
  var layer: Layer?
  /// The workloads of the screen, as they are filtered and arranged.
  var list = WorkloadList()
  /// `D` was pressed once; the second one deletes.
  public var isDeleteArmed = false
  /// The rows on which `U` was pressed once; the second one replaces what ConfigHub has.
  var armed: Set<Row.ID> = []
  /// An answer to the last key that never reached the wizard.
  public var notice: String?
  /// How many answers the wizard had given when a key was pressed last: those are old now.
  public var seenNotices = 0
  public var spinner = 0
  /// The screen that was shown last.
  private(set) var screen: Scope?
  var places: [Scope: Place] = [:]
  /// How many rows the list had room for when it was drawn last.
  public var listHeight = 10
  /// The rows that are shown of a page without a list of workloads.
  var matches = Matches()
  var problems = Problems()
  /// What was left out, as lines.
  var leftOutText: LeftOutText?
  /// How far the text that covers the screen can be scrolled.
  var scrollEnd = 0
  /// By how much the longest line of a text that is drawn goes on beyond the screen.
  var overhang = 0
  /// What a click means, by where it is, on the frame that was drawn last.
  var regions: [Region] = []
  /// What the person wants; remembered.
  public var isMouseOn = false
  /// Why the mouse cannot be used in this run, whatever is wanted: a sentence.
  public var mouseHindrance: String?
  /// The tab of the run before, until it is taken up.
  var preferredTab: Tab?
  var lastConnection: HubIdentity?

  public init() {}

  /// The lines about what a scan left out, and what they were made of.
  struct LeftOutText: Sendable {
    var leftOut: [LeftOut]
    var changes: ScanChanges?
    var columns: Int
    var lines: [Line] = []

    func isMade(of other: LeftOutText) -> Bool {
      columns == other.columns && leftOut == other.leftOut && changes == other.changes
    }
  }

  /// A log file's name for people and its lines.
  public struct LogText: Hashable, Sendable {
    public var name: String
    public var lines: [String]

    public init(name: String, lines: [String]) {
      self.name = name
      self.lines = lines
    }
  }

  /// A name that is being typed.
  public struct Editing: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
      case appSpace, hub
      case unit(WorkloadKey)
      case conflict(WorkloadKey)
      case localWorker
      /// The word that applies a worker's manifests.
      case installation
      case merge(WorkloadKey)
      case move(ObjectReference, of: WorkloadKey)
      case labels(WorkloadKey)
    }

    public var subject: Subject
    public var field: TextField
  }

  /// What was typed on one screen is not taken to the next one.
  mutating func enter(_ scope: Scope) {
    guard screen != scope else { return }
    let before = screen
    // What was looked at while it arrived is still there when all has.
    if !(screen == .scanning && scope == .review) { layer = nil }
    screen = scope
    if ![.select, .members, .preview].contains(scope) { openUnit = nil }
    isFiltering = false
    editing = nil
    isDeleteArmed = false
    armed = []
    // Whoever confirms does it anew, unless they only looked at a unit.
    if scope == .confirming, before != .preview { places[scope] = nil }
  }

  /// Whether what is done with the mouse is to be reported.
  public var takesMouse: Bool { isMouseOn && mouseHindrance == nil }

  /// What hides rows of the screen that is shown.
  public var filter: String { screen.flatMap { filters[$0]?.text } ?? "" }

  public func place(in scope: Scope) -> Place { places[scope] ?? Place() }
}

/// One line of text with a cursor, counted in characters.
public struct TextField: Hashable, Sendable {
  public private(set) var text: String
  public private(set) var cursor: Int

  public init(_ text: String) {
    self.text = text
    self.cursor = text.count
  }

  private var position: String.Index { text.index(text.startIndex, offsetBy: cursor) }

  public mutating func insert(_ new: String) {
    let clean = String(new.filter { !$0.isNewline })
    text.insert(contentsOf: clean, at: position)
    // Characters may join with what is before them, so the cursor is counted anew.
    cursor = min(cursor + clean.count, text.count)
  }

  public mutating func deleteBackward() {
    guard cursor > 0 else { return }
    text.remove(at: text.index(before: position))
    cursor -= 1
  }

  public mutating func deleteForward() {
    if cursor < text.count { text.remove(at: position) }
  }

  public mutating func deleteWord() {
    let target = wordStart
    text.removeSubrange(text.index(text.startIndex, offsetBy: target)..<position)
    cursor = target
  }

  public mutating func deleteToStart() {
    text.removeSubrange(text.startIndex..<position)
    cursor = 0
  }

  public mutating func deleteToEnd() { text.removeSubrange(position...) }
  public mutating func moveLeft() { cursor = max(0, cursor - 1) }
  public mutating func moveRight() { cursor = min(text.count, cursor + 1) }
  public mutating func moveToStart() { cursor = 0 }
  public mutating func moveToEnd() { cursor = text.count }

  public mutating func moveWordLeft() { cursor = wordStart }

  public mutating func moveWordRight() {
    let after = Array(text.dropFirst(cursor))
    var index = 0
    while index < after.count, !after[index].isLetter, !after[index].isNumber { index += 1 }
    while index < after.count, after[index].isLetter || after[index].isNumber { index += 1 }
    cursor += index
  }

  private var wordStart: Int {
    let before = Array(text.prefix(cursor))
    var index = before.count
    while index > 0, !before[index - 1].isLetter, !before[index - 1].isNumber { index -= 1 }
    while index > 0, before[index - 1].isLetter || before[index - 1].isNumber { index -= 1 }
    return index
  }
}
