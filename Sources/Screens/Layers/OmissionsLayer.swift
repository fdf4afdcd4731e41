import TerminalText
import Wizard

/// What the scan could not read, what it left out on purpose, and what it saw change, in full.
enum OmissionsLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .tabs, .logs, .rows, .searching,
    [
      KeyHandler(.omissions) { $0.takeOff(.omissions) },
      KeyHandler(.closeView) { $0.takeOff(.omissions) },
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

/// What the layer tells, and the tab counts: there may be thousands, so they are looked for again only
/// in another scan, and broken again only for another width.
struct Omissions: Sendable {
  private(set) var lines: [Line] = []
  /// How many things were left out on purpose, whichever share a line.
  private(set) var countOnPurpose = 0
  private var told: [Omission] = []
  private var shared: [Omission] = []
  private var leftOut: [Omission]?
  private var units: Proposal?
  private var scannedAt: Timestamp?
  private var changes: ScanChanges?
  private var columns: Int?

  mutating func update(for state: WizardState) {
    let session = state.shownSession
    let leftOut = session.scan?.leftOut ?? []
    let isSame =
      leftOut == self.leftOut && session.scan?.scannedAt == scannedAt && state.changes == changes
      && session.proposal == units
    if isSame { return }
    (self.leftOut, changes) = (leftOut, state.changes)
    scannedAt = session.scan?.scannedAt
    units = session.proposal
    let accounting = Accounting(session)
    told = session.omissions(accounting) { _ in true }
    shared = accounting.shared.grouped
    countOnPurpose = session.omissionCount(accounting)
    columns = nil
  }

  mutating func update(for state: WizardState, columns: Int, _ theme: Theme) {
    update(for: state)
    if columns == self.columns { return }
    self.columns = columns
    lines = Self.lines(told, countOnPurpose, shared, changes ?? ScanChanges(), theme).flatMap {
      wrapped($0, to: columns - Metrics.margins)
    }
  }

  private static func lines(
    _ leftOut: [Omission], _ count: Int, _ shared: [Omission], _ changes: ScanChanges,
    _ theme: Theme
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
      lines.append(Line("Left out on purpose: \(plural(count, "thing"))", Style(bold: true)))
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
