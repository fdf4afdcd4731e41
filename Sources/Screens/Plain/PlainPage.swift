import TerminalText
import Wizard

/// A page as plain lines, one for each fact.
struct PlainPage {
  /// So many rows are shown at once.
  static let length = 20

  let sight: Sight

  init(_ sight: Sight) { self.sight = sight }

  var title: String { sight.page.title }

  /// Without what only tells the time, or names keys that are words here.
  var intro: [String] {
    switch sight.scope {
    case .scanning, .select, .members, .installing, .preview: return warnings
    case .namespaces:
      let chosen = sight.page.rows.count { $0.mark == .chosen }
      return sight.page.rows.isEmpty ? [] : ["\(chosen) of \(sight.page.rows.count) chosen."]
    case .confirming: return sight.page.intro.map(PlainPage.fact).filter { !$0.isEmpty }
    case .signingIn:
      return sight.page.intro.prefix(1).map(PlainPage.text)
    case .connecting, .waiting:
      return sight.page.intro.map(PlainPage.text).filter {
        !$0.isEmpty && !$0.hasPrefix("Waited") && !$0.contains("esc ")
      }
    default: return sight.page.intro.map(PlainPage.text).filter { !$0.isEmpty }
    }
  }

  private var warnings: [String] {
    sight.page.intro.filter { $0.pieces.contains { $0.style.tone == .warning } }
      .map(PlainPage.text)
  }

  /// What is wrong; what names keys is said by the question.
  var outro: [String] {
    guard sight.scope == .select else { return [] }
    return sight.page.outro.map(PlainPage.text)
  }

  func row(_ index: Int) -> String? {
    let row = sight.rows[index]
    let text = PlainPage.words(of: row, in: sight.scope)
    return switch row.id {
    case .goBack, .create: nil
    case .text: text
    default: "\(index + 1). \(text)"
    }
  }

  /// Rows from that one on, and how many come after them.
  func rows(from first: Int) -> (lines: [String], next: Int) {
    let end = min(sight.rows.count, first + PlainPage.length)
    guard first < end else { return ([], end) }
    var lines = (first..<end).flatMap { [row($0)].compactMap(\.self) + commands(of: $0) }
    let rest = sight.rows.count - end
    if rest > 0 { lines.append("\(rest) more; the word more shows them.") }
    return (lines, end)
  }

  private func commands(of index: Int) -> [String] {
    guard case .text(let number) = sight.rows[index].id, number < sight.page.steps.count else {
      return []
    }
    return sight.page.steps[number].lines(width: DeliveryStep.width).map { "  " + $0 }
  }

  static func text(_ line: Line) -> String { line.pieces.map(\.text).joined() }

  /// A name and its value, which stand in columns on the screen.
  private static func fact(_ line: Line) -> String {
    let parts = line.pieces.map { $0.text.trimmingSpaces }.filter { !$0.isEmpty }
    return parts.joined(separator: ": ")
  }

  static func words(of row: Row, in scope: Scope) -> String {
    var cells = row.cells.map { $0.trimmingSpaces }.filter { !$0.isEmpty }.joined(separator: ", ")
    // The rest names a key.
    if row.id == .localWorker { cells = String(cells.prefix { $0 != ";" }) }
    if case .text = row.id {
      if scope == .preview || scope == .installing { return row.cells.joined() }
      cells = row.cells.map { $0.trimmingSpaces }.filter { !$0.isEmpty }.joined(separator: ": ")
    }
    return switch row.mark {
    case .chosen?: "[x] \(cells)"
    case .unchosen?: "[ ] \(cells)"
    case .partlyChosen?: "[-] \(cells)"
    case .done?: "\(cells) (\(scope == .workers ? "ready" : scope.isReport ? "ok" : "done"))"
    case .failed?: "\(cells) (failed)"
    case .warning?: "\(cells) (attention)"
    case .current? where scope == .contexts: "\(cells) (current)"
    case .fixed?: "\(cells) (cannot be chosen)"
    case .current?, .todo?, nil: cells
    }
  }
}

extension Scope {
  fileprivate var isReport: Bool { self == .verifying || self == .complete }
}

extension String {
  fileprivate var trimmingSpaces: String {
    let isSpace = { (character: Character) in character == " " }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
