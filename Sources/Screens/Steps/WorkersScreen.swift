import TerminalText
import Wizard

/// Step 5: which worker connects ConfigHub to the cluster.
enum WorkersScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retryFailed, .retry, .skip, .rows, .localWorker,
    [
      KeyHandler(.goOn) { press in
        .event(
          press.row.flatMap { choice(of: $0.id, press.state) }.map(Event.chooseWorker) ?? .goOn)
      },
      KeyHandler(.edit) { $0.editName() },
    ])

  static let foremost: KeyValuePairs<Action, String> = [
    .skip: "go on without", .edit: "rename", .viewWorkerLog: "worker's log",
    .keepWorker: "keep worker",
  ]

  static let plain = PlainAnswers(emptyLine: .takeFirst(isReady: true), numbers: .take) { state in
    state.workers == nil ? nil : "Number of the worker, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    guard let choice = row.flatMap({ choice(of: $0, state) }) else { return nil }
    return state.isRefused(choice) ? nil : "choose"
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page(title: "Which worker connects ConfigHub to \(state.session.cluster.context)?")
    page.intro = [
      Line(
        state.hubReleases
          ? "With \(state.cubName) Argo CD or Flux pull releases of \(ui.units.placeWords). A worker is whom "
            + "they pull as: it need not run."
          : "A worker delivers the units of \(ui.units.placeWords)."),
      Line("A new one is called \(state.localWorkerSlug)."),
    ]
    page.plain.done = "ready"
    guard let workers = state.workers else {
      page.empty = "Reading the workers of \(state.appSpace)…"
      return page
    }
    let rows =
      workers.map {
        Row(id: .worker($0.slug), mark: $0.isReady ? .done : .todo, cells: [$0.slug, $0.condition])
      } + newWorkers(state)
    page.rows = Rows(rows)
    if !state.hubReleases {
      let lifetime = state.keepsWorker ? "outlives the wizard" : "ends with the wizard"
      page.plain.cells[.localWorker] = ["Start here", lifetime]
    }
    let server = state.hubReleases ? rows.firstIndex { $0.id == .serverWorker } : nil
    page.about = { row in
      let words = choice(of: row, state).map(state.consequences) ?? ""
      return words.isEmpty ? [] : [Line(words)]
    }
    page.isDetailVital = true
    page.plain.saysAbout = true
    page.firstCursor =
      workers.sorted { $0.slug < $1.slug }.firstIndex(where: \.isReady) ?? server ?? 0
    return page
  }

  private static func choice(of row: Row.ID, _ state: WizardState) -> WorkerChoice? {
    switch row {
    case .worker(let slug): .existing(slug: slug)
    case .localWorker: .local(slug: state.localWorkerSlug)
    case .clusterWorker: .cluster(slug: state.localWorkerSlug)
    case .serverWorker: .server(slug: state.localWorkerSlug)
    case .skipWorker: .skip
    default: nil
    }
  }

  private static func newWorkers(_ state: WizardState) -> [Row] {
    let isReleased = state.hubReleases
    let noDelivery = isReleased ? "delivers nothing with this cub" : nil
    let lifetime =
      state.keepsWorker ? "outlives the wizard; W ends it then" : "ends with the wizard; W keeps it"
    let server =
      isReleased
      ? "runs nowhere; Argo CD or Flux pull as it"
      : state.hubAppliesUnits ? "not with this cub" : "releases for Argo CD or Flux"
    return [
      Row(id: .localWorker, mark: .todo, cells: ["Start here", noDelivery ?? lifetime]),
      Row(
        id: .clusterWorker, mark: .todo,
        cells: ["Install in cluster", noDelivery ?? "asks for the word yes first"]),
      Row(id: .serverWorker, mark: .todo, cells: ["Server worker", server]),
      Row(
        id: .skipWorker, mark: .todo,
        cells: [
          "None for now",
          isReleased ? "no release; the end shows how to" : "nothing is delivered yet",
        ]),
    ]
  }
}
