import TerminalText
import Wizard

/// A line of a page: pieces of text, each with its style.
struct Line: Hashable {
  var pieces: [Piece] = []

  struct Piece: Hashable {
    var text: String
    var style: Style
  }

  init(_ text: String = "", _ style: Style = .plain) {
    if !text.isEmpty { pieces = [Piece(text: text, style: style)] }
  }

  init(_ pieces: [(String, Style)]) {
    self.pieces = pieces.map { Piece(text: $0.0, style: $0.1) }
  }

  static func warning(_ text: String) -> Line { Line(text, Style(.warning)) }
  static func bad(_ text: String) -> Line { Line(text, Style(.bad)) }
  static func muted(_ text: String) -> Line { Line(text, Style(.muted)) }
}

/// A row that the cursor can stand on.
struct Row: Hashable {
  enum ID: Hashable {
    case context(String)
    case namespace(String)
    case workload(WorkloadKey)
    case appSpace, hub
    case unit(WorkloadKey)
    case member(ObjectReference)
    case worker(String)
    case localWorker, clusterWorker, serverWorker, skipWorker
    case goBack, create
    case text(Int)
  }

  enum Mark: Hashable { case chosen, unchosen, fixed, done, current, todo, failed, warning }

  var id: ID
  var mark: Mark?
  var cells: [String]
  var style = Style.plain

  /// What the filter looks at.
  func contains(_ text: String) -> Bool {
    cells.contains { $0.lowercased().contains(text.lowercased()) }
  }
}

/// What one screen shows between the step rail and the status line.
struct Page: Hashable {
  var title = ""
  var intro: [Line] = []
  /// Column heads; empty for a list without.
  var heads: [String] = []
  var rows: [Row] = []
  /// Shown instead of rows where there are none.
  var empty: String?
  var outro: [Line] = []
  /// About the row under the cursor, at the side where there is room.
  var detail: [Row.ID: [Line]] = [:]
  /// Where the cursor stands when the page is first shown.
  var firstCursor = 0

  /// The rows that the filter lets through.
  func shown(_ filter: String) -> [Row] {
    filter.isEmpty ? rows : rows.filter { $0.contains(filter) }
  }
}

func plural(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
