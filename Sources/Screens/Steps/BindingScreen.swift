import TerminalText
import Wizard

/// Step 6: the units while they are bound to the target.
enum BindingScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retryFailed, .goOn, .retry, .skip, .rows, .filter, .retryOne, .localWorker)

  static let plain = PlainAnswers.goOn

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    state.hasFailures ? "go on without" : nil
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let units = state.session.proposal?.units ?? []
    let created = ui.created.places
    var page = Page(
      title: "\(state.session.boundCount) of \(plural(created.count, "unit")) bound to target "
        + (state.session.targetSlug ?? "")
        + (state.failureCount > 0 ? ", \(state.failureCount) failed" : ""))
    page.rows = Rows(count: created.count) { number in
      let unit = units[created[number]]
      let operation = state.binding(of: unit)
      let reason = state.failure(of: unit)
      let mark: Row.Mark =
        reason != nil
        ? .failed : operation?.state == .done ? .done : operation == nil ? .todo : .current
      return Row(id: .unit(unit.id), mark: mark, cells: [unit.name, reason.map(cause) ?? ""])
    }
    page.progress = state.bindingProgress
    if !state.hasFailures, !created.isEmpty {
      page.followed = min(state.session.boundCount, created.count - 1)
    }
    page.about = { row in
      ui.units.unit(of: row).flatMap(state.failure).map { [.bad(wholeCause($0))] } ?? []
    }
    page.isDetailVital = true
    page.paneContents = [.log]
    page.outro = [
      state.hasFailures
        ? .bad(
          ui.speech.told(
            "Some failed.",
            [
              Way(.retry, "tries them again"), Way(.retryOne, "tries this row's"),
              Way(.goOn, "goes on without"),
            ]))
        : Line(
          ui.speech.told("Each binding is recorded as soon as it is made.", [Way(.stop, "stops")]))
    ]
    return page
  }
}
