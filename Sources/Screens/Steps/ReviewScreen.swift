import TerminalText
import Wizard

/// Step 2: what the scan found, and what of it is imported.
enum ReviewScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .goOn, .retry, .rows, .filter, .choosing, .history, .details, .pane, .arrangement)

  static let foremost: KeyValuePairs<Action, String> = [
    .choose: "choose", .chooseShown: "all shown", .filter: "filter", .details: "details",
    .pane: "pane", .retry: "read again", .group: "group", .sort: "sort",
  ]

  static let plain = PlainAnswers(numbers: .choose) { _ in
    "Numbers to choose, not N to leave out, enter to go on, or ? "
  }

  static func workloads(_ state: WizardState) -> WorkloadList.Source? { .scan(of: state) }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let scan = state.session.scan
    let found = plural(scan?.detected ?? 0, "workload")
    var page = Page(title: "\(found), \(ui.list.chosenCount) chosen, \(state.scanned)")
    page.intro =
      Line.about(scan, ui.speech) + contested(ui.list) + reserved(ui.list)
      + Line.about(state.changes)
    page.show(ui.list, canChoose: true, canArrange: true, at: state.now)
    page.showInPane(ui.list, state)
    if ui.list.count == 0 {
      page.empty =
        ui.speech.told(
          "No workloads in \(scan?.namespaces.joined(separator: ", ") ?? "").",
          [Way(.goBack, "leads back to the namespaces"), Way(.retry, "scans again")])
    }
    return page
  }

  /// How many a person would have to choose, and why.
  private static func reserved(_ list: WorkloadList) -> [Line] {
    let counts = Reservation.allCases.compactMap { reservation in
      list.index.reserved[reservation].map { "\($0) \(reservation.adjective)" }
    }
    return counts.isEmpty
      ? [] : [Line("Not chosen by themselves: \(counts.joined(separator: ", ")).")]
  }

  /// Who would undo changes that are made in ConfigHub.
  private static func contested(_ list: WorkloadList) -> [Line] {
    let contested = list.contested.filter { $0.value > 0 }
    let count = contested.values.reduce(0, +)
    guard count > 0 else { return [] }
    let tools = Set(contested.keys)
    return [
      .warning(
        "\(plural(count, "chosen workload")) \(count == 1 ? "is" : "are") still owned by "
          + "\(tools.words), which \(tools.undoForSure ? "will" : "may") undo changes made elsewhere."
      )
    ]
  }
}
