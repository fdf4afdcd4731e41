import TerminalText
import Wizard

/// What stands beside a list.
struct Pane {
  let content: PaneContent
  private(set) var lines: [Line] = []
  /// What the lines need, and has to be asked for.
  private(set) var lacking: Glance.Subject?
  /// The last lines matter most.
  var showsEnd: Bool { content == .log }

  /// `nil` where there is no room for one, or nothing to be shown in it.
  init?(_ context: LayoutContext, columns: Int) {
    let (page, row) = (context.page, context.visible.row?.id)
    guard columns >= Metrics.widthWithPane, let row else { return nil }
    content = page.paneContents.nearest(to: context.ui.pane)
    switch content {
    case .none: return nil
    case .log: lines = Self.log(context.ui)
    case .details: lines = page.paneDetails(of: row)
    case .yaml, .difference:
      guard let subject = page.subject?(row, content) else {
        lines = page.paneDetails(of: row)
        return
      }
      switch subject {
      case .told(let line): lines = [line]
      case .read(let subject):
        let isLacking = context.state.lacks(subject)
        if isLacking { lacking = subject }
        lines = Self.lines(context.state.glance, of: subject, isComing: isLacking)
      }
    }
  }

  private static func log(_ ui: ViewState) -> [Line] {
    guard let log = ui.runLog else { return [.muted("The log is not read yet.")] }
    return log.lines.suffix(Metrics.paneLogLines).map { Line(LogLine.shown($0, in: ui.zone)) }
  }

  private static func lines(
    _ glance: Glance?, of subject: Glance.Subject, isComing: Bool
  ) -> [Line] {
    guard let glance, glance.subject == subject else {
      return [.muted(isComing ? "…" : "Not read yet.")]
    }
    return switch glance.content {
    case .reading: [.muted("Reading…")]
    case .failed(let reason): [.warning(reason)]
    case .object(let yaml):
      yaml.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    case .unit(let preview):
      preview.differences.map(changes) ?? preview.written.map { Line($0) }
    }
  }

  /// What differs, with a few lines around it.
  private static func changes(_ all: [UnitPreview.Difference]) -> [Line] {
    let changed = all.indices.filter { all[$0].sort != .both }
    guard !changed.isEmpty else {
      return [.onlyUnseenDiffers]
    }
    var lines: [Line] = []
    var shown = 0
    for change in changed {
      let first = max(shown, change - Metrics.linesAroundChange)
      let end = min(all.count, change + Metrics.linesAroundChange + 1)
      if first > shown { lines.append(.muted("…")) }
      for index in first..<max(first, end) { lines.append(all[index].line) }
      shown = max(shown, end)
    }
    return shown < all.count ? lines + [.muted("…")] : lines
  }
}

/// What the YAML or the difference of a row is taken from.
enum PaneSubject {
  case read(Glance.Subject)
  /// There is none; a sentence.
  case told(Line)
}

extension Canvas {
  /// The divider, what can be shown, and what is.
  mutating func put(_ pane: Pane, _ context: LayoutContext, rows: Range<Int>, columns: Range<Int>) {
    for row in rows {
      put(
        glyphs.lines.vertical, row: row, column: columns.lowerBound - Metrics.beforePane + 1,
        style: Style(.muted))
    }
    var first = rows.lowerBound
    let contents = context.page.paneContents
    if contents.count > 1 {
      put(heads(contents, pane.content, context.focus), row: first, columns)
      first += 1
    }
    // What cannot be seen is not broken into lines.
    let height = rows.upperBound - first
    let some = pane.showsEnd ? pane.lines.suffix(height) : pane.lines.prefix(height + 1)
    let lines = some.flatMap { wrapped($0, to: columns.count) }
    if pane.showsEnd {
      for (index, line) in lines.suffix(height).enumerated() {
        put(line, row: first + index, columns)
      }
      return
    }
    let isCut = lines.count > height
    for (index, line) in lines.prefix(isCut ? height - 1 : height).enumerated() {
      put(line, row: first + index, columns)
    }
    if isCut { put(.muted("p shows all of it"), row: rows.upperBound - 1, columns) }
  }

  private mutating func put(_ line: Line, row: Int, _ columns: Range<Int>) {
    put(line, row: row, column: columns.lowerBound, width: columns.count)
  }

  /// `[P]  details  YAML  log`: the one that is shown stands out.
  private func heads(_ contents: [PaneContent], _ shown: PaneContent, _ focus: Focus) -> Line {
    let key = focus.binding(of: .pane)?.keys.last
    var line = Line()
    if let key { line.pieces = [.init(text: "[\(key.name)]", style: Style(.muted), key: key)] }
    for content in contents {
      let style = content == shown ? Style(bold: true, underlined: true) : Style(.muted)
      if !line.isEmpty { line.pieces.append(.init(text: "  ", style: .plain)) }
      line.pieces.append(.init(text: content.word, style: style))
    }
    return line
  }
}
