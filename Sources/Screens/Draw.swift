import TerminalText
import Wizard

/// What the drawing needs to know about where it is shown.
public struct Look: Sendable {
  public var glyphs: Glyphs
  /// `map-import`, or how it was called.
  public var program: String
  public var isDemo: Bool
  /// Whom ConfigHub knew when it was asked last, in an earlier run.
  public var lastConnection: HubIdentity?

  public init(glyphs: Glyphs, program: String = "map-import", isDemo: Bool = false) {
    self.glyphs = glyphs
    self.program = program
    self.isDemo = isDemo
  }
}

/// Smaller than this, only the size that is needed is shown.
public let minimumSize = Size(columns: 60, rows: 16)

/// The whole screen for a state. `ui` learns how much room its list has.
public func view(
  _ state: WizardState, _ ui: inout ViewState, size: Size, look: Look
) -> Frame {
  let sight = ui.look(at: state)
  var canvas = Canvas(frame: Frame(size: size), look: look)
  guard size.columns >= minimumSize.columns, size.rows >= minimumSize.rows else {
    canvas.tooSmall()
    ui.regions = []
    return canvas.frame
  }
  canvas.titleLine(state, ui)
  canvas.stepRail(state)
  canvas.rule(state, ui)
  let status = canvas.status(state, ui)
  // A sentence that is longer than the status line takes its room from the body.
  let body = 3..<max(8, size.rows - 1 - status.news.count)
  switch Scope(state, ui) {
  case .help: canvas.help(&ui, Scope(helped: state, ui), rows: body)
  case .log: canvas.log(&ui, rows: body)
  case .details: canvas.details(state, &ui, rows: body)
  case .leftOut: canvas.leftOut(state, &ui, rows: body)
  default: canvas.body(state, sight, &ui, rows: body)
  }
  if Scope(state, ui) == .leaving { canvas.askToLeave(state) }
  canvas.put(status)
  canvas.keyLine(state, ui)
  ui.regions = canvas.regions
  return canvas.frame
}

extension Page {
  /// The page of a state, on the tab that is shown.
  init(for state: WizardState, _ ui: ViewState) {
    self =
      switch Scope(of: state, ui) {
      case .contexts: .contexts(state)
      case .namespaces: .namespaces(state)
      case .scanning: .scanning(state, ui)
      case .review: .review(state, ui)
      case .select: .select(state, ui)
      case .members: .members(state, ui)
      case .preview: .preview(state)
      case .signingIn: .signingIn(state)
      case .confirming: .confirming(state)
      case .creating: .creating(state)
      case .workers: .workers(state)
      case .installing: .installing(state)
      case .connecting: .connecting(state)
      case .waiting: .waiting(state)
      case .binding: .binding(state)
      case .verifying, .complete: .report(state)
      case .cluster: .cluster(state, ui)
      case .sessions: .sessions(state, ui)
      default: Page()
      }
  }
}

/// A frame under construction.
struct Canvas {
  var frame: Frame
  let look: Look
  var regions: [Region] = []

  var size: Size { frame.size }

  mutating func put(_ line: Line, row: Int, column: Int, width: Int) {
    var at = column
    for piece in line.pieces {
      let room = column + width - at
      guard room > 0 else { return }
      let ellipsis = look.glyphs.ellipsis
      let words = ellipsis == "…" ? piece.text : piece.text.replacing("…", with: ellipsis)
      let text = cut(escaped(words), to: room, ellipsis: ellipsis)
      let start = at
      at = frame.put(text, row: row, column: at, style: piece.style)
      if let key = piece.key { canClick(.key(key), row, start..<at) }
    }
  }

  mutating func tooSmall() {
    let needed = "\(minimumSize.columns)x\(minimumSize.rows)"
    // The first that fits of each.
    let lines = [
      ["map-import needs \(needed).", "needs \(needed)", needed],
      ["This is \(size.columns)x\(size.rows).", "is \(size.columns)x\(size.rows)"],
      ["ctrl-c leaves, saved.", "ctrl-c leaves", "ctrl-c"],
    ]
    for (row, texts) in lines.enumerated() {
      let text = texts.first { displayWidth(of: $0) <= size.columns } ?? texts.last ?? ""
      frame.put(text, row: row, column: 0)
    }
  }

