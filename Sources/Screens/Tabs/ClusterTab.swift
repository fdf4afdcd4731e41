import TerminalText
import Wizard

/// The tab Cluster: what the last scan found, to be looked at alone.
enum ClusterTab: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .omissions, .rows, .filter, .details, .pane, .arrangement,
    [KeyHandler(.escape) { $0.leaveTab() }])

  static let plain = PlainAnswers.goOn

  static func workloads(_ state: WizardState) -> WorkloadList.Source? { .scan(of: state) }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let scan = state.shownSession.scan else { return unscanned(state) }
    var state = state
    state.session = state.shownSession
    var page = Page(title: "\(plural(scan.detected, "workload")), \(state.scanned)")
    page.intro = Line.about(scan, ui.speech) + Line.about(state.changes)
    page.show(ui.list, canChoose: false, canArrange: true, at: state.now)
    page.showInPane(ui.list, state)
    let leftOut = ui.omissions.countOnPurpose
    if leftOut > 0 {
      page.outro = [
        .muted("Left out on purpose: \(plural(leftOut, "thing")); l lists them.")
      ]
    }
    if ui.list.count == 0 {
      page.empty =
        scan.detected > 0
        ? "They can be looked at once the session is resumed." : "No workloads are known."
    }
    // A problem of the import does not cover what is known about the cluster.
    page.isProblemCovered = !page.rows.isEmpty
    page.problemHint = problemHint
    return page
  }

  private static let problemHint = "3 leads to the import, where r tries again."

  private static func unscanned(_ state: WizardState) -> Page {
    let isRunning = state.step == .scan && state.phase == .scanning
    var page = Page(
      title: "No cluster was scanned yet",
      empty: isRunning
        ? "It is being scanned now; 3 shows how far that is."
        : "The first step of the import scans one; 3 leads there.")
    page.problemHint = problemHint
    return page
  }
}
