/// The extent of a screen or of a part of it, in cells; never negative.
public struct Size: Hashable, Sendable {
  public let columns: Int
  public let rows: Int

  /// Takes negative numbers for 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A cell's place, counted from the top left corner, which is 0, 0.
public struct CellPosition: Hashable, Sendable {
  public var row: Int
  public var column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// One column of one row.
public struct Cell: Hashable, Sendable {
  /// Harmless to a terminal.
  public let character: Character
  public let style: Style
  /// True for the columns of a wide character after its first; their own character is a space.
  public let isContinuation: Bool

  init(_ character: Character, style: Style, isContinuation: Bool = false) {
    self.character = character
    self.style = style
    self.isContinuation = isContinuation
  }
}

/// A whole screen as a value: what every cell shows, and where the cursor is.
public struct Frame: Equatable, Sendable {
  public let size: Size
  /// Row after row; every character in it is harmless to a terminal, and no wide one is cut in half.
  public private(set) var cells: [Cell]
  /// `nil` hides it.
  public var cursor: CellPosition?

  /// All spaces, and no cursor.
  public init(size: Size) {
    self.size = size
    self.cells = Array(repeating: Cell(" ", style: .plain), count: size.columns * size.rows)
  }

  /// `nil` outside the frame.
  public subscript(row: Int, column: Int) -> Cell? {
    guard (0..<size.rows).contains(row), (0..<size.columns).contains(column) else { return nil }
    return cells[row * size.columns + column]
  }

  /// The rows without their trailing spaces, joined by line ends.
  public var text: String {
    (0..<size.rows).map { row in
      var shown = cells[row * size.columns..<(row + 1) * size.columns]
      while shown.last?.character == " " { shown.removeLast() }
      return String(shown.filter { !$0.isContinuation }.map(\.character))
    }.joined(separator: "\n")
  }

  /// Writes the escaped text and answers with the column after it.
  ///
  /// Stops at the edge, or after `limit` columns, before the first character that does not fit whole.
  @discardableResult
  public mutating func put(
    _ text: String, row: Int, column: Int, style: Style = .plain, width limit: Int? = nil
  ) -> Int {
    guard (0..<size.rows).contains(row) else { return column }
    let end = column + min(limit ?? .max, size.columns - column)
    var column = column
    // Escaped, no character takes less than a column: what is behind these cannot be seen.
    for character in escaped(String(text.prefix(max(0, end - column)))) {
      let width = displayWidth(of: character)
      if column + width > end { break }
      if column >= 0 { set(character, width: width, row: row, column: column, style: style) }
      column += width
    }
    return column
  }

  /// Empties a part of a row, or all of it, and gives it a style.
  public mutating func fill(row: Int, columns: Range<Int>? = nil, style: Style = .plain) {
    guard (0..<size.rows).contains(row) else { return }
    let columns = (columns ?? 0..<size.columns).clamped(to: 0..<size.columns)
    erase(row: row, columns: columns)
    for column in columns { cells[row * size.columns + column] = Cell(" ", style: style) }
  }

  private mutating func set(
    _ character: Character, width: Int, row: Int, column: Int, style: Style
  ) {
    erase(row: row, columns: column..<column + width)
    let index = row * size.columns + column
    cells[index] = Cell(character, style: style)
    for next in index + 1..<index + width {
      cells[next] = Cell(" ", style: style, isContinuation: true)
    }
  }

  /// Takes away every character that touches these columns, also the halves that stick out.
  private mutating func erase(row: Int, columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    let start = row * size.columns
    var first = start + columns.lowerBound
    while cells[first].isContinuation { first -= 1 }
    var end = start + columns.upperBound
    while end < start + size.columns, cells[end].isContinuation { end += 1 }
    for index in first..<end { cells[index] = Cell(" ", style: cells[index].style) }
  }
}
