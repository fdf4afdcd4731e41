import Wizard

/// Step 6: the targets of the worker are not there yet.
enum WaitingForTargetsScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(.step, .retryFailed, .retry, .skip, .localWorker)

  static let plain = PlainAnswers.wait

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let worker = state.session.workerSlug ?? ""
    let isReleased = state.hubDeliversReleasesOnly || state.session.workerMode == .server
    var page = Page(
      title: isReleased
        ? "The target that releases of \(ui.units.placeWords) are pulled from"
        : "Waiting for the targets of worker \(worker)")
    let targets = state.targets ?? []
    page.intro = [
      Line(
        isReleased
          ? "The App Space's own is taken; where it has none, \(worker)-releases is made."
          : "It takes a Kubernetes target with context \(state.session.cluster.context).")
    ]
    page.intro += Line.waited(state)
    page.intro += [
      Line(),
      Line(
        "Targets so far: \(targets.isEmpty ? "none" : targets.map(\.slug).joined(separator: ", "))"),
      Line("esc goes back to the worker, s goes on without targets.").onlyOnScreen,
    ]
    return page
  }
}
