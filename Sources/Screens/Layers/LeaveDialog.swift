import TerminalText
import Wizard

/// Whether to leave while something is written; the wizard asks it, over everything but the help.
enum LeaveDialog: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .leave,
    [
      KeyHandler(.confirmLeaving, sends: .leave), KeyHandler(.stay, sends: .stay),
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    context.visible.screen.room.layOut(context, on: &canvas, rows: rows)
    let count = context.state.changesUnderWay
    let lines = [
      Line(), Line("\(plural(count, "change")) under way: leaving waits for that."), Line(),
      Line(.init(.leave, " Leave", "    "), .init(.stay, " Stay"), in: .layer(.leaving)), Line(),
    ]
    canvas.coverKeys(in: Metrics.firstBodyRow..<canvas.size.rows - canvas.rowsBelowBody)
    let height = lines.count + Metrics.boxRows
    let left = (canvas.size.columns - Metrics.leaveWidth) / 2
    let top = (canvas.size.rows - height) / 2
    canvas.box(
      "LEAVE?", lines, rows: top..<top + height, columns: left..<left + Metrics.leaveWidth)
  }
}
