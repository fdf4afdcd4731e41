import TerminalText
import Wizard

/// Where a person is looking: nothing that matters is lost when it is.
public struct ViewState: Hashable, Sendable {
  public enum Tab: String, CaseIterable, Sendable {
    case cluster = "Cluster"
    case configHub = "ConfigHub"
    case importing = "Import"
  }

  /// A cursor and a scroll offset, both counted in shown rows.
  public struct Place: Hashable, Sendable {
    public var cursor = 0
    public var offset = 0
  }

  public var tab: Tab = .importing
  public var isHelpShown = false
  /// The log of this run or of the session, while it is looked at.
  public var log: LogText?
  public var editing: Editing?
  /// The unit whose members are looked at.
  public var openUnit: WorkloadKey?
  /// What is typed after `/`; it hides rows and changes none of them.
  public var filter = ""
  public var isFiltering = false
  /// `D` was pressed once; the second one deletes.
  public var isDeleteArmed = false
  /// An answer to the last key that never reached the wizard.
  public var notice: String?
  public var spinner = 0
  /// The screen that `filter` and `editing` belong to.
  private var screen: Scope?
  var places: [Scope: Place] = [:]
  /// How many rows the list had room for when it was drawn last.
  public var listHeight = 10

  public init() {}

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
    screen = scope
    if ![.select, .members, .preview].contains(scope) { openUnit = nil }
    filter = ""
    isFiltering = false
    editing = nil
    isDeleteArmed = false
  }

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
