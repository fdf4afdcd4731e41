import TerminalText
import Wizard

// What every screen has: the title with the tabs, the steps, the rule, the status and the keys.

extension Canvas {
  mutating func whole(_ context: LayoutContext) {
    guard size.columns >= minimumSize.columns, size.rows >= minimumSize.rows else {
      return tooSmall()
    }
    titleLine(context)
    steps(context.state)
    rule(context)
    let status = Status(context, self)
    // A sentence that is longer than the status line takes its room from the body.
    let end = size.rows - rowsBelowBody + 1 - status.news.count
    let body = Metrics.firstBodyRow..<max(8, end)
    switch context.focus {
    case .screen(let screen): screen.room.layOut(context, on: &self, rows: body)
    case .layer(let layer): layer.room.layOut(context, on: &self, rows: body)
    }
    put(status)
    keyLine(context)
  }

  private mutating func tooSmall() {
    let needed = "\(minimumSize.columns)x\(minimumSize.rows)"
    // The first that fits of each.
    let lines = [
      ["map-import needs \(needed).", "needs \(needed)", needed],
      ["This is \(size.columns)x\(size.rows).", "is \(size.columns)x\(size.rows)"],
      ["ctrl-c leaves, saved.", "ctrl-c leaves", "ctrl-c"],
    ]
    for (row, texts) in lines.enumerated() {
      let text = texts.first { displayWidth(of: $0) <= size.columns } ?? texts.last ?? ""
      put(text, row: row, column: 0)
    }
  }

  // MARK: Top

  private mutating func titleLine(_ context: LayoutContext) {
    let row = Metrics.titleRow
    let bar = Style(reversed: true)
    fill(row: row, style: bar)
    let tabs = ViewState.Tab.shown.map { "[\($0.rawValue)]" }.joined(separator: " ")
    var column = size.columns - displayWidth(of: tabs) - 1
    let room = column - 2
    for tab in ViewState.Tab.shown {
      let start = column
      let isShown = tab == context.ui.tab
      let style = isShown ? Style(bold: true, reversed: true, underlined: true) : bar
      column = put("[\(tab.rawValue)]", row: row, column: column, style: style) + 1
      // While something is typed, the keys of the tabs are text.
      let binding = Binding.table.first { $0.action == .tab(tab) }
      if !context.focus.isText, let key = binding?.keys.first {
        canClick(.key(key), row, start..<column - 1)
      }
    }
    let cluster = context.state.shownSession.cluster.context
    let name = ["map-import", theme.isDemo ? "demo" : "", cluster].filter { !$0.isEmpty }
    let text = cut(escaped(name.joined(separator: "  ")), to: room, ellipsis: glyphs.ellipsis)
    put(text, row: row, column: 1, style: Style(bold: true, reversed: true))
  }

  private mutating func steps(_ state: WizardState) {
    let session = state.shownSession
    let row = Metrics.stepsRow
    let isRoomy = size.columns >= Metrics.roomySteps
    var column = 1
    for step in Step.seven {
      let isDone = session.stepsCompleted.contains(step)
      let isSkipped = session.stepsSkipped.contains(step)
      let isCurrent = step == session.position.step
      let mark =
        isCurrent ? glyphs.current : isSkipped ? "-" : isDone ? glyphs.done : glyphs.todo
      let style =
        isCurrent
        ? Style(.accent, bold: true) : isSkipped || !isDone ? Style(.muted) : Style(.good)
      let text = isRoomy ? "\(mark) \(step.rawValue)" : mark + step.rawValue
      column = put(text, row: row, column: column, style: style) + (isRoomy ? 3 : 1)
    }
    if isRoomy {
      let count = "\(session.position.step.number)/\(Step.seven.count)"
      put(count, row: row, column: size.columns - 4, style: Style(.muted))
    }
  }

  /// The line under the steps, on which a scan that is not whole is named for as long as it is used.
  private mutating func rule(_ context: LayoutContext) {
    rule(row: Metrics.ruleRow)
    guard context.state.shownSession.scan?.isPartial == true else { return }
    let isListed = context.ui.has(.omissions)
    putAtRight(
      isListed ? " partial scan " : " partial scan: l lists what is missing ",
      row: Metrics.ruleRow, style: Style(.warning))
  }

