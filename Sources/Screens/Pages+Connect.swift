import TerminalText
import Wizard

extension Page {
  static func select(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    let problems = ui.problems.all
    var page = Page(title: "Import as \(plural(proposal.units.count, "unit"))")
    page.intro = [
      Line("e renames, o opens, m merges, p previews; enter goes on.")
    ]
    page.heads = ["UNIT", "HOLDS", "FROM", "OWNER"]
    let names = [
      Row(
        id: .appSpace,
        mark: problems.contains { $0.subject == .appSpace } ? .failed : nil,
        cells: ["App Space: \(proposal.appSpace)\(proposal.appSpaceHolds)"],
        style: Style(bold: true)),
      Row(
        id: .hub, mark: problems.contains { $0.subject == .hub } ? .failed : nil,
        cells: ["Hub: \(proposal.hub)"], style: Style(bold: true)),
      Row(id: .layout, cells: ["Layout: \(proposal.layout.words)"], style: Style(bold: true)),
      Row(
        id: .unitContents, cells: ["Units: \(proposal.unitContents.words)"],
        style: Style(bold: true)),
    ]
    let units = proposal.units
    let wrong = ui.problems.units
    page.made = Rows(count: names.count + units.count) { number in
      if number < names.count { return names[number] }
      let unit = units[number - names.count]
      let isWrong = wrong.contains(unit.id)
      return Row(
        id: .unit(unit.id), mark: isWrong ? .failed : nil,
        cells: [
          unit.name, plural(unit.members.count, "object"), unit.id.namespace,
          unit.labels["owner"] ?? "",
        ],
        style: isWrong ? Style(.bad) : .plain)
    }
    page.about = { row in
      guard case .unit(let id) = row else { return [] }
      return units.first { $0.id == id }.map(detail) ?? []
    }
    // The Space says as much.
    if proposal.layout == .component { page.spareColumns = [2] }
    page.firstCursor = names.count
    page.outro = problems.prefix(2).map { .bad($0.sentence) }
    return page
  }

  private static func detail(_ unit: UnitPlan) -> [Line] {
    var lines = [Line(unit.name, Style(bold: true))]
    lines += unit.hubLabels.sorted { $0.key < $1.key }.map { .muted("\($0.key)=\($0.value)") }
    lines += unit.members.map { Line("\($0.kind) \($0.name)") }
    return lines
  }

  static func signingIn(_ state: WizardState) -> Page {
    var page = Page(title: "Sign in to ConfigHub")
    guard case .signedOut(let reason) = state.signIn else {
      if state.problem == nil { page.intro = [Line("Asking ConfigHub who is signed in…")] }
      return page
    }
    page.intro = [
      .warning(reason), Line(),
      Line("enter runs `cub auth login` here, on this terminal, and comes back."),
      Line("r asks again, if you sign in elsewhere. Nothing is lost meanwhile."),
    ]
    return page
  }

  static func confirming(_ state: WizardState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    var page = Page(
      title: state.answers.dryRun
        ? "Everything that would be written" : "Everything that is about to be written")
    guard case .signedIn(let identity) = state.signIn, state.isListed else {
      guard state.problem == nil else { return page }
      page.intro = [
        Line(state.isChecking ? "Checking that all is as it was…" : "Asking ConfigHub…")
      ]
      return page
    }
    let cub = identity.cubVersion.map { " (cub \($0))" } ?? ""
    let units = proposal.units
    if state.isComparing { page.title = "Comparing with what ConfigHub has…" }
    let done = state.session.createdCount
    let new = units.indices.filter { state.outlook(of: units[$0]) != .settled }
    let isDivided = proposal.layout == .component
    let unasked =
      state.exists(proposal.appSpace) == true ? "; no unit there is replaced unasked" : ""
    page.intro = [
      fact("Organisation", identity.organization ?? identity.organizationID ?? "unknown"),
      fact("Server", (identity.server ?? "unknown") + cub),
      fact("User", identity.user ?? "unknown"),
      fact("Cluster", state.session.cluster.context),
      fact(
        "App Space",
        isDivided
          ? "\(proposal.appSpace) (\(state.words(ofSpaces: [proposal.appSpace])); worker and target)"
          : "\(proposal.appSpace) (\(state.words(ofSpaces: [proposal.appSpace]))\(unasked))"),
    ]
    if isDivided {
      let spaces = Array(proposal.spaceSlugs.dropFirst())
      page.intro.append(
        fact(
          "Spaces",
          "\(spaces.count), one per component and variant (\(state.words(ofSpaces: spaces)))"))
    }
    page.intro.append(
      fact("Units", words(of: state.plan, new.reduce(0) { $0 + units[$1].members.count })))
    if let words = state.plan.notCompared { page.intro.append(.warning(words)) }
    if let sentence = state.session.otherUser { page.intro.append(.warning(sentence)) }
    if done > 0 {
      page.intro.append(fact("", "\(plural(done, "unit")) of this session exist already"))
    }
    let contest = state.contest
    if contest.count > 0 {
      let tools = contest.tools.map(\.rawValue).sorted().joined(separator: " and ")
      page.intro.append(
        .warning(
          "\(plural(contest.count, "workload")) still owned by \(tools); nothing there is changed."
        ))
    }
    // Last, so that where there is little room no warning gives way to it.
    if let labels = state.labelsOfNewSpaces { page.intro.append(fact("Space labels", labels)) }
    let answers =
      [Row(id: .goBack, cells: ["Back"])]
      + (state.isComparing ? [] : [Row(id: .create, cells: ["Create"])])
    let undecided = undecided(state)
    let heads = answers + undecided
    page.made = Rows(count: heads.count + new.count) { number in
      if number < heads.count { return heads[number] }
      let unit = units[new[number - heads.count]]
      let (mark, words) = words(of: state.outlook(of: unit))
      return Row(
        id: .unit(unit.id), mark: mark,
        cells: [unit.name, plural(unit.members.count, "object"), words])
    }
    if !undecided.isEmpty {
      page.outro = [
        .warning("K keeps what ConfigHub has, U replaces it, e gives another name, p compares.")
      ]
    }
    return page
  }

