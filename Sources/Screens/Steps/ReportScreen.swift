import TerminalText
import Wizard

/// Step 7 and the end: what was read back, and what is left to be done.
enum ReportScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .goOn, .retry, .rows, .filter, .localWorker,
    [KeyHandler(.writeReport, .writeReport), KeyHandler(.undoImport, sends: .undoImport)])

  static let plain = PlainAnswers { state in
    state.step == .complete ? "enter or q to leave, or ? " : "enter to go on, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let isRunning = state.running.values.contains { $0.work.isVerification }
    let units = state.session.createdCount
    var page = Page(
      title: state.session.isComplete ? "Complete: \(plural(units, "unit")) imported" : "Verify")
    page.plain.done = "ok"
    guard let report = state.session.report else {
      page.empty =
        isRunning
        ? "Reading everything back…"
        : ui.speech.told("Nothing was read back yet.", [Way(.retry, "does it")])
      return page
    }
    page.intro = intro(state, report)
    let items = Items(state, report)
    page.rows = items.rows
    page.about = items.about
    page.isDetailVital = true
    page.steps = items.steps
    if !items.steps.isEmpty { page.wayToRest = "… x shows all commands." }
    // What is to be copied stands on lines of its own.
    page.isDetailBelow = !items.steps.isEmpty
    page.outro = [
      Line(outro(state, ui.speech, hasSteps: !items.steps.isEmpty, isRunning: isRunning))
    ]
    return page
  }

  private static func intro(_ state: WizardState, _ report: Report) -> [Line] {
    var lines: [Line] = []
    let mismatches = report.checks.count { $0.verdict == .mismatch }
    let unknown = report.checks.count { $0.verdict == .notVerified }
    if report.isVerified {
      lines = [Line("Everything is as it was meant to be.", Style(.good))]
    } else {
      if mismatches > 0 { lines.append(.bad("\(mismatches) not as intended.")) }
      if unknown > 0 { lines.append(.warning("\(unknown) not verified.")) }
    }
    if !state.session.stepsSkipped.isEmpty {
      let names = state.session.stepsSkipped.map(\.rawValue).joined(separator: ", ")
      lines.append(.warning("Left out: \(names)."))
    }
    if let words = state.session.usersLine { lines.append(.warning(words)) }
    return lines
  }

  private static func outro(
    _ state: WizardState, _ speech: Speech, hasSteps: Bool, isRunning: Bool
  ) -> String {
    guard state.session.isComplete else {
      if isRunning { return "Reading everything back…" }
      return speech.told(
        "This is what was read back.", [Way(.goOn, "accepts it"), Way(.retry, "reads again")])
    }
    let isKnown = state.signIn != nil
    let ways = [
      Way(.leave, "leaves"),
      Way(.retry, isKnown ? "reads again" : "reads again and shows what is left to do"),
      Way(.writeReport, "writes the report"),
    ]
    return speech.told(
      "Done.",
      ways + (isKnown && hasSteps ? [Way(.viewCommands, "shows all commands")] : []))
  }
}

/// The rows of the report: who would put things back, what is left to do, and what was checked.
private struct Items {
  let steps: [DeliveryStep]
  let checks: [Report.Check]
  let handovers: [Row]
  /// Before it is complete, what was checked matters more.
  private let isHandingOverFirst: Bool

  /// Where the rows of each sort are numbered from: those of one may come while the cursor stands on
  /// another.
  private static let (firstCheck, firstHandover) = (1_000_000, 2_000_000)

  init(_ state: WizardState, _ report: Report) {
    isHandingOverFirst = state.session.isComplete
    steps = state.deliverySteps
    checks = report.checks
    var rows: [(Row.Mark?, String, String)] = []
    for handover in state.session.handovers {
      rows.append((.warning, "still applied by", handover.owner))
      rows += handover.steps.enumerated().map { number, step in
        let words = step.command.map { "\(step.words): \($0)" } ?? step.words
        return (nil, "  \(number + 1).", words)
      }
    }
    handovers = rows.enumerated().map { index, row in
      Row(id: .text(Self.firstHandover + index), mark: row.0, cells: [row.1, row.2])
    }
  }

  var rows: Rows { Rows(count: steps.count + checks.count + handovers.count, make: row) }

  private func row(_ place: Int) -> Row {
    let number = isHandingOverFirst ? place - handovers.count : place
    if number < 0 { return handovers[place] }
    if number < steps.count {
      return Row(id: .text(number), mark: .todo, cells: ["to do", steps[number].words])
    }
    let check = number - steps.count
    guard check < checks.count else { return handovers[check - checks.count] }
    let mark: Row.Mark =
      switch checks[check].verdict {
      case .ok: .done
      case .mismatch: .failed
      case .notVerified: .warning
      }
    return Row(
      id: .text(Self.firstCheck + check), mark: mark,
      cells: [checks[check].subject, checks[check].detail])
  }

  func about(_ row: Row.ID) -> [Line] {
    guard case .text(let number) = row else { return [] }
    switch number {
    case Self.firstHandover...:
      let index = number - Self.firstHandover
      return index < handovers.count ? handovers[index].cells.map { Line($0) } : []
    case Self.firstCheck...:
      let index = number - Self.firstCheck
      guard index < checks.count else { return [] }
      return [Line(checks[index].subject, Style(bold: true)), Line(checks[index].detail)]
    default:
      guard number < steps.count else { return [] }
      return [Line("\(steps[number].words):", Style(bold: true))]
        + steps[number].lines(width: DeliveryStep.width).map { Line($0) }
    }
  }
}
