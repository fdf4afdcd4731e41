import TerminalText

/// The window has to be so large; in a smaller one, only that is said.
let minimumSize = Size(columns: 60, rows: 16)

/// Where things stand, and how much room they take, in rows and columns.
enum Metrics {
  /// The rows of the title, of the steps, and of the rule below them.
  static let titleRow = 0
  static let stepsRow = 1
  static let ruleRow = 2
  static let firstBodyRow = 3
  /// The keys have two lines in a window of so many rows.
  static let rowsWithTwoKeyLines = 30

  /// The left edge of all lines, and what both edges take.
  static let margin = 1
  static let margins = 2

  /// Of a row of a list: where its cursor, its mark and its text begin.
  static let cursorColumn = 1
  static let markColumn = 3
  static let textColumn = 7
  /// What a row of a list has before its text.
  static let beforeText = textColumn - cursorColumn
  /// Between two columns of a list.
  static let columnGap = 2
  /// No column is cut to less than that, and none that others are whole for to less than this.
  static let leastColumn = 4
  static let leastBesideWholeColumns = 8
  /// So much of the columns may be cut before one that can be spared goes.
  static let cutBeforeSparing = 12

  /// Of more rows than that, only the visible ones are measured, and a filter keeps what it found.
  static let manyRows = 1000

  /// The steps have their full names and gaps from this width on.
  static let roomySteps = 79
  /// A pane about the row under the cursor stands at the side from this width on.
  static let widthWithPane = 120
  /// What it has at least, and what is between it and the list: a divider with a space at each side.
  static let leastPane = 37
  static let beforePane = 3
  /// A list takes what it needs, and the pane the rest, unless that is too little for either.
  ///
  /// - Parameter needed: `nil` where that changes with the rows that are shown.
  static func listWidth(of columns: Int, needed: Int?) -> Int {
    let room = columns - margins - beforePane
    return min(max(needed ?? columns * 3 / 5, columns * 2 / 5), room - leastPane)
  }
  /// Of what differs, so many lines before and after it are shown in the pane, and of a log its last.
  static let linesAroundChange = 3
  static let paneLogLines = 200

  /// By how many columns a text is moved sideways at once.
  static let shift = 20
  /// By how many rows the wheel moves.
  static let wheelStep = 3

  /// How far a scan is: the names, where the bars begin, how long they are, and how many rows the
  /// list below them keeps at least.
  static let meterName = 24
  static let meterColumn = 26
  static func meterBar(of columns: Int) -> Int { max(10, min(40, columns - 46)) }
  static let rowsBelowMeters = 8
  /// Of what is written one by one: how long its bar is, and how many rows there have to be for it.
  static func progressBar(of columns: Int) -> Int { max(10, min(60, columns - 48)) }
  static let rowsOfProgress = 6

  /// The keys of the help, before what they do, and those of the list of actions.
  static let helpKeys = 14
  static let actionKeys = 11
  /// A name that is picked takes so much room at most before what is told of it.
  static let pickedName = 40
  /// The names of the facts that are confirmed.
  static let factNames = 14

  /// Commands are broken at this width, and narrower ones at their margins.
  static let commandWidth = 76
  static func commandWidth(of columns: Int) -> Int { min(commandWidth, columns - 12) }
  /// Those that stand in rows of a list, below the row that says what they are for.
  static let commandIndent = 2
  static func rowCommandWidth(of columns: Int) -> Int {
    min(commandWidth, columns - margins - beforeText - commandIndent)
  }

  static let promptWidth = 78
  /// The answers to the prompt have their whole words in a wider box.
  static let promptWithWords = 60
  static let leaveWidth = 58
  static let exitWidth = 61
  /// What a box has around its lines: its edges, and the space inside them; where its title and its
  /// lines begin, from its left edge.
  static let boxColumns = 5
  static let boxRows = 2
  static let boxTitleColumn = 2
  static let boxLineColumn = 3
  /// Where the panel of the session begins: its lines are longer than those of the connection.
  static func sessionPanelColumn(of columns: Int) -> Int { columns * 31 / 80 }
  /// The keys of that panel have their whole words, and wide gaps, from these widths on.
  static let panelWithWords = 52
  static let panelWithGaps = 58

  /// What stays when units are removed has a line of its own, of so many things at most.
  static let stayingLines = 4
  /// Beside a longer notice than this leaves room for, the time of the last save is not shown.
  static let roomOfSaving = 18
}
