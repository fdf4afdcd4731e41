/// What a person would see: a small and strict emulation of the terminal that xterm-256color and
/// screen-256color describe (xterm's ctlseqs, ECMA-48). It knows what ncurses and tput write and
/// notes everything else, so a test can ask that there be nothing else.
///
/// libvterm 0.1.4, Debian's, could not take its place: it passes over what it does not know in silence
/// (`ESC [ ? 9999 h`, SGR 99, bytes that are no UTF-8), has 🧑 in one column where the C library and
/// ncurses have it in two, and erases with the background's colour whatever TERM says.
public struct TerminalEmulator: Sendable {
  /// Width in cells.
  public internal(set) var columns: Int
  /// Height in cells.
  public internal(set) var rows: Int
  /// Whether the cursor can be seen (DECTCEM).
  public internal(set) var cursorVisible = true
  /// Whether the alternate screen is shown, the one that leaves a shell's lines untouched.
  public internal(set) var isAlternateScreen = false
  /// How often a program took the alternate screen.
  public internal(set) var alternateScreensTaken = 0
  /// Whether arrow keys send their application sequences (DECCKM).
  public internal(set) var applicationCursorKeys = false
  /// Whether a paste is marked as one (mode 2004).
  public internal(set) var bracketedPaste = false
  /// The window says when it gets the keyboard and loses it.
  public internal(set) var reportsFocus = false
  /// The mouse reporting modes that are on, of 1000 to 1015.
  public internal(set) var mouseModes: Set<Int> = []
  /// How often the bell was rung or the screen flashed.
  public internal(set) var bells = 0
  /// The window title the program last set.
  public internal(set) var title = ""
  /// What was put into the clipboard last (OSC 52), in Base64.
  public internal(set) var clipboard: String?
  /// The addresses that were drawn as links (OSC 8), oldest first.
  public internal(set) var links: [String] = []
  /// Sequences and controls this terminal does not know, in readable form, oldest first.
  public internal(set) var unknownSequences: [String] = []

  /// What the terminal itself would type, asked for by a status request; whoever feeds it takes
  /// and sends it.
  var replies: [UInt8] = []

  var grid: [[TerminalCell]]
  var otherGrid: [[TerminalCell]]
  var cursor = Cursor()
  var savedCursor = Cursor()
  var scrollRegion: ClosedRange<Int>
  var tabStops: Set<Int>
  var insertMode = false
  var autowrap = true
  var reverseScreen = false
  var lastPrinted: Unicode.Scalar?
  var parser = Parser()
  /// Whether erasing fills with the current background colour (`bce` in terminfo).
  let erasesWithBackground: Bool

  /// Where the next character goes and how it is drawn: all that DECSC saves.
  struct Cursor: Equatable {
    var row = 0
    var column = 0
    var style = TerminalStyle()
    /// The last column was filled; the next character goes to the next line.
    var wrapPending = false
    /// Whether G0 and G1 hold the line drawing set, and which of them is in use.
    var drawingSets = [false, false]
    var activeSet = 0
  }

  /// A blank screen of this size; `term` is the value of TERM that the program was given.
  public init(columns: Int = 80, rows: Int = 24, term: String = "xterm-256color") {
    self.columns = columns
    self.rows = rows
    erasesWithBackground = term.hasPrefix("xterm") || term.hasPrefix("linux")
    grid = Self.blankGrid(columns, rows)
    otherGrid = grid
    scrollRegion = 0...(rows - 1)
    tabStops = Set(stride(from: 8, to: max(columns, 9), by: 8))
  }

  /// The row the cursor is in, from 0.
  public var cursorRow: Int { cursor.row }
  /// The column the cursor is in, from 0; the last one also while a wrap is pending.
  public var cursorColumn: Int { cursor.column }

  /// The lines of the screen without the blanks at their ends, as many as there are rows.
  public var screen: [String] {
    grid.map { row in
      let line = row.map(\.text).joined()
      let kept = line.lastIndex { $0 != " " }.map { line[...$0] }
      return String(kept ?? "")
    }
  }

  /// The screen as one text, lines separated by newlines.
  public var screenText: String { screen.joined(separator: "\n") }

  /// The cell at a row and a column, both from 0.
  public func cell(_ row: Int, _ column: Int) -> TerminalCell { grid[row][column] }

  /// The style in which the first occurrence of `text` on the screen begins; nil if it is not
  /// there.
  public func style(of text: String) -> TerminalStyle? {
    for row in grid {
      var line = ""
      var starts: [(offset: Int, column: Int)] = []
      for (column, cell) in row.enumerated() where cell.width > 0 {
        starts.append((line.utf8.count, column))
        line += cell.text
      }
      guard let found = line.firstRange(of: text) else { continue }
      let offset = line.utf8.distance(from: line.startIndex, to: found.lowerBound)
      return starts.last { $0.offset <= offset }.map { row[$0.column].style }
    }
    return nil
  }

  /// Whether any cell of the screen has a colour other than the terminal's own.
  public var usesColor: Bool { grid.contains { $0.contains { $0.style.isColored } } }

  /// Changes the size as a terminal does that neither rewraps nor scrolls: what no longer fits at
  /// the right and the bottom is lost.
  public mutating func resize(columns: Int, rows: Int) {
    func fit(_ grid: [[TerminalCell]]) -> [[TerminalCell]] {
      var fitted = grid.prefix(rows).map { row in
        Array(row.prefix(columns))
          + Array(repeating: TerminalCell.blank(), count: max(0, columns - row.count))
      }
      fitted += Self.blankGrid(columns, max(0, rows - fitted.count))
      return fitted
    }
    grid = fit(grid)
    otherGrid = fit(otherGrid)
    for row in grid.indices { mendWideCharacters(row) }
    let added = stride(from: 8, to: columns, by: 8).filter { $0 >= self.columns }
    tabStops.formUnion(added)
    self.columns = columns
    self.rows = rows
    scrollRegion = 0...(rows - 1)
    cursor.row = min(cursor.row, rows - 1)
    cursor.column = min(cursor.column, columns - 1)
    cursor.wrapPending = false
  }

  static func blankGrid(_ columns: Int, _ rows: Int) -> [[TerminalCell]] {
    Array(repeating: Array(repeating: .blank(), count: columns), count: rows)
  }
}