  // MARK: Bottom

  private mutating func put(_ status: Status) {
    let row = size.rows - rowsBelowBody
    putAtRight(status.saving, row: row, style: status.style)
    let first = row - status.news.count + 1
    for (index, line) in status.news.enumerated() { put(line, row: first + index) }
  }

  /// The keys that do something now and on this row, those that matter most here first; the second
  /// line, where there is room for one, takes what the first has no room for.
  private mutating func keyLine(_ context: LayoutContext) {
    let bindings = context.focus.hints(context.ui)
    var hints: [(keys: [Key], label: String)] = bindings.compactMap { binding, label in
      context.focus.label(
        of: binding.action, label, at: context.visible.row, context.state, context.ui
      ).map { (Array(binding.keys.suffix(1)), $0) }
    }
    if context.focus == .layer(.filter) { hints.append(([.up, .down], "move")) }
    for row in size.rows - keyLines..<size.rows {
      var column = Metrics.margin
      var rest: [(keys: [Key], label: String)] = []
      for (keys, label) in hints {
        let names = keys.map(\.name).joined(separator: " ")
        let end = column + displayWidth(of: names) + 1 + displayWidth(of: label)
        guard end < size.columns else {
          rest.append((keys, label))
          continue
        }
        if keys.count == 1 { canClick(.key(keys[0]), row, column..<end) }
        column = put(names, row: row, column: column, style: Style(.accent, bold: true))
        column = put(" \(label)", row: row, column: column) + 2
      }
      hints = rest
    }
  }
}

/// The status line, which grows upwards.
struct Status {
  /// The answer to the last key, why nothing is saved, or what runs; at least one line.
  let news: [Line]
  /// Whether all is saved.
  let saving: String
  let style: Style

  init(_ context: LayoutContext, _ canvas: Canvas) {
    let (state, ui) = (context.state, context.ui)
    // Neither an answer to an earlier key nor one that would stand beside what is typed.
    let isNew = state.noticeCount > ui.seenNotices && ui.textEntry == nil
    let notice = ui.notice ?? (isNew ? state.reply.map(ui.speech.told) : nil)
    (saving, style) = Self.saving(state, beside: notice, ui.zone, canvas)
    let room = canvas.textWidth - (saving.isEmpty ? 0 : displayWidth(of: saving) + 2)
    news = Self.news(context, notice, canvas, width: room)
  }

  private static func news(
    _ context: LayoutContext, _ notice: String?, _ canvas: Canvas, width: Int
  ) -> [Line] {
    let state = context.state
    if let notice { return wrapped(Line(notice, Style(.accent)), to: width) }
    if case .failed(let reason) = state.saving { return wrapped(.bad(reason), to: width) }
    guard let running = state.shownRunning else { return [Line()] }
    if let words = state.waitWords { return wrapped(.warning(words), to: width) }
    let spinner = canvas.glyphs.spinner
    let seconds = max(0, state.now.seconds(since: running.since))
    let turn = spinner[context.ui.spinner % spinner.count]
    let text = escaped("\(turn) \(running.work.title)  \(seconds) s")
    return [Line(cut(text, to: width, ellipsis: canvas.glyphs.ellipsis), Style(.accent))]
  }

  /// The time of a save gives way to a sentence that would need another line because of it.
  private static func saving(
    _ state: WizardState, beside notice: String?, _ zone: Zone, _ canvas: Canvas
  ) -> (String, Style) {
    let room = canvas.size.columns - Metrics.roomOfSaving
    let isLong = notice.map { displayWidth(of: escaped($0)) > room } ?? false
    return switch state.saving {
    case .failed: ("NOT SAVED", Style(.bad, bold: true))
    case _ where isLong: ("", .plain)
    case .never: state.answers.run.dryRun ? ("dry run", Style(.muted)) : ("", .plain)
    case .saved(let at): ("saved \(at.clock(in: zone))", Style(.muted))
    case .changed, .underWay: ("saving", Style(.muted))
    }
  }
}
