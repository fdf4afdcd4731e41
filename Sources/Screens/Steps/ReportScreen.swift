import TerminalText
import Wizard

/// Step 7 and the end: what was read back, and what is left to be done.
enum ReportScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .goOn, .retry, .rows, .filter, .localWorker,
    [KeyHandler(.writeReport, .writeReport), KeyHandler(.undoImport, sends: .undoImport)])

  static let foremost: KeyValuePairs<Action, String> = [
    .writeReport: "report", .undoImport: "take back",
    .viewCommands: "commands", .retry: "retry",
  ]

  static let plain = PlainAnswers { state in
    state.step == .complete ? "enter or q to leave, or ? " : "enter to go on, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let isRunning = state.running.values.contains { $0.work.isVerification }
    var page = Page(
      title: state.session.isComplete ? "Complete: \(state.outcomeCounts.words)" : "Verify")
    page.plain.done = "ok"
    guard let report = state.session.report else {
      page.empty =
        isRunning
        ? "Reading everything back…"
        : ui.speech.told("Nothing was read back yet.", [Way(.retry, "does it")])
      return page
    }
    page.intro = intro(state, report)
    let items = Items(state, report, width: ui.commandWidth)
    page.rows = items.rows
    page.about = items.about
    for row in items.left { page.plain.cells[row.id] = row.whole.first.map { [$0] } }
    page.isDetailVital = true
    // What is to be copied has the whole width.
    page.isDetailBelow = items.hasSteps
    page.outro = [
      Line(outro(state, ui.speech, hasSteps: items.hasSteps, isRunning: isRunning))
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
      if mismatches > 0 { lines.append(.bad("\(plural(mismatches, "check")) not as intended.")) }
      if unknown > 0 { lines.append(.warning("\(plural(unknown, "check")) not verified.")) }
    }
    if !state.session.stepsSkipped.isEmpty {
      let names = state.session.stepsLeftOut.joined(separator: ", ")
      lines.append(.warning("Steps left out: \(names)."))
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

/// The rows of the report: what is not as it should be, who would put things back, what is left to do,
/// and what is well. Where there are commands, each of their lines is a row: so they stand whole, and are scrolled as the rest.
private struct Items {
  let hasSteps: Bool
  private let checks: [Report.Check]
  /// Which of them come first, the worst of them before the others, and which are well.
  private let bad: [Int]
  private let good: [Int]
  /// What is left to do.
  let left: [Row]
  /// Before it is complete, what is well matters more.
  private let isLeftFirst: Bool

  /// Where the checks are numbered from: what is left to do may come while the cursor stands on one.
  private static let firstCheck = 1 << 32

  init(_ state: WizardState, _ report: Report, width: Int) {
    isLeftFirst = state.session.isComplete
    let checks = report.checks
    self.checks = checks
    func places(_ verdict: Report.Verdict) -> [Int] {
      checks.indices.filter { checks[$0].verdict == verdict }
    }
    bad = places(.mismatch) + places(.notVerified)
    good = places(.ok)
    let steps = state.deliverySteps
    hasSteps = !steps.isEmpty
    var text = RowText(width: width)
    for sentence in state.session.renamings { text.add(.warning, sentence) }
    for handover in state.session.handovers {
      text.add(.warning, "Still applied by \(handover.owner)")
      for (number, step) in handover.steps.enumerated() {
        let command = step.command.map {
          CommandLineText.broken(
            CommandLineText.parts(of: $0), width: width, columns: displayWidth(of:))
        }
        text.add(nil, "\(number + 1). \(step.words)", command ?? [])
      }
    }
    for step in steps {
      text.add(.todo, step.words, step.lines(width: width, columns: displayWidth(of:)))
    }
    left = text.rows
  }

  var rows: Rows {
    Rows(count: left.count + checks.count) { place in
      if place < bad.count { return check(bad[place]) }
      let place = place - bad.count
      let first = isLeftFirst ? left.count : 0
      if good.indices.contains(place - first) { return check(good[place - first]) }
      return left[isLeftFirst ? place : place - good.count]
    }
  }

  private func check(_ number: Int) -> Row {
    let mark: Row.Mark =
      switch checks[number].verdict {
      case .ok: .done
      case .mismatch: .failed
      case .notVerified: .warning
      }
    return Row(
      id: .text(Self.firstCheck + number), mark: mark,
      cells: [checks[number].subject, checks[number].detail])
  }

  func about(_ row: Row.ID) -> [Line] {
    guard case .text(let number) = row, checks.indices.contains(number - Self.firstCheck) else {
      return []
    }
    let check = checks[number - Self.firstCheck]
    return [Line(check.subject, Style(bold: true)), Line(check.detail)]
  }
}

/// Sentences and commands as rows, in as many as they need.
private struct RowText {
  let width: Int
  private(set) var rows: [Row] = []

  init(width: Int) { self.width = width }

  /// - Parameter command: its lines.
  mutating func add(_ mark: Row.Mark?, _ sentence: String, _ command: [String] = []) {
    let sentence = command.isEmpty ? sentence : sentence + ":"
    let first = rows.count
    for line in wrapped(Line(sentence), to: width + Metrics.commandIndent) {
      let id: Row.ID = rows.count == first ? .text(first) : .rest(rows.count)
      rows.append(Row(id: id, mark: rows.count == first ? mark : nil, cells: [line.text]))
    }
    let indent = String(repeating: " ", count: Metrics.commandIndent)
    for line in command { rows.append(Row(id: .command(rows.count), cells: [indent + line])) }
    for place in first..<rows.count { rows[place].whole = [sentence] + command }
  }
}
