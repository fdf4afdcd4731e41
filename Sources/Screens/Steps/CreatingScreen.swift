import TerminalText
import Wizard

/// Step 4: the units while they are written, and how each of them ended.
enum CreatingScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .goOn, .retry, .rows, .filter, .compare, .pane, .deciding, .retryOne,
    [KeyHandler(.edit, isOffered: { anyDiffers($0, $1) || $0.mayRenameSome }) { $0.editName() }])

  static let foremost: KeyValuePairs<Action, String> = [
    .retryOne: "this one", .retry: "retry", .escape: "stop/back", .leaveAsIs: "keep",
    .update: "replace", .edit: "rename", .compare: "look",
  ]

  static let plain = PlainAnswers { state in
    if !state.conflicts.isEmpty { return "keep N, replace N, rename N NAME, or ? " }
    return state.isCreating ? nil : "enter to go on, retry, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    !state.isCreating && state.hasFailures && state.session.createdCount > 0
      ? "go on without" : nil
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    let done = state.session.createdCount
    let word = state.session.foundCount > 0 ? "are" : "created"
    let units = proposal.units
    var page = Page(
      title: "\(done) of \(plural(units.count, "unit")) \(word) in \(ui.units.placeWords)"
        + (state.failureCount > 0 ? ", \(state.failureCount) failed" : ""))
    page.columns = [Column("UNIT"), Column("STATE")]
    page.progress = state.creationProgress
    // What has to be looked at comes first, and the cursor to it as soon as nothing is written.
    let order = ui.order
    page.followed = state.isCreating ? order.runningRow : order.first.isEmpty ? nil : 0
    page.rows = Rows(count: units.count) { row in
      let place = order.place(ofRow: row)
      let (mark, words) = progress(of: units[place], state)
      let told = mark == .failed ? cause(words) : words
      return Row(id: .unit(units[place].id), mark: mark, cells: [units[place].name, told])
    }
    if state.isCreating, let worst = order.first.first, let reason = state.failure(of: units[worst])
    {
      page.intro = [.bad("First: \(units[worst].name): \(cause(reason))").onlyOnScreen]
    }
    page.about = { row in
      guard let place = ui.units.place(of: row) else { return [] }
      let (mark, words) = progress(of: units[place], state)
      return mark == .failed
        ? [.bad(wholeCause(words))] : mark == .warning ? [.warning(words)] : []
    }
    page.isDetailVital = true
    page.paneContents = [.log]
    page.outro = [outro(state, ui.speech)]
    return page
  }

  private static func outro(_ state: WizardState, _ speech: Speech) -> Line {
    let failed = state.failureCount
    // At each drawing: none is looked for where there is none.
    if !state.conflicts.isEmpty,
      let first = state.session.proposal?.units.first(where: { state.conflicts[$0.id] != nil })
    {
      let rest = state.conflicts.count - 1
      return .warning(
        speech.told(
          "Under the name \(first.name)\(rest > 0 ? " and \(rest) more" : "") other content is there.",
          [Way(.leaveAsIs, "keeps it"), Way(.update, "replaces it")]
            // Under another name, what this session made would be there twice.
            + (state.conflicts[first.id]?.existing.markedBy == nil
              ? [Way(.rename, "gives another name")] : [])))
    }
    if state.isCreating {
      return Line(
        speech.told("Each unit is recorded as soon as it exists.", [Way(.stop, "stops")]))
    }
    if failed > 0 {
      return .bad(
        speech.told(
          "\(plural(failed, "unit")) failed.",
          [
            Way(.retry, "tries all again"), Way(.retryOne, "tries this row's"),
            Way(.goOn, "goes on without"),
          ] + (state.mayRenameSome ? [Way(.rename, "takes another name")] : [])))
    }
    return Line(speech.told("Not all are created yet.", [Way(.retry, "goes on")]))
  }

  private static func progress(of unit: UnitPlan, _ state: WizardState) -> (Row.Mark, String) {
    if let conflict = state.conflicts[unit.id] { return (.warning, conflict.words) }
    if let reason = state.failure(of: unit) { return (.failed, reason) }
    if let running = state.running.values.first(where: { $0.work.unit?.id == unit.id }) {
      return (.current, running.work.title)
    }
    if state.isAboutToWrite(unit) { return (.current, "about to be written") }
    let operation = state.operation(for: unit)
    return switch operation?.state {
    case .done: (.done, operation?.result?.rawValue ?? "done")
    case .skipped: (.warning, operation?.reason ?? "skipped")
    case .failed: (.failed, operation?.reason ?? "failed")
    case .intent: (.current, "outcome unknown; it will be read")
    case nil: (.todo, "")
    }
  }
}

extension [KeyHandler] {
  /// On screens where units are written.
  static let retryOne = [KeyHandler(.retryOne) { $0.onUnit { .event(.retryOne(unit: $1)) } }]
}
