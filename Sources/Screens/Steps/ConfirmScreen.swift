import TerminalText
import Wizard

/// Step 4: everything that is about to be written, which has to be confirmed.
enum ConfirmScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retry, .rows, .compare, .pane, .deciding,
    [
      KeyHandler(.goOn) { press in
        switch press.row?.id {
        case .create: .event(.confirm)
        case .goBack: .event(.goBack)
        case .unit: press.preview()
        default: press.say("The buttons stand above: c creates, b goes back.")
        }
      },
      KeyHandler(
        .create,
        isOffered: { state, ui in
          state.canConfirm && ui.plan.undecidedCount == 0 && !state.answers.run.dryRun
        },
        sends: .confirm),
      KeyHandler(.backButton, sends: .goBack),
      KeyHandler(.renameOurs, isOffered: anyDiffers) { press in
        press.rename()
      },
      .sync,
    ])

  static let foremost: KeyValuePairs<Action, String> = [
    .create: "create", .compare: "look", .leaveAsIs: "keep", .update: "replace",
    .renameOurs: "rename", .back: "back", .pane: "pane",
  ]

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    switch row {
    case .create: state.answers.run.dryRun ? nil : "create"
    case .goBack: "back"
    case .unit: "look"
    default: nil
    }
  }

  static let plain = PlainAnswers(
    emptyLine: .refuse("Answer yes or no; nothing was written yet.")
  ) { state in
    if !state.canConfirm { return nil }
    return state.undecidedCount > 0
      ? "keep N, replace N, rename N NAME, preview N, no to go back, or ? "
      : "Create all this, yes or no? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    var page = Page(
      title: state.answers.run.dryRun
        ? "Everything that would be written" : "Everything that is about to be written")
    guard case .signedIn(let identity) = state.signIn, state.isListed else {
      guard state.problem == nil else { return page }
      page.intro = [
        Line(state.isChecking ? "Checking that all is as it was…" : "Asking ConfigHub…")
      ]
      return page
    }
    if state.isComparing { page.title = "Comparing with what ConfigHub has…" }
    let (units, plan) = (proposal.units, ui.plan)
    page.intro =
      facts(state, identity) + spaces(state, proposal, plan) + self.plan(state, plan, ui.speech)
    let answers =
      [Row.button(.goBack, "Back", .character("b"))]
      + (state.isComparing
        ? [] : [Row.button(.create, plan.unitCount == 0 ? "Go on" : "Create", .character("c"))])
    let undecided = undecided(plan, ui.speech)
    // Among the rows, which can be moved through where there is little room for sentences.
    let labels = plan.labels.enumerated().map { number, label in
      Row(id: .text(number), cells: ["Space label  \(label)"], style: Style(.muted))
    }
    let heads = answers + undecided + labels
    page.rows = Rows(count: heads.count + plan.rowCount) { number in
      if number < heads.count { return heads[number] }
      switch plan.item(ofRow: number - heads.count) {
      case .head(let section)?: return .section("\(section.sort.title) (\(section.places.count))")
      case .unit(let place)?:
        let unit = units[place]
        let (mark, words) = words(of: state.outlook(of: unit), unit, state.earlierUnits[unit.id])
        return Row(
          id: .unit(unit.id), mark: mark,
          cells: [unit.name, plural(unit.members.count, "object"), words])
      case nil: return .section("")
      }
    }
    page.about = { row in
      ui.units.unit(of: row).map { about($0, state, ui.speech) } ?? []
    }
    page.isDetailVital = true
    showInPane(&page, state, ui)
    if plan.undecidedCount > 0 {
      page.outro = [
        .warning("K keeps what ConfigHub has, U replaces it, e gives another name, p compares.")
      ]
    } else if plan.decided.kept + plan.decided.replaced > 0 {
      page.outro = [Line("K or U on its row once more takes a decision back.")]
    }
    return page
  }

  // MARK: What is confirmed

  private static func facts(_ state: WizardState, _ identity: HubIdentity) -> [Line] {
    let cub = identity.cubVersion.map { " (cub \($0))" } ?? ""
    return [
      fact("Organisation", identity.organization ?? identity.organizationID ?? "unknown"),
      fact("Server", (identity.server ?? "unknown") + cub),
      fact("User", identity.user ?? "unknown"),
      fact("Cluster", state.session.cluster.context),
    ]
  }

  private static func spaces(
    _ state: WizardState, _ proposal: Proposal, _ plan: PlanSections
  ) -> [Line] {
    let appSpace = proposal.appSpace
    let whether = state.exists(appSpace) == true ? "exists" : "will be created"
    guard proposal.layout == .component else {
      let unasked = state.exists(appSpace) == true ? "; no unit there is replaced unasked" : ""
      return [fact("App Space", "\(appSpace) (\(whether)\(unasked))")]
    }
    let (count, new) = plan.otherSpaces
    return [
      fact("App Space", "\(appSpace) (\(whether); worker and target)"),
      fact("Spaces", "\(count), one per component and variant (\(words(of: new, outOf: count)))"),
    ]
  }

  private static func plan(
    _ state: WizardState, _ plan: PlanSections, _ speech: Speech
  ) -> [Line] {
    var lines = [fact("Units", words(of: plan.counts, plan.objectCount))]
    if let words = plan.counts.notCompared { lines.append(.warning(words)) }
    if let sentence = state.session.otherUser { lines.append(.warning(sentence)) }
    if let sentence = plan.createdTwice {
      lines.append(.warning(state.answers.run.wayBack.told(sentence)))
    }
    let done = state.session.createdCount
    if done > 0 { lines.append(fact("", "\(plural(done, "unit")) of this session exist already")) }
    let contest = state.contest
    if contest.count > 0 {
      lines.append(
        .warning(
          "\(plural(contest.count, "workload")) still owned by \(contest.tools.words); "
            + "nothing there is changed."))
    }
    if state.offersSync {
      let name = speech.name(of: .sync) ?? ""
      lines.append(fact("Session", "on this machine alone; \(name) keeps it in ConfigHub, too"))
    } else if state.isSyncOn, state.syncObstacle == nil {
      lines.append(fact("Session", "kept in ConfigHub, too, in Space \(state.syncSpace)"))
    }
    if !state.answers.run.dryRun {
      lines.append(
        fact(
          "Later",
          "worker, target and releases: step \(Step.worker.number) says first what it writes"))
    }
    return lines
  }

  private static func fact(_ name: String, _ value: String) -> Line { Line(fact: name, value) }

  // MARK: Words

  /// Which of the Spaces are there, and which will be.
  private static func words(of new: Int, outOf count: Int) -> String {
    if new == 0 { return count == 1 ? "exists" : "all exist" }
    return new == count ? "will be created" : "\(new) of them will be created"
  }

  /// The row on which all that differ are decided at once.
  private static func undecided(_ plan: PlanSections, _ speech: Speech) -> [Row] {
    let count = plan.undecidedCount
    guard count > 0 else {
      let decided = plan.decided
      let words = speech.told(
        "\(decided.total) that differ: \(decided.words).", [Way(decided.way, "takes that back")])
      return decided.total > 1 ? [Row(id: .conflicts, cells: [words])] : []
    }
    let words =
      count == 1
      ? "1 unit has to be decided: K, U or e on its row" : "All \(count) that have to be decided"
    return [Row(id: .conflicts, mark: .warning, cells: [words])]
  }

  /// What its row has no room for.
  static func about(_ unit: UnitPlan, _ state: WizardState, _ speech: Speech) -> [Line] {
    if case .notCompared(let reason) = state.outlook(of: unit) { return [.warning(reason)] }
    let labels = unit.hubLabels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let named = Line("Unit labels  \(labels.joined(separator: ", "))", Style(.muted))
    guard let sentence = unit.renaming else { return labels.isEmpty ? [] : [named] }
    let ways = state.canHaveNameBack(unit) ? [Way(.rename, "gives it its own name back")] : []
    return [.warning(speech.told(sentence, ways))]
  }

  private static func words(of plan: UnitCounts, _ objects: Int) -> String {
    plan.isOfCreationsOnly
      ? "\(plan.words), \(plural(objects, "object")) in all" : plan.compared
  }

  private static func words(
    of outlook: Outlook, _ unit: UnitPlan, _ earlier: EarlierUnit?
  ) -> (Row.Mark?, String) {
    if outlook == .create, let earlier {
      return (.warning, "\(outlook.planWord), and unit \(earlier.key) has the same workload")
    }
    return switch outlook {
    case .create where unit.insteadOf != nil, .unchanged where unit.insteadOf != nil:
      (.warning, "\(outlook.planWord) instead of \(unit.insteadOf ?? "")")
    case .differs(nil): (.warning, "differs")
    case .differs(.skip): (nil, "differs, and stays as ConfigHub has it")
    case .differs(.update): (.warning, "differs, and is replaced")
    case .notCompared(let reason): (.warning, "not compared: \(reason)")
    case .comparing: (.current, outlook.planWord)
    case .create, .unchanged, .unfinished, .settled: (nil, outlook.planWord)
    }
  }
}

extension DecisionCounts {
  /// The key of what was decided about all of them; any of the three takes all back.
  fileprivate var way: Way.Action {
    if replaced == total { return .update }
    return renamed == total ? .rename : .leaveAsIs
  }
}
