import TerminalText
import Wizard

/// What the scan could not read, what it left out on purpose, and what it saw change, in full.
enum OmissionsLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .logs, .rows,
    [
      KeyHandler(.omissions) { $0.takeOff(.omissions) },
      KeyHandler(.escape) { $0.takeOff(.omissions) },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    canvas.text(context.ui.omissions.lines, context, rows: rows)
  }
}

extension KeyPress {
  mutating func showOmissions() -> Intent {
    guard state.shownSession.scan != nil else { return say("Nothing was scanned yet.") }
    ui.push(.omissions)
    return .nothing
  }
}

/// The lines of the layer: there may be thousands, so they are made again only for another scan or
/// another width.
struct OmissionLines: Sendable {
  private(set) var lines: [Line] = []
  private var leftOut: [Omission]?
  private var units: Proposal?
  private var scannedAt: Timestamp?
  private var changes: ScanChanges?
  private var columns = 0

  mutating func update(for state: WizardState, columns: Int, _ theme: Theme) {
    let scan = state.shownSession.scan
    let leftOut = scan?.leftOut ?? []
    let isSame =
      columns == self.columns && leftOut == self.leftOut && scan?.scannedAt == scannedAt
      && state.changes == changes && state.shownSession.proposal == units
    if isSame { return }
    (self.leftOut, self.columns, changes) = (leftOut, columns, state.changes)
    scannedAt = scan?.scannedAt
    units = state.shownSession.proposal
    let accounting = Accounting(state.shownSession)
    let omissions = state.shownSession.omissions(accounting) { _ in true }
    lines = Self.lines(
      omissions, accounting.shared.grouped, state.changes ?? ScanChanges(), theme
    ).flatMap {
      wrapped($0, to: columns - Metrics.margins)
    }
  }

  private static func lines(
    _ leftOut: [Omission], _ shared: [Omission], _ changes: ScanChanges, _ theme: Theme
  ) -> [Line] {
    let gaps = leftOut.filter(\.isGap)
    let meant = leftOut.filter { !$0.isGap }
    var lines: [Line] = []
    if !gaps.isEmpty {
      lines.append(Line("Could not be read: the scan is partial", Style(bold: true)))
      lines +=
        gaps.map { .warning("\(theme.glyphs.failed) \($0.what): \($0.why)") } + [Line()]
    }
    if !meant.isEmpty {
      lines.append(Line("Left out on purpose", Style(bold: true)))
      lines += meant.map { Line("- \($0.what): \($0.why)") } + [Line()]
    }
    if !shared.isEmpty {
      lines.append(Line("Shared", Style(bold: true)))
      lines += shared.map { Line("- \($0.what): \($0.why)") } + [Line()]
    }
    for (title, keys) in [
      ("New since the scan before", changes.new), ("Changed since then", changes.changed),
      ("Gone since then", changes.gone),
    ] where !keys.isEmpty {
      lines.append(Line(title, Style(bold: true)))
      lines += keys.map { Line("- \($0.kind?.rawValue ?? "") \($0.namespace)/\($0.name)") }
      lines.append(Line())
    }
    return lines.isEmpty ? [Line("Nothing was left out.")] : lines
  }
}
