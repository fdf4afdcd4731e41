import TerminalText
import Wizard

/// Step 1: what has been read so far, and what was found in it.
enum ScanningScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(.step, .rows, .filter, .details)

  static let plain = PlainAnswers { _ in nil }

  static func workloads(_ state: WizardState) -> WorkloadList.Source? {
    .arriving(state.arriving)
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page(title: "Scanning \(state.session.scope.context)")
    let found = state.arriving.count
    if found > 0 { page.title += ": \(plural(found, "workload")) so far" }
    page.intro = [
      Line(pace(state)).onlyOnScreen, .muted("Nothing is changed. esc stops it.").onlyOnScreen,
    ]
    page.meters = state.scanProgress.values.sorted { $0.resource < $1.resource }
    page.show(ui.list, canChoose: false, canArrange: false, at: state.now)
    page.empty = found > 0 ? nil : "No workloads yet."
    return page
  }

  /// How long, how much, how fast.
  private static func pace(_ state: WizardState) -> String {
    let scan = state.running.values.first { $0.work.isScan }
    let seconds = scan.map { max(0, state.now.seconds(since: $0.since)) } ?? 0
    let read = state.scanProgress.values.reduce(0) { $0 + $1.read }
    var words = "\(seconds) s, \(plural(read, "object")) read"
    if seconds > 0, read > 0 { words += ", \(read / Int(seconds)) a second" }
    return words
  }
}