  // MARK: Top

  mutating func titleLine(_ state: WizardState, _ ui: ViewState) {
    let bar = Style(reversed: true)
    frame.fill(row: 0, style: bar)
    let tabs = ViewState.Tab.shown.map { "[\($0.rawValue)]" }.joined(separator: " ")
    var column = size.columns - displayWidth(of: tabs) - 1
    let room = column - 2
    // While something is typed, the keys of the tabs are text.
    let isTyping = [.editing, .filtering].contains(Scope(state, ui))
    for tab in ViewState.Tab.shown {
      let start = column
      let style = tab == ui.tab ? Style(bold: true, reversed: true, underlined: true) : bar
      column = frame.put("[\(tab.rawValue)]", row: 0, column: column, style: style) + 1
      let keys = Binding.table.first { $0.action == .tab(tab) }?.keys ?? []
      if !isTyping, let key = keys.first { canClick(.key(key), 0, start..<column - 1) }
    }
    let context = state.shownSession.cluster.context
    let name = ["map-import", look.isDemo ? "demo" : "", context].filter { !$0.isEmpty }
    let text = cut(
      escaped(name.joined(separator: "  ")), to: room, ellipsis: look.glyphs.ellipsis)
    frame.put(text, row: 0, column: 1, style: Style(bold: true, reversed: true))
  }

  mutating func stepRail(_ state: WizardState) {
    let session = state.shownSession
    let isRoomy = size.columns >= 79
    var column = 1
    for step in Step.seven {
      let isDone = session.stepsCompleted.contains(step)
      let isSkipped = session.stepsSkipped.contains(step)
      let isCurrent = step == session.position.step
      let mark =
        isCurrent
        ? look.glyphs.current
        : isSkipped ? "-" : isDone ? look.glyphs.done : look.glyphs.todo
      let style =
        isCurrent
        ? Style(.accent, bold: true) : isSkipped || !isDone ? Style(.muted) : Style(.good)
      let text = isRoomy ? "\(mark) \(step.rawValue)" : mark + step.rawValue
      column = frame.put(text, row: 1, column: column, style: style) + (isRoomy ? 3 : 1)
    }
    if isRoomy {
      let count = "\(session.position.step.number)/\(Step.seven.count)"
      frame.put(count, row: 1, column: size.columns - 4, style: Style(.muted))
    }
  }

  /// The line under the rail, on which a scan that is not whole is named for as long as it is used.
  mutating func rule(_ state: WizardState, _ ui: ViewState) {
    frame.drawLine(row: 2, columns: 0..<size.columns, glyphs: look.glyphs, style: Style(.muted))
    guard state.shownSession.scan?.isPartial == true else { return }
    let text = ui.layer == .leftOut ? " partial scan " : " partial scan: l lists what is missing "
    frame.put(
      text, row: 2, column: size.columns - displayWidth(of: text) - 1, style: Style(.warning))
  }

  // MARK: Bottom

  struct Status {
    /// The answer to the last key, why nothing is saved, or what runs; at least one line.
    var news: [Line]
    /// Whether all is saved.
    var saving: String
    var style: Style
  }

  func status(_ state: WizardState, _ ui: ViewState) -> Status {
    // Neither an answer to an earlier key nor one that would stand beside what is being typed.
    let isNew = state.noticeCount > ui.seenNotices && ui.editing == nil
    let notice = ui.notice ?? (isNew ? state.notice : nil)
    let (saving, style) = saving(state, beside: notice)
    let room = size.columns - 2 - (saving.isEmpty ? 0 : displayWidth(of: saving) + 2)
    return Status(news: news(state, ui, notice, width: room), saving: saving, style: style)
  }

