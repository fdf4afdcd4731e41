import CNcurses
import Glibc
import TerminalText

extension Screen {
  /// Shows the frame; what lies outside the terminal is left out, what it leaves free is empty.
  ///
  /// The cursor is hidden where the frame has none or has it outside.
  public func draw(_ frame: Frame) {
    guard isUp else { return }
    let window = shim_screen()
    let size = size
    // Curses does not know of the links.
    for row in linkedRows { wredrawln(window, Int32(row), 1) }
    werase(window)
    for row in 0..<min(size.rows, frame.size.rows) {
      for column in 0..<min(size.columns, frame.size.columns) {
        guard let cell = frame[row, column], !cell.isContinuation else { continue }
        draw(cell, row: row, column: column, columns: size.columns)
      }
    }
    let isCursorShown =
      frame.cursor.map { wmove(window, Int32($0.row), Int32($0.column)) == OK } ?? false
    leaveok(window, !isCursorShown)
    curs_set(isCursorShown ? 1 : 0)
    wnoutrefresh(window)
    doupdate()
    drawLinks(frame)
    askForLooks()
  }

  /// Writes the address once more, as a link, over what curses has drawn there; the cursor and the
  /// colours stay as curses left them (DECSC, DECRC).
  private func drawLinks(_ frame: Frame) {
    linkedRows = []
    if links.isEmpty { return }
    // A terminal that has a clipboard to be written to passes over what it does not know.
    guard capability("Ms") != nil else { return }
    var sequence = ""
    for row in 0..<min(size.rows, frame.size.rows) {
      let cells = (0..<min(size.columns, frame.size.columns)).map { column in
        frame[row, column].map { $0.isContinuation ? " " : $0.character } ?? " "
      }
      for link in links.sorted() {
        guard let column = cells.firstRange(of: Array(link))?.lowerBound else { continue }
        linkedRows.insert(row)
        sequence += "\u{1B}7\u{1B}[\(row + 1);\(column + 1)H\u{1B}[0;4m\u{1B}]8;;\(link)\u{1B}\\"
        sequence += "\(link)\u{1B}]8;;\u{1B}\\\u{1B}8"
      }
    }
    let bytes = Array(sequence.utf8)
    writeAll(bytes, count: bytes.count, to: STDOUT_FILENO)
  }

  private func draw(_ cell: Cell, row: Int, column: Int, columns: Int) {
    if cell.character == " ", cell.style == .plain { return }
    let appearance = Appearance(cell.style, palette)
    let width = displayWidth(of: cell.character)
    // Curses would put it into the next row.
    if column + width > columns { return }
    var column = column
    for piece in Piece.pieces(of: cell.character, columns: width) {
      let text = piece.scalars.map { wchar_t(bitPattern: $0.value) } + [0]
      shim_put(Int32(row), Int32(column), text, appearance.attributes, appearance.pair)
      column += piece.columns
    }
  }
}