  private static func fact(_ name: String, _ value: String) -> Line {
    Line([(name.padding(14), Style(.muted)), (value, .plain)])
  }

  static func creating(_ state: WizardState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    var page = Page()
    page.heads = ["UNIT", "STATE"]
    let units = proposal.units
    page.made = Rows(count: units.count) { number in
      let (mark, words) = progress(of: units[number], state)
      return Row(id: .unit(units[number].id), mark: mark, cells: [units[number].name, words])
    }
    page.about = { row in
      // Of many thousand, none but the one that is meant is copied.
      guard case .unit(let id) = row,
        let index = units.indices.first(where: { units[$0].id == id })
      else { return [] }
      let (mark, words) = progress(of: units[index], state)
      return mark == .failed ? [.bad(words)] : mark == .warning ? [.warning(words)] : []
    }
    page.isDetailVital = true
    let done = state.session.createdCount
    let word = state.session.foundCount > 0 ? "are" : "created"
    page.title =
      "\(done) of \(plural(proposal.units.count, "unit")) \(word) in \(proposal.placeWords)"
    let failed = state.failureCount
    if !state.conflicts.isEmpty {
      page.outro.append(
        .warning("Other content is there: on its row K keeps it, U replaces it, e renames."))
    } else if failed > 0, !state.isCreating {
      page.outro.append(
        .bad(
          "\(plural(failed, "unit")) failed: r tries all again, t this row's, enter goes on without."
        ))
    } else if !state.isCreating {
      page.outro.append(Line("Stopped. r goes on."))
    } else {
      page.outro.append(Line("Each unit is recorded as soon as it exists. esc stops."))
    }
    return page
  }

  private static func progress(of unit: UnitPlan, _ state: WizardState) -> (Row.Mark, String) {
    if let conflict = state.conflicts[unit.id] { return (.warning, conflict.words) }
    if let reason = state.failure(of: unit) { return (.failed, reason) }
    let running = state.running.values.first { $0.work.unit?.id == unit.id }
    if let running { return (.current, running.work.title) }
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

extension WizardState {
  /// What is written to the Spaces themselves; `nil` if all of them are there. Of a label that not all
  /// have with the same value, its key alone.
  fileprivate var labelsOfNewSpaces: String? {
    let new = (session.proposal?.spaces ?? []).filter { exists($0.slug) != true }.map(\.labels)
    guard let first = new.first else { return nil }
    let same = first.filter { key, value in new.allSatisfy { $0[key] == value } }
    let others = Set(new.flatMap(\.keys)).subtracting(same.keys).sorted()
    return (same.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + others)
      .joined(separator: ", ")
  }

  /// Which of the Spaces are there, and which will be.
  fileprivate func words(ofSpaces spaces: [String]) -> String {
    let new = spaces.count { exists($0) != true }
    if new == 0 { return spaces.count == 1 ? "exists" : "all exist" }
    return new == spaces.count ? "will be created" : "\(new) of them will be created"
  }
}
