import TerminalText
import Wizard

/// A page as plain lines, one for each fact.
struct PlainPage {
  /// How many rows are said at once.
  static let length = 20

  let visible: VisiblePage

  init(_ visible: VisiblePage) { self.visible = visible }

  private var page: Page { visible.page }

  var title: String { page.title }

  /// The sentences, without those that only tell the time or name keys.
  var intro: [String] {
    page.plain.intro
      ?? page.intro.filter { !$0.isOnlyOnScreen }.map(PlainPage.fact).filter { !$0.isEmpty }
  }

  /// The last sentences, where they name no keys.
  var outro: [String] { page.plain.saysOutro ? page.outro.map(\.text) : [] }

  func row(_ index: Int) -> String? {
    let row = visible.rows[index]
    let text = PlainPage.words(of: row, on: page)
    return switch row.id {
    case .goBack, .create, .rest: nil
    case .command: row.cells[0]
    case .text, .section: text
    default: "\(index + 1). \(text)\(about(row))"
    }
  }

  private func about(_ row: Row) -> String {
    let lines = page.plain.saysAbout ? page.detail(of: row.id).map(\.text) : []
    return lines.isEmpty ? "" : ". \(lines.joined(separator: " "))"
  }

  /// A page of rows from that one on, and the row after them.
  func rows(from first: Int) -> (lines: [String], next: Int) {
    let count = visible.rows.count
    var (end, said) = (first, 0)
    while end < count, said < PlainPage.length {
      end = next(after: end)
      said += 1
    }
    guard first < end else { return ([], end) }
    var lines = (first..<end).compactMap(row)
    var (place, rest) = (end, 0)
    // Only a page of few rows has some that belong together.
    if count > Metrics.manyRows {
      rest = count - end
    } else {
      while place < count { (place, rest) = (next(after: place), rest + 1) }
    }
    if rest > 0 { lines.append("\(rest) more; the word more shows them.") }
    return (lines, end)
  }

  /// A command is said with what it is for.
  private func next(after row: Int) -> Int {
    var next = row + 1
    while next < visible.rows.count, visible.rows[next].isContinued { next += 1 }
    return next
  }

  /// A sentence as it is; a name and its value, which are columns on the screen, with a colon.
  private static func fact(_ line: Line) -> String {
    let parts = line.pieces.map { $0.text.trimmingSpaces }.filter { !$0.isEmpty }
    return parts.joined(separator: ": ")
  }

  static func words(of row: Row, on page: Page) -> String {
    if page.plain.isVerbatim { return row.cells.joined() }
    let cells = (page.plain.cells[row.id] ?? row.cells).map { $0.trimmingSpaces }
      .filter { !$0.isEmpty }
    let isText = if case .text = row.id { true } else { false }
    let words = cells.joined(separator: isText ? ": " : ", ")
    return switch row.mark {
    case .chosen?: "[x] \(words)"
    case .unchosen?: "[ ] \(words)"
    case .partlyChosen?: "[-] \(words)"
    case .done?: "\(words) (\(page.plain.done))"
    case .failed?: "\(words) (failed)"
    case .warning?: "\(words) (attention)"
    case .fixed?: "\(words) (cannot be chosen)"
    case .current?: words + (page.plain.current.map { " (\($0))" } ?? "")
    case .todo?, nil: words
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    let isSpace = { (character: Character) in character == " " }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
