import TerminalText
import Wizard

/// A log: of this run or of a session, of the local worker, or of the programs that were run.
enum LogLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .rows, .shifting, .searching,
    [
      KeyHandler(.closeView) { $0.takeOff(.log) },
      KeyHandler(.olderLog, isOffered: { hasOther(by: -1, $1) }) { $0.viewOtherLog(by: -1) },
      KeyHandler(.newerLog, isOffered: { hasOther(by: 1, $1) }) { $0.viewOtherLog(by: 1) },
      KeyHandler(.openPager) { $0.openPager($0.ui.log) },
    ])

  private static func hasOther(by step: Int, _ ui: ViewState) -> Bool {
    guard let shown = ui.logPaths.firstIndex(where: { $0 == ui.log?.name }) else { return false }
    return ui.logPaths.indices.contains(shown + step)
  }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let paths = context.ui.logPaths
    guard let log = context.ui.log else { return }
    let number = (paths.firstIndex(of: log.name) ?? 0) + 1
    let which =
      (paths.count > 1 ? "  log \(number) of \(paths.count)" : "")
      + (context.ui.followsLog ? "  follows" : "")
    let room = canvas.textWidth - displayWidth(of: which)
    let name = cutMiddle(escaped(log.name), to: room, ellipsis: canvas.glyphs.ellipsis)
    canvas.put(
      Line([(name, Style(bold: true)), (which, Style(.muted))]), row: rows.lowerBound)
    let zone = context.ui.zone
    canvas.text(
      log.lines.lazy.map { Line(LogLine.shown($0, in: zone)) }, context,
      rows: rows.lowerBound + 1..<rows.upperBound, isMovable: true)
  }
}

extension KeyPress {
  /// Opens the latest log: on the tab Sessions of the row's session, elsewhere of the shown one.
  mutating func viewLog() -> Intent {
    if screen == .teamSession, let slug = ui.openTeamSession { return .event(.readTeamLog(slug)) }
    var session = state.shownSession
    if screen == .sessions {
      guard let kept = ui.storedSession(at: row?.id, in: state)?.session else {
        return say("This session has no log that is known.")
      }
      session = kept
    }
    ui.logPaths = session.logs.isEmpty ? [session.logFile].compactMap { $0 } : session.logs
    guard let latest = ui.logPaths.last else { return say("This session has no log.") }
    return .viewLog(latest)
  }

  fileprivate mutating func viewOtherLog(by step: Int) -> Intent {
    guard !ui.logPaths.isEmpty else { return say("This is not the log of a run.") }
    let other = (ui.logPaths.firstIndex { $0 == ui.log?.name } ?? 0) + step
    guard ui.logPaths.indices.contains(other) else {
      return say("This is the \(step < 0 ? "oldest" : "latest") log.")
    }
    return .viewLog(ui.logPaths[other])
  }

  /// Has the person's pager show a text.
  mutating func openPager(_ text: LogText?) -> Intent {
    text.map(Intent.openPager) ?? say("There is no text to show yet.")
  }

  /// Moves a text sideways, as far as its longest visible line goes.
  mutating func shift(_ direction: Shift) -> Intent {
    let focus = layout.focus
    let before = ui.position(in: focus).shift
    switch direction {
    case .left:
      if before == 0 { ui.notice = "These are the beginnings of the lines." }
      ui.positions[focus, default: .init()].shift = max(0, before - Metrics.shift)
    case .right:
      let overhang = layout.scroll.overhang
      guard overhang > 0 else { return say("No line that is shown is longer.") }
      ui.positions[focus, default: .init()].shift = before + min(Metrics.shift, overhang)
    }
    return .nothing
  }

  enum Shift { case left, right }
}

extension LogText {
  /// A whole text as its lines.
  init(name: String, text: String) {
    self.init(
      name: name,
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}
