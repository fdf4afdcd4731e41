import TerminalText
import Wizard

/// Whether to leave while something is written; the wizard asks it, over everything but the help.
enum LeaveDialog: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .leave,
    [
      KeyHandler(.confirmLeaving, sends: .leave), KeyHandler(.stay, sends: .stay),
      KeyHandler(
        .keepWorker, isOffered: { state, _ in isAboutWorker(state) }
      ) { press in
        isAboutWorker(press.state)
          ? .event(.keepWorker(true)) : press.say("No worker ends with the wizard.")
      },
    ])

  /// What is being written comes first.
  private static func isAboutWorker(_ state: WizardState) -> Bool {
    state.changesUnderWay == 0 && state.workerToEnd != nil
  }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    context.visible.screen.room.layOut(context, on: &canvas, rows: rows)
    let lines =
      isAboutWorker(context.state) ? aboutWorker(context.state) : aboutChanges(context.state)
    canvas.coverKeys(in: Metrics.firstBodyRow..<canvas.size.rows - canvas.rowsBelowBody)
    let height = lines.count + Metrics.boxRows
    let left = (canvas.size.columns - Metrics.leaveWidth) / 2
    let top = (canvas.size.rows - height) / 2
    canvas.box(
      "LEAVE?", lines, rows: top..<top + height, columns: left..<left + Metrics.leaveWidth)
  }

  private static func aboutChanges(_ state: WizardState) -> [Line] {
    [
      Line(), Line("\(plural(state.changesUnderWay, "change")) under way: leaving waits for that."),
      Line(),
      Line(.init(.leave, " Leave", "    "), .init(.stay, " Stay"), in: .layer(.leaving)), Line(),
    ]
  }

  private static func aboutWorker(_ state: WizardState) -> [Line] {
    let width = Metrics.leaveWidth - Metrics.boxColumns
    return [Line()] + state.workerQuestion.flatMap { wrapped(Line($0), to: width) } + [
      Line(),
      Line(
        .init(.keepWorker, " Keep it and leave", "    "), .init(.leave, " Leave", "    "),
        .init(.stay, " Stay"), in: .layer(.leaving)), Line(),
    ]
  }
}

extension WizardState {
  /// What leaving does to the worker that was started here, in sentences.
  var workerQuestion: [String] {
    guard changesUnderWay == 0, let slug = workerToEnd else { return [] }
    return [
      "Worker \(slug) ends with the wizard: the \(plural(session.boundCount, "unit")) bound to it "
        + "are not delivered then.",
      "Keep it running with: cub worker run \(slug) --space \(appSpace)",
    ]
  }
}
