import TerminalText
import Wizard

/// In place of the step: an import is taken back, or was.
enum RemovalScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retry, .rows, .filter, .localWorker,
    [
      KeyHandler(.goOn) { press in
        guard press.state.removal?.phase == .asking else { return .event(.goOn) }
        return switch press.row?.id {
        case .create: .event(.confirm)
        case .goBack: .event(.goBack)
        default: press.say("The buttons stand above.")
        }
      },
      KeyHandler(.backButton, isOffered: { state, _ in state.removal?.phase == .asking }) {
        $0.state.removal?.phase == .asking
          ? .event(.goBack) : $0.say("Nothing is asked any more.")
      },
      KeyHandler(.new, isOffered: { state, _ in canImportAgain(state) }) { _ in
        .event(.importAgain)
      },
    ])

  static let foremost: KeyValuePairs<Action, String> = [.new: "new import"]

  static let plain = PlainAnswers(emptyLine: .press(.goOn)) { state in
    switch state.removal?.phase {
    case .asking: "Remove them, yes or no? "
    case .over where canImportAgain(state): "new to import again, quit, or ? "
    case .over where state.session.isUndone: "quit, or ? "
    case .over: "enter to go back, or ? "
    case .looking, .removing, nil: nil
    }
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    switch (state.removal?.phase, row) {
    case (.asking, .create): "remove"
    case (.asking, .goBack): "back"
    case (.over, _): state.session.isUndone ? nil : "back"
    case (.asking, _), (.looking, _), (.removing, _), (nil, _): nil
    }
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let removal = state.removal else { return Page() }
    var page = Page(title: title(removal, state))
    page.plain.done = "removed"
    page.columns = [Column("UNIT", isWhole: true), Column("SPACE", rank: 1), Column()]
    let answers =
      removal.phase == .asking
      ? [Row.button(.goBack, "Back", .character("b")), Row.button(.create, "Remove")] : []
    let findings = removal.findings
    page.rows = Rows(count: answers.count + findings.count) { number in
      number < answers.count
        ? answers[number] : row(findings[number - answers.count], number, removal.phase)
    }
    page.about = { row in
      guard case .text(let number) = row, number >= answers.count else { return [] }
      return [Line("\(findings[number - answers.count].sentence.withStop)")]
    }
    page.isDetailVital = true
    page.intro = intro(removal, state)
    if removal.phase == .removing {
      let (removed, failed) = (removal.count(.removed), removal.findings.count(where: \.isFailed))
      page.progress = Progress(
        done: removed, failed: failed, left: removal.count(.removable))
      page.followed = findings.firstIndex { $0.fate == .removable }
    }
    if removal.phase == .looking, state.problem == nil { page.empty = "Asking ConfigHub…" }
    page.outro = outro(removal, state, ui.speech)
    return page
  }

  @Sendable private static func canImportAgain(_ state: WizardState) -> Bool {
    state.removal?.phase == .over && state.session.isUndone && state.reasonToKeepOpen == nil
  }

  private static func title(_ removal: Removal, _ state: WizardState) -> String {
    let (open, removed) = (removal.count(.removable), removal.count(.removed))
    switch removal.phase {
    case .looking: return "What this session made in ConfigHub"
    case .asking: return "Remove \(plural(open, "unit")) that this session created?"
    case .removing: return "Removing units: \(removed) of \(removed + open)"
    case .over where state.session.isUndone:
      let left = removal.leftCount
      return "Undone: \(plural(removed, "unit")) removed" + (left > 0 ? ", \(left) left" : "")
    case .over:
      return removal.findings.contains(where: \.isFailed)
        ? "Nothing was removed" : "There is nothing to remove"
    }
  }

  private static func intro(_ removal: Removal, _ state: WizardState) -> [Line] {
    guard removal.phase != .looking else { return [] }
    let failed = removal.findings.count(where: \.isFailed)
    return (failed > 0 ? [.bad("\(plural(failed, "unit")) could not be removed.")] : [])
      + staying(state.session.besidesUnits)
  }

  /// The units are what is asked about, and need the room.
  private static func staying(_ things: [String]) -> [Line] {
    guard things.count > Metrics.stayingLines else {
      return things.map { Line("\($0) stays: only units are removed.") }
    }
    let named = things.prefix(2).joined(separator: ", ")
    return [Line("\(named) and \(things.count - 2) other things stay: only units are removed.")]
  }

  private static func outro(
    _ removal: Removal, _ state: WizardState, _ speech: Speech
  ) -> [Line] {
    switch removal.phase {
    case .looking: []
    case .asking: [Line("Units that somebody changed since then stay.")]
    case .removing: [Line("esc stops after those that are being removed.").onlyOnScreen]
    case .over where state.session.isUndone:
      [
        canImportAgain(state)
          ? speech.told(
            "This import was taken back.",
            [Way(.beginNew, "imports again with the same choices"), Way(.leave, "leaves")])
          : speech.told("A run with --new imports again.", [Way(.leave, "leaves")]),
        removal.leftCount > 0
          ? speech.told("What is left may be free to go later.", [Way(.retry, "looks again")])
          : nil,
      ].compactMap { $0.map { Line($0) } }
    case .over: [Line(speech.told("That is all.", [Way(.goOn, "goes back")]))]
    }
  }

  private static func row(
    _ finding: Removal.Finding, _ number: Int, _ phase: Removal.Phase
  ) -> Row {
    let (mark, words): (Row.Mark?, String) =
      switch finding.fate {
      case .removable: (.todo, phase == .over ? "not removed" : "would be removed")
      case .removed: (.done, "")
      case .gone: (nil, "gone already")
      case .stays(let reason): (.warning, "stays: \(reason)")
      case .failed(let reason): (.failed, reason)
      }
    return Row(id: .text(number), mark: mark, cells: [finding.slug, finding.space, words])
  }
}

extension Removal {
  /// Units that are still there.
  fileprivate var leftCount: Int { findings.count - count(.removed) - count(.gone) }
}

extension String {
  fileprivate var withStop: String { hasSuffix(".") ? self : self + "." }
}
