import TerminalText

/// Breaks a line of one piece at spaces, and a word that is too long for a line anywhere; what
/// the line is indented by, all of its lines are.
func wrapped(_ line: Line, to width: Int) -> [Line] {
  guard let piece = line.pieces.first, line.pieces.count == 1, width > 0 else { return [line] }
  let text = escaped(piece.text)
  if text.utf8.count <= width { return [Line(text, piece.style)] }
  let indent = String(text.prefix(width / 2).prefix { $0 == " " })
  let width = width - indent.count
  var lines: [String] = []
  var current = ""
  for word in text.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
    let longer = current.isEmpty ? String(word) : current + " " + word
    // A word that has to be broken anyway, as whole sentences are in some scripts, begins here.
    if displayWidth(of: longer) > width, !current.isEmpty, displayWidth(of: String(word)) <= width {
      lines.append(current)
      current = String(word)
    } else {
      current = longer
    }
    while displayWidth(of: current) > width {
      let head = cut(current, to: width, ellipsis: "")
      lines.append(head)
      current = String(current.dropFirst(head.count))
    }
  }
  return (lines + [current]).map { Line(indent + $0, piece.style) }
}

/// The line without its first columns, for a text that is moved sideways; those of the margin stay.
func shifted(_ line: Line, by columns: Int, after margin: Int = 0) -> Line {
  guard let piece = line.pieces.first else { return line }
  let text = escaped(piece.text)
  var gone = 0
  var rest = text.dropFirst(margin)
  while gone < columns, let first = rest.popFirst() { gone += displayWidth(of: first) }
  // Half of a wide character is a space.
  let half = String(repeating: " ", count: max(0, gone - columns))
  return Line(text.prefix(margin) + half + rest, piece.style)
}

extension Canvas {
  /// Says, on the rule, that the first columns of a list are not shown.
  mutating func noteShift(columns: Int) {
    guard columns > 0 else { return }
    let text = " \(plural(columns, "column")) out of sight, left goes back "
    put(
      text, row: Metrics.ruleRow, column: (size.columns - text.count) / 2, style: Style(.accent))
  }

  /// Says, on the rule, that the beginnings of the lines are not shown.
  mutating func noteShift(_ columns: Int) {
    guard columns > 0 else { return }
    let text = " from column \(columns + 1), left goes back "
    put(
      text, row: Metrics.ruleRow, column: (size.columns - text.count) / 2, style: Style(.accent))
  }
}
