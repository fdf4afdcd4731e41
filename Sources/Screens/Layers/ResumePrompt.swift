import TerminalText
import Wizard

/// The question at the start: a session was found; whether it goes on.
enum ResumePrompt: Screen {
  static let keys: [KeyHandler] = [
    KeyHandler(.resume, isOffered: canTake) { $0.answer(.resume) },
    KeyHandler(.resumeBackup, sends: .resumeBackup),
    KeyHandler(.new) { $0.answer(.startNew) },
    KeyHandler(.delete, isOffered: canTake) { press in
      // A session that another program holds is not deleted, so do not ask; the wizard says why.
      guard press.ui.isDeleteArmed || !canTake(press.state, press.ui) else {
        press.ui.isDeleteArmed = true
        return press.say(press.ui.speech.twice(.delete, "deletes it for good"))
      }
      press.ui.isDeleteArmed = false
      return .event(.deleteAndStartNew)
    },
    KeyHandler(.showArrivals, isOffered: { state, _ in state.arrivals?.isEmpty == false }) { _ in
      .event(.showArrivals(true))
    },
    KeyHandler(.explain) {
      $0.say(
        "This has to be answered.", Way(.resume, "resumes"), Way(.beginNew, "begins anew"),
        Way(.leave, "leaves"))
    },
  ]

  static let plain = PlainAnswers(emptyLine: .refuse("Answer resume, new or delete.")) { state in
    if !canTake(state) { return "new to begin one beside it, or ? " }
    return isOver(state)
      ? "resume to look at it again, new, delete, or ? " : "resume, new, delete, or ? "
  }

  private static func isOver(_ state: WizardState) -> Bool {
    if case .prompt(let found) = state.stage { found.header.isOver } else { false }
  }

  /// Whether nothing stands in the way of the session that was found.
  @Sendable private static func canTake(_ state: WizardState, _ ui: ViewState = ViewState()) -> Bool
  {
    if case .prompt(let found) = state.stage { found.obstacle == nil } else { true }
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page { Page() }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let state = context.state
    guard case .prompt(let found) = state.stage else { return }
    let width = min(canvas.textWidth, Metrics.promptWidth)
    let summary = SessionSummary(found.header, age: found.age)
    var lines = [Line(), Line(summary.promptHeading), Line()]
    lines += summary.promptLines.map { Line($0) }
    lines.append(Line())
    if summary.isStale {
      lines.append(.warning("\(canvas.glyphs.warning) Session may be stale"))
      lines.append(Line())
    }
    lines += remarks(found, state, width: width - Metrics.boxColumns - 1)
    if lines.last?.isEmpty == false { lines.append(Line()) }
    lines += [answers(to: found, isRoomy: width > Metrics.promptWithWords), Line()]
    let top = rows.lowerBound + max(0, (rows.count - lines.count - Metrics.boxRows) / 2)
    let left = (canvas.size.columns - width) / 2
    canvas.box(
      summary.promptTitle, lines, rows: top..<rows.upperBound, columns: left..<left + width)
  }

  /// Warnings about the session, and what stands in its way.
  private static func remarks(
    _ found: FoundSession, _ state: WizardState, width: Int
  ) -> [Line] {
    var lines: [Line] = []
    if let sentence = state.otherCluster { lines += wrapped(.warning(sentence), to: width) }
    if let obstacle = found.obstacle {
      lines += wrapped(.warning(obstacle.sentence), to: width)
    } else if found.isEditedByHand {
      lines.append(.warning("It was edited by hand."))
      lines.append(
        Line(
          .init(.resume, " takes it", ", "), .init(.resumeBackup, " takes its backup", "."),
          in: .screen(.prompt)))
    }
    lines += state.warnings.flatMap { wrapped(.warning($0), to: width) }
    lines += state.tidied.flatMap { wrapped(Line($0), to: width) }
    if let arrivals = state.arrivals, !arrivals.isEmpty {
      let count = plural(arrivals.count, "session")
      lines.append(
        Line(.init(.showArrivals, " \(count) of yours from other machines"), in: .screen(.prompt)))
    }
    return lines
  }

  /// The keys that answer. A session that another program holds can only be looked at.
  private static func answers(to found: FoundSession, isRoomy: Bool) -> Line {
    let gap = isRoomy ? "    " : "  "
    let focus = Focus.screen(.prompt)
    switch (found.obstacle == nil, found.header.isOver) {
    case (true, false):
      return Line(
        .init(.resume, " Resume", gap), .init(.new, " New session", gap),
        .init(.delete, " Delete & start new"), in: focus)
    case (true, true):
      return Line(
        .init(.resume, isRoomy ? " Look at it again" : " Look again", gap),
        .init(.new, " New import", gap),
        .init(.delete, isRoomy ? " Delete & start new" : " Delete & new"), in: focus)
    case (false, _):
      return Line(
        .init(.new, " New session beside it", gap), .init(.tab(.cluster), " "),
        .init(.tab(.configHub), " Look at it"), in: focus)
    }
  }
}

extension KeyPress {
  /// Answers the question, from here or from the tab ConfigHub.
  mutating func answer(_ event: Event) -> Intent {
    ui.tab = .importing
    return .event(event)
  }
}

extension WizardState {
  /// A warning: the session that was found is of another cluster.
  var otherCluster: String? {
    otherContext.map {
      "It is of another cluster: the \(answers.context == nil ? "current context" : "context given") "
        + "is \($0)."
    }
  }
}
