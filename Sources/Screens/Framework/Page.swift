import Wizard

/// What one screen shows between the rule and the status line.
struct Page {
  var title = ""
  var intro: [Line] = []
  /// How far each resource has been read.
  var meters: [ScanProgress] = []
  /// How far it is with many things that are written one by one.
  var progress: Progress?
  /// The row that something happens to now: the cursor follows it until a person moves it.
  var followed: Int?
  /// The columns of the rows; a row may have more cells than are named here, or one alone.
  var columns: [Column] = []
  var rows = Rows([])
  /// Of a list of workloads, whose rows have been filtered already: how many there are without that.
  var workloadCount: Int?
  /// Why what is typed after `/` cannot be used.
  var filterProblem: String?
  /// Shown instead of rows where there are none.
  var empty: String?
  var outro: [Line] = []
  /// About a row, for when the cursor is on it.
  var about: ((Row.ID) -> [Line])?
  /// That is shown below the list where the pane does not show it.
  var isDetailVital = false
  /// What the pane beside the list can show, where there is room for one.
  var paneContents: [PaneContent] = []
  /// About a row in the pane, where there is more to say than `about` does.
  var aboutInPane: ((Row.ID) -> [Line])?
  /// What the pane takes its YAML or its difference from; `nil` for a row that has neither.
  var subject: ((Row.ID, PaneContent) -> PaneSubject?)?
  /// Of a text that can be moved sideways: how many of its columns stay where they are.
  var margin: Int?
  /// Where the cursor stands when the page is first shown.
  var firstCursor = 0
  /// A problem is shown where there are no rows to be seen instead.
  var isProblemCovered = false
  /// What to do about a problem, where the key for that is elsewhere.
  var problemHint: String?
  var plain = PlainWords()

  init(title: String = "", empty: String? = nil) {
    self.title = title
    self.empty = empty
  }

  /// What plain lines say otherwise.
  struct PlainWords {
    /// Instead of the intro.
    var intro: [String]?
    /// Instead of the cells of rows that name keys.
    var cells: [Row.ID: [String]] = [:]
    /// The outro names no keys, and is said.
    var saysOutro = false
    /// What is about a row is said after it.
    var saysAbout = false
    /// After a row that has the mark.
    var done = "done"
    var current: String?
    /// The rows are a text, and are said as they are.
    var isVerbatim = false
  }

  var isWorkloadList: Bool { workloadCount != nil }

  var hasHeads: Bool { columns.contains { !$0.head.isEmpty } }

  /// How many rows there are, shown or not.
  var count: Int { workloadCount ?? rows.count }

  func detail(of row: Row.ID) -> [Line] { about?(row) ?? [] }

  func paneDetails(of row: Row.ID) -> [Line] { aboutInPane?(row) ?? detail(of: row) }
}

/// A column of a list.
struct Column {
  var head = ""
  /// What its widest cell takes, where that is known without making all rows.
  var width: Int?
  /// It is of no use here.
  var isHidden = false
  /// Where there is little room, the column with the highest rank goes first; 0 never goes.
  var rank = 0
  /// It is never cut: others are, or go, for its sake.
  var isWhole = false
  /// For the sake of whole columns it is cut to that, before one of a rank goes.
  var least = Metrics.leastBesideWholeColumns
  /// It stays where it is when the others are moved sideways.
  var stays = false
  /// As the last one, it is cut in its middle, since its end matters; another last column is prose.
  var keepsEnd = false
  /// The head shows it when rows are sorted by this.
  var sorting: Arrangement.Column?

  init(_ head: String = "", rank: Int = 0, isWhole: Bool = false) {
    self.head = head
    self.rank = rank
    self.isWhole = isWhole
  }
}
