import TerminalText
import Wizard

/// Step 7 and the end: what was read back, and what is left to be done.
enum ReportScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retryFailed, .goOn, .retry, .rows, .filter, .localWorker,
    [
      KeyHandler(.writeReport, .writeReport), KeyHandler(.undoImport, sends: .undoImport),
      KeyHandler(.copy) { press in
        press.row?.copied.map(Intent.copy) ?? press.say("This row has nothing to be copied.")
      },
    ])

  static let foremost: KeyValuePairs<Action, String> = [
    .retryFailed: "try failed", .copy: "copy", .writeReport: "report", .undoImport: "take back",
    .viewCommands: "commands", .retry: "retry",
  ]

  static let plain = PlainAnswers { state in
    state.step == .complete ? "enter or q to leave, or ? " : "enter to go on, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    if state.session.isComplete { return "leave" }
    return state.session.report == nil ? nil : "accept"
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
    let items = Items(state, report, in: ui.units.placeWords, width: ui.commandWidth)
    page.rows = items.rows
    page.about = items.about
    for row in items.texts { page.plain.cells[row.id] = row.whole.first.map { [$0] } }
    page.isDetailVital = true
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

/// The rows of the report in sections: what was imported, what needs attention, what is left to do, and
/// what is well. Where there are commands, each of their lines is a row: so they stand whole, and are
/// scrolled as the rest.
private struct Items {
  private enum Block {
    case rows([Row])
    /// By their places among all checks.
    case checks([Int])

    var count: Int {
      switch self {
      case .rows(let rows): rows.count
      case .checks(let places): places.count
      }
    }
  }

  let hasSteps: Bool
  private let checks: [Report.Check]
  private let blocks: [Block]

  /// Where the checks are numbered from: what is left to do may come while the cursor stands on one.
  private static let firstCheck = 1 << 32

  init(_ state: WizardState, _ report: Report, in place: String, width: Int) {
    let checks = report.checks
    self.checks = checks
    func places(_ verdict: Report.Verdict) -> [Int] {
      checks.indices.filter { checks[$0].verdict == verdict }
    }
    let steps = state.deliverySteps
    hasSteps = !steps.isEmpty
    var text = RowText(width: width)
    let imported = state.session.isComplete ? text.imported(state, in: place) : []
    let attention = text.attention(state.session)
    let left = text.steps(steps)
    func section(_ title: String, _ blocks: Block...) -> [Block] {
      blocks.allSatisfy { $0.count == 0 } ? [] : [.rows([.section(title)])] + blocks
    }
    let bad = Block.checks(places(.mismatch) + places(.notVerified))
    let good = section("Read back, and as intended", .checks(places(.ok)))
    let next = section("Next steps", .rows(left))
    // Before it is complete, what is well matters more.
    blocks =
      section("Imported", .rows(imported))
      + section("Needs attention", bad, .rows(attention))
      + (state.session.isComplete ? next + good : good + next)
  }

  var rows: Rows {
    Rows(count: blocks.reduce(0) { $0 + $1.count }) { place in
      var place = place
      for block in blocks {
        if place >= block.count {
          place -= block.count
          continue
        }
        return switch block {
        case .rows(let rows): rows[place]
        case .checks(let places): check(places[place])
        }
      }
      return .section("")
    }
  }

  /// Those that are sentences and commands.
  var texts: [Row] {
    blocks.flatMap { block in
      if case .rows(let rows) = block { rows } else { [] as [Row] }
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
  private var rows: [Row] = []
  private var count = 0

  init(width: Int) { self.width = width }

  mutating func imported(_ state: WizardState, in place: String) -> [Row] {
    add(.done, "\(state.outcomeCounts.words), in \(place)")
    if let address = state.hubAddress { add(nil, "In ConfigHub: \(address)", copied: address) }
    return take()
  }

  mutating func attention(_ session: Session) -> [Row] {
    for sentence in session.renamings { add(.warning, sentence) }
    for handover in session.handovers {
      add(.warning, "Still applied by \(handover.owner)")
      for (number, step) in handover.steps.enumerated() {
        let command = step.command.map {
          CommandLineText.broken(
            CommandLineText.parts(of: $0), width: width, columns: displayWidth(of:))
        }
        add(nil, "\(number + 1). \(step.words)", command ?? [], copied: step.command)
      }
    }
    return take()
  }

  mutating func steps(_ steps: [DeliveryStep]) -> [Row] {
    for step in steps {
      let whole = step.commands.map { $0.joined(separator: " ") }.joined(separator: "\n")
      add(
        .todo, step.words, step.lines(width: width, columns: displayWidth(of:)),
        copied: whole.isEmpty ? nil : whole)
    }
    return take()
  }

  /// - Parameters:
  ///   - command: its lines.
  ///   - copied: what a copy of it is.
  private mutating func add(
    _ mark: Row.Mark?, _ sentence: String, _ command: [String] = [], copied: String? = nil
  ) {
    let sentence = command.isEmpty ? sentence : sentence + ":"
    let first = rows.count
    for (number, line) in wrapped(Line(sentence), to: width + Metrics.commandIndent).enumerated() {
      let id: Row.ID = number == 0 ? .text(count) : .rest(count)
      rows.append(Row(id: id, mark: number == 0 ? mark : nil, cells: [line.text]))
      count += 1
    }
    let indent = String(repeating: " ", count: Metrics.commandIndent)
    for line in command {
      rows.append(Row(id: .command(count), cells: [indent + line]))
      count += 1
    }
    for place in first..<rows.count {
      rows[place].whole = [sentence] + command
      rows[place].copied = copied
    }
  }

  private mutating func take() -> [Row] {
    defer { rows = [] }
    return rows
  }
}
