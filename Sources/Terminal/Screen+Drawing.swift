import CNcurses
import TerminalText

extension Screen {
  /// Shows the frame; what lies outside the terminal is left out, what it leaves free is empty.
  ///
  /// The cursor is hidden where the frame has none or has it outside.
  public func draw(_ frame: Frame) {
    guard isUp else { return }
    let window = shim_screen()
    let size = size
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
