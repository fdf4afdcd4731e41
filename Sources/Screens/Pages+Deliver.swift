import TerminalText
import Wizard

extension Page {
  static func workers(_ state: WizardState) -> Page {
    var page = Page(title: "Which worker connects ConfigHub to \(state.session.cluster.context)?")
    let isReleased = state.hubReleases
    page.intro = [
      Line(
        isReleased
          ? "With \(state.cubName) Argo CD or Flux pull releases of \(state.placeWords). A worker is whom "
            + "they pull as: it need not run."
          : "A worker delivers the units of \(state.placeWords)."),
      Line("A new one is called \(state.localWorkerSlug)."),
    ]
    page.rows = (state.workers ?? []).map {
      Row(
        id: .worker($0.slug), mark: $0.isReady ? .done : .todo, cells: [$0.slug, $0.condition])
    }
    let noDelivery = isReleased ? "delivers nothing with this cub" : nil
    let lifetime =
      state.keepsWorker ? "outlives the wizard; W ends it then" : "ends with the wizard; W keeps it"
    let server =
      isReleased
      ? "runs nowhere; Argo CD or Flux pull as it"
      : state.hubAppliesUnits ? "not with this cub" : "releases for Argo CD or Flux"
    page.rows += [
      Row(id: .localWorker, mark: .todo, cells: ["Start here", noDelivery ?? lifetime]),
      Row(
        id: .clusterWorker, mark: .todo,
        cells: ["Install in cluster", noDelivery ?? "after a typed yes"]),
      Row(id: .serverWorker, mark: .todo, cells: ["Server worker", server]),
      Row(
        id: .skipWorker, mark: .todo,
        cells: [
          "None for now", isReleased ? "no release; the end shows how to" : "the report says so",
        ]),
    ]
    let first = isReleased ? page.rows.firstIndex { $0.id == .serverWorker } : nil
    page.firstCursor =
      (state.workers ?? []).sorted { $0.slug < $1.slug }.firstIndex(where: \.isReady) ?? first ?? 0
    if state.workers == nil {
      page.rows = []
      page.empty = "Reading the workers of \(state.appSpace)…"
    }
    return page
  }

  static func connecting(_ state: WizardState) -> Page {
    let slug = state.session.workerSlug ?? ""
    let worker = state.workers?.first { $0.slug == slug }
    var page = Page(title: "Worker \(slug) connecting")
    page.intro = [
      Line("Condition: \(worker?.condition ?? "not registered yet")")
    ]
    page.intro += waited(state)
    page.intro += [
      Line(),
      Line(
        (state.problem == nil ? "This goes on by itself when it is Ready. " : "")
          + "esc chooses another one, s goes on without."),
    ]
    return page
  }

  static func waiting(_ state: WizardState) -> Page {
    let worker = state.session.workerSlug ?? ""
    let isReleased = state.hubDeliversReleasesOnly || state.session.workerMode == .server
    var page = Page(
      title: isReleased
        ? "The target that releases of \(state.placeWords) are pulled from"
        : "Waiting for the targets of worker \(worker)")
    let targets = state.targets ?? []
    page.intro = [
      Line(
        isReleased
          ? "The App Space's own is taken; where it has none, \(worker)-releases is made."
          : "It takes a Kubernetes target with context \(state.session.cluster.context).")
    ]
    page.intro += waited(state)
    page.intro += [
      Line(),
      Line(
        "Targets so far: \(targets.isEmpty ? "none" : targets.map(\.slug).joined(separator: ", "))"),
      Line("esc goes back to the worker, s goes on without targets."),
    ]
    return page
  }

  private static func waited(_ state: WizardState) -> [Line] {
    guard state.problem == nil, let since = state.waitingSince else { return [] }
    return [Line("Waited: \(max(0, state.now.seconds(since: since))) s")]
  }

