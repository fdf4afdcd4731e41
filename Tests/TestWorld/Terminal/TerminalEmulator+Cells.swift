// Printing, erasing and scrolling.
extension TerminalEmulator {
  mutating func print(_ original: Unicode.Scalar) {
    let scalar = cursor.drawingSets[cursor.activeSet] ? Self.drawn(original) : original
    let width = Self.width(scalar)
    if width == 0 { return join(scalar) }
    lastPrinted = original
    if cursor.wrapPending && autowrap {
      moveCursor(to: cursor.row, 0)
      lineFeed()
    }
    if cursor.column + width > columns {
      guard width <= columns else { return }
      if autowrap {
        moveCursor(to: cursor.row, 0)
        lineFeed()
      } else {
        cursor.column = columns - width
      }
    }
    if insertMode { insertBlanks(width) }
    for column in cursor.column..<cursor.column + width { parts(cursor.row, column) }
    let cell = TerminalCell(text: String(scalar), width: width, style: cursor.style)
    grid[cursor.row][cursor.column] = cell
    if width == 2 {
      grid[cursor.row][cursor.column + 1] = TerminalCell(text: "", width: 0, style: cursor.style)
    }
    cursor.column += width
    cursor.wrapPending = cursor.column >= columns
    cursor.column = min(cursor.column, columns - 1)
  }

  /// A combining character joins the character before the cursor.
  private mutating func join(_ scalar: Unicode.Scalar) {
    var column = cursor.wrapPending ? cursor.column : cursor.column - 1
    if column > 0, grid[cursor.row][column].width == 0 { column -= 1 }
    if column >= 0 { grid[cursor.row][column].text.unicodeScalars.append(scalar) }
  }

  /// Overwriting one half of a wide character blanks the other.
  private mutating func parts(_ row: Int, _ column: Int) {
    let cell = grid[row][column]
    if cell.width == 2, column + 1 < columns { grid[row][column + 1] = .blank(cell.style) }
    if cell.width == 0, column > 0 { grid[row][column - 1] = .blank(cell.style) }
  }

  /// Blanks the halves of wide characters that lost their other half.
  mutating func mendWideCharacters(_ row: Int) {
    for column in grid[row].indices {
      let cell = grid[row][column]
      let next = column + 1 < grid[row].count ? grid[row][column + 1].width : 1
      let previous = column > 0 ? grid[row][column - 1].width : 1
      if (cell.width == 2 && next != 0) || (cell.width == 0 && previous != 2) {
        grid[row][column] = .blank(cell.style)
      }
    }
  }

  /// What an erased cell looks like.
  var erased: TerminalCell {
    var style = TerminalStyle()
    if erasesWithBackground { style.background = cursor.style.background }
    return .blank(style)
  }

  mutating func erase(row: Int, _ range: Range<Int>) {
    for column in range.clamped(to: 0..<columns) {
      grid[row][column] = erased
    }
    mendWideCharacters(row)
  }

  mutating func insertBlanks(_ count: Int) {
    let count = min(count, columns - cursor.column)
    grid[cursor.row].insert(
      contentsOf: Array(repeating: erased, count: count), at: cursor.column)
    grid[cursor.row].removeLast(count)
    mendWideCharacters(cursor.row)
  }

  mutating func deleteCharacters(_ count: Int) {
    let count = min(count, columns - cursor.column)
    grid[cursor.row].removeSubrange(cursor.column..<cursor.column + count)
    grid[cursor.row] += Array(repeating: erased, count: count)
    mendWideCharacters(cursor.row)
  }

  /// Moves the lines of `region` up, or down if `count` is negative, with blank ones after them.
  mutating func scroll(_ region: ClosedRange<Int>, by count: Int) {
    let blank = Array(repeating: erased, count: columns)
    for _ in 0..<min(abs(count), region.count) {
      if count > 0 {
        grid.remove(at: region.lowerBound)
        grid.insert(blank, at: region.upperBound)
      } else {
        grid.remove(at: region.upperBound)
        grid.insert(blank, at: region.lowerBound)
      }
    }
  }

  mutating func lineFeed() {
    cursor.wrapPending = false
    if cursor.row == scrollRegion.upperBound {
      scroll(scrollRegion, by: 1)
    } else {
      cursor.row = min(cursor.row + 1, rows - 1)
    }
  }

  mutating func reverseLineFeed() {
    cursor.wrapPending = false
    if cursor.row == scrollRegion.lowerBound {
      scroll(scrollRegion, by: -1)
    } else {
      cursor.row = max(cursor.row - 1, 0)
    }
  }

  mutating func moveCursor(to row: Int, _ column: Int) {
    cursor.row = min(max(row, 0), rows - 1)
    cursor.column = min(max(column, 0), columns - 1)
    cursor.wrapPending = false
  }

  mutating func tabForward(_ count: Int) {
    for _ in 0..<count {
      let next = tabStops.filter { $0 > cursor.column }.min() ?? columns - 1
      moveCursor(to: cursor.row, next)
    }
  }

  mutating func tabBackward(_ count: Int) {
    for _ in 0..<count {
      let previous = tabStops.filter { $0 < cursor.column }.max() ?? 0
      moveCursor(to: cursor.row, previous)
    }
  }

  /// The DEC special graphics set (VT220 manual, table 2-4).
  private static func drawn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let set: [Unicode.Scalar] = Array("◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars)
    guard (0x60...0x7E).contains(scalar.value) else { return scalar }
    return set[Int(scalar.value) - 0x60]
  }

  /// The columns the C library gives a character, which is what ncurses counts with; only right
  /// while `feed` has set the locale.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return 1 }
    return max(0, Int(System.wcwidth(scalar.value)))
  }
}