  private func news(
    _ state: WizardState, _ ui: ViewState, _ notice: String?, width: Int
  ) -> [Line] {
    if let notice { return wrapped(Line(notice, Style(.accent)), to: width) }
    if case .failed(let reason) = state.saving { return wrapped(.bad(reason), to: width) }
    guard let running = state.shownRunning else { return [Line()] }
    if let words = state.waitWords { return wrapped(.warning(words), to: width) }
    let spinner = look.glyphs.spinner
    let seconds = max(0, state.now.seconds(since: running.since))
    let text = "\(spinner[ui.spinner % spinner.count]) \(running.work.title)  \(seconds) s"
    return [Line(cut(escaped(text), to: width, ellipsis: look.glyphs.ellipsis), Style(.accent))]
  }

  /// The time of a save gives way to a sentence that would need another line because of it.
  private func saving(_ state: WizardState, beside notice: String?) -> (String, Style) {
    let isLong = notice.map { displayWidth(of: escaped($0)) > size.columns - 18 } ?? false
    return switch state.saving {
    case .failed: ("NOT SAVED", Style(.bad, bold: true))
    case _ where isLong: ("", .plain)
    case .never: state.answers.dryRun ? ("dry run", Style(.muted)) : ("", .plain)
    case .saved(let at): ("saved \(at.clock)", Style(.muted))
    case .changed, .underWay: ("saving", Style(.muted))
    }
  }

  mutating func put(_ status: Status) {
    let row = size.rows - 2
    frame.put(
      status.saving, row: row, column: size.columns - displayWidth(of: status.saving) - 1,
      style: status.style)
    let first = row - status.news.count + 1
    for (index, line) in status.news.enumerated() {
      put(line, row: first + index, column: 1, width: size.columns - 2)
    }
  }

  mutating func keyLine(_ state: WizardState, _ ui: ViewState) {
    let scope = Scope(state, ui)
    var column = 1
    let row = size.rows - 1
    var hints = Binding.table.filter { $0.scopes.contains(scope) && state.offers($0.action, ui) }
      .map { (keys: Array($0.keys.suffix(1)), label: $0.label ?? "") }.filter { !$0.label.isEmpty }
    if scope == .filtering { hints.append(([.up, .down], "move")) }
    for (keys, label) in hints {
      let names = keys.map(\.name).joined(separator: " ")
      let end = column + displayWidth(of: names) + 1 + displayWidth(of: label)
      guard end < size.columns else { continue }
      if keys.count == 1 { canClick(.key(keys[0]), row, column..<end) }
      column = frame.put(names, row: row, column: column, style: Style(bold: true))
      column = frame.put(" \(label)", row: row, column: column, style: Style(.muted)) + 2
    }
  }
}

extension WizardState {
  /// Whether a key that its screen has is worth naming now; where it is not, pressing it says why.
  func offers(_ action: Action, _ ui: ViewState) -> Bool {
    switch (action, stage) {
    case (.resume, .prompt(let found)), (.delete, .prompt(let found)): found.hindrance == nil
    case (.resume, .starting), (.new, .starting), (.start, .starting), (.viewLog, .starting): false
    case (.resume, .working), (.new, .working):
      !hasFoundNone || !session.stepsCompleted.isEmpty
    case (.viewInConfigHub, _): shownSession.hub?.server != nil
    case (.olderLog, _), (.newerLog, _): !ui.logPaths.isEmpty
    default: true
    }
  }

  /// What the status line names: the oldest work that is not mere waiting or saving.
  var shownRunning: Running? {
    running.sorted { $0.key < $1.key }.map(\.value).first {
      switch $0.work {
      case .pause, .session(.save), .cancel: false
      default: true
      }
    }
  }

  /// What is waited for before there is anything to be seen.
  var startingWords: String {
    let isOpening = running.values.contains {
      if case .session(.open) = $0.work { true } else { false }
    }
    return isOpening ? "Opening the session…" : "Looking for a session…"
  }
}