  static func binding(_ state: WizardState) -> Page {
    var page = Page()
    let units = state.session.proposal?.units ?? []
    let created =
      state.session.createdCount == units.count
      ? Array(units.indices)
      : units.indices.filter { state.operation(for: units[$0])?.state == .done }
    page.title =
      "\(state.session.boundCount) of \(plural(created.count, "unit")) bound to target "
      + (state.session.targetSlug ?? "")
    page.made = Rows(count: created.count) { number in
      let unit = units[created[number]]
      let operation = state.binding(of: unit)
      let reason = state.failure(of: unit)
      let mark: Row.Mark =
        reason != nil
        ? .failed : operation?.state == .done ? .done : operation == nil ? .todo : .current
      return Row(id: .unit(unit.id), mark: mark, cells: [unit.name, reason ?? ""])
    }
    page.about = { row in
      let unit = units.first { .unit($0.id) == row }
      return unit.flatMap(state.failure).map { [.bad($0)] } ?? []
    }
    page.isDetailVital = true
    page.outro = [
      state.hasFailures
        ? .bad("r tries the failed ones again, t this row's, enter goes on without them.")
        : Line("Each binding is recorded as soon as it is made. esc stops.")
    ]
    return page
  }

  /// What to do about those who would put the workloads back.
  private static func handover(_ state: WizardState, from first: Int) -> [Row] {
    var texts: [(String, String)] = []
    for handover in state.session.handovers {
      texts.append(("still applied by", handover.owner))
      texts += handover.steps.enumerated().map { number, step in
        ("  \(number + 1).", step.command.map { "\(step.words): \($0)" } ?? step.words)
      }
    }
    return texts.enumerated().map { index, text in
      Row(
        id: .text(first + index), mark: text.0.hasPrefix(" ") ? nil : .warning,
        cells: [text.0, text.1])
    }
  }

  static func report(_ state: WizardState) -> Page {
    let isRunning = state.running.values.contains {
      if case .read(.verify) = $0.work { true } else { false }
    }
    let units = state.session.createdCount
    var page = Page(
      title: state.session.isComplete ? "Complete: \(plural(units, "unit")) imported" : "Verify")
    guard let report = state.session.report else {
      page.empty = isRunning ? "Reading everything back…" : "Nothing was read back yet; r does it."
      return page
    }
    let mismatches = report.checks.count { $0.verdict == .mismatch }
    let unknown = report.checks.count { $0.verdict == .notVerified }
    if report.isVerified {
      page.intro = [Line("Everything is as it was meant to be.", Style(.good))]
    } else {
      if mismatches > 0 { page.intro.append(.bad("\(mismatches) not as intended.")) }
      if unknown > 0 { page.intro.append(.warning("\(unknown) not verified.")) }
    }
    if !state.session.stepsSkipped.isEmpty {
      let names = state.session.stepsSkipped.map(\.rawValue).joined(separator: ", ")
      page.intro.append(.warning("Left out: \(names)."))
    }
    if let words = state.session.usersLine { page.intro.append(.warning(words)) }
    let checks = report.checks
    let steps = state.deliverySteps
    let rest = handover(state, from: steps.count + checks.count)
    page.made = Rows(count: steps.count + checks.count + rest.count) { number in
      if number < steps.count {
        return Row(id: .text(number), mark: .todo, cells: ["to do", steps[number].words])
      }
      let number = number - steps.count
      guard number < checks.count else { return rest[number - checks.count] }
      let mark: Row.Mark =
        switch checks[number].verdict {
        case .ok: .done
        case .mismatch: .failed
        case .notVerified: .warning
        }
      return Row(
        id: .text(steps.count + number), mark: mark,
        cells: [checks[number].subject, checks[number].detail])
    }
    page.about = { row in
      guard case .text(var number) = row else { return [] }
      if number < steps.count {
        return [Line("\(steps[number].words):", Style(bold: true))]
          + steps[number].lines(width: DeliveryStep.width).map { Line($0) }
      }
      number -= steps.count
      guard number < checks.count else {
        let cells = number - checks.count < rest.count ? rest[number - checks.count].cells : []
        return cells.map { Line($0) }
      }
      return [Line(checks[number].subject, Style(bold: true)), Line(checks[number].detail)]
    }
    page.isDetailVital = true
    page.steps = steps
    // What is to be copied stands on lines of its own.
    page.isDetailBelow = !steps.isEmpty
    page.outro =
      state.session.isComplete
      ? [
        Line(
          state.signIn == nil
            ? "enter or q leaves; r reads again and shows what is left to do, m writes the report."
            : "enter or q leaves; r reads again, m writes the report"
              + (steps.isEmpty ? "." : ", x shows all commands."))
      ]
      : isRunning ? [Line("Reading everything back…")] : [Line("r reads again, enter accepts it.")]
    return page
  }
}
