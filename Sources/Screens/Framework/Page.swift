import TerminalText
import Wizard

/// A line of a page: pieces of text, each with its style.
struct Line: Hashable, Sendable {
  var pieces: [Piece] = []

  struct Piece: Hashable, Sendable {
    var text: String
    var style: Style
    /// What a click on it presses.
    var key: Key?
  }

  init(_ text: String = "", _ style: Style = .plain) {
    if !text.isEmpty { pieces = [Piece(text: text, style: style)] }
  }

  init(_ pieces: [(String, Style)]) {
    self.pieces = pieces.map { Piece(text: $0.0, style: $0.1) }
  }

  /// Words with keys among them, as `[R] Resume`: a click on a key, or on what follows it, presses it.
  init(_ choices: Choice..., in scope: Scope) {
    pieces = choices.flatMap { $0.pieces(in: scope) }
  }

  /// The key of an action, the word that follows it, and what stands after that.
  struct Choice {
    var action: Action
    var word: String
    var after: String

    init(_ action: Action, _ word: String, _ after: String = "") {
      self.action = action
      self.word = word
      self.after = after
    }

    /// Only what is said here is a button, whatever a name from elsewhere looks like.
    fileprivate func pieces(in scope: Scope) -> [Piece] {
      let binding = Binding.table.first { $0.action == action && $0.scopes.contains(scope) }
      guard let key = binding?.keys.last else { return [] }
      return [
        Piece(text: "[\(key.name)]", style: Style(bold: true), key: key),
        Piece(text: word, style: .plain, key: key), Piece(text: after, style: .plain),
      ]
    }
  }

  static func warning(_ text: String) -> Line { Line(text, Style(.warning)) }
  static func bad(_ text: String) -> Line { Line(text, Style(.bad)) }
  static func muted(_ text: String) -> Line { Line(text, Style(.muted)) }
}

/// A row that the cursor can stand on.
struct Row: Hashable {
  enum ID: Hashable, Sendable {
    case context(String)
    case namespace(String)
    case workload(WorkloadKey)
    /// The head of a group of workloads.
    case group(String)
    case appSpace, hub, layout, unitContents
    case unit(WorkloadKey)
    case member(ObjectReference)
    case worker(String)
    case localWorker, clusterWorker, serverWorker, skipWorker
    case goBack, create
    /// All units that differ and are not decided.
    case conflicts
    case session(String, KeptSession.Place)
    case generation(Int)
    case log(String)
    case text(Int)
  }

  enum Mark: Hashable {
    case chosen, unchosen, partlyChosen, fixed, done, current, todo, failed, warning
  }

  var id: ID
  var mark: Mark?
  var cells: [String]
  var style = Style.plain
  /// For the head of a group.
  var fold: Fold?

  enum Fold: Hashable { case folded, unfolded }

  /// What the filter looks at; the text is in lower case.
  func contains(_ lowercased: [UInt8]) -> Bool { cells.contains { $0.holds(lowercased) } }
}

extension String {
  /// Whether it has the text, which is in lower case, in any case of its own.
  fileprivate func holds(_ text: [UInt8]) -> Bool {
    var whole = self
    let found = whole.withUTF8 { bytes -> Bool? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      guard let head = text.first else { return true }
      func lower(_ index: Int) -> UInt8 {
        (0x41...0x5A).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index]
      }
      for start in 0..<max(0, bytes.count - text.count + 1) where lower(start) == head {
        if text.indices.allSatisfy({ lower(start + $0) == text[$0] }) { return true }
      }
      return false
    }
    return found ?? lowercased().contains(String(decoding: text, as: UTF8.self))
  }
}

/// What one screen shows between the step rail and the status line.
struct Page {
  var title = ""
  var intro: [Line] = []
  /// How far each resource has been read.
  var meters: [ScanProgress] = []
  /// Column heads; empty for a list without.
  var heads: [String] = []
  /// What the widest cell of each column takes, where that is known without making all rows.
  var widths: [Int]?
  /// Columns that are of no use, and those that give way first where there is little room.
  var hiddenColumns: Set<Int> = []
  var spareColumns: [Int] = []
  /// Columns that are never cut: others give way, and go, for their sake.
  var wholeColumns: Set<Int> = []
  /// The last column is prose, or begins with what matters most: it is cut at its end.
  var endsWithProse = true
  var rows: [Row] = []
  /// Instead of `rows` where there may be very many.
  var made: Rows?
  /// The list of workloads, instead of `rows`; the filter has been applied to it.
  var list: Rows?
  /// All that the filter chooses from, in `list`.
  var listed = 0
  /// Shown instead of rows where there are none.
  var empty: String?
  var outro: [Line] = []
  /// What the first rows, `.text(0)` and on, have commands for.
  var steps: [DeliveryStep] = []
  /// About the row under the cursor, at the side where there is room.
  var detail: [Row.ID: [Line]] = [:]
  /// The same, made when it is shown.
  var about: ((Row.ID) -> [Line])?
  /// `detail` is shown below the list, too, where there is no room at the side.
  var isDetailVital = false
  /// It is shown there always, never at the side.
  var isDetailBelow = false
  /// How many columns of a row with one cell stay where they are when the text is moved sideways.
  var margin = 0
  /// Where the cursor stands when the page is first shown.
  var firstCursor = 0

  /// All rows but those of a list of workloads.
  var all: Rows { made ?? Rows(rows) }

  /// How many rows there are, shown or not.
  var count: Int { list == nil ? all.count : listed }

  func detail(of row: Row.ID) -> [Line] { about?(row) ?? detail[row] ?? [] }
}

/// Rows that are made when they are looked at.
struct Rows: RandomAccessCollection {
  let count: Int
  private let make: (Int) -> Row

  init(count: Int, make: @escaping (Int) -> Row) {
    self.count = count
    self.make = make
  }

  init(_ rows: [Row]) { self.init(count: rows.count) { rows[$0] } }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(index: Int) -> Row { make(index) }
}
