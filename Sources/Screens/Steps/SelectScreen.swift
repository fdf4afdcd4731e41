import TerminalText
import Wizard

/// Step 3: as which units the workloads are imported.
enum SelectScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retry, .rows, .filter, .history, .preview, .pane,
    [
      KeyHandler(.goOn) { $0.goOnFromSelect() },
      KeyHandler(.mark) { press in
        press.row?.id.isSwitched == true ? press.takeOther() : press.mark()
      },
      KeyHandler(.markShown) { $0.markShown() },
      KeyHandler(.edit) { $0.editName() },
      KeyHandler(.open) { press in
        press.onUnit { press, unit in
          press.ui.openUnit = unit
          press.ui.marks.clear(on: .members)
          return .nothing
        }
      },
      KeyHandler(.merge) { $0.onUnits { $0.pickMergeTarget($1) } },
      KeyHandler(.split) { $0.onUnit { .event(.split(unit: $1)) } },
      KeyHandler(.editLabels) { $0.onUnits { $0.editLabels(of: $1) } },
      KeyHandler(.leaveOut) { $0.onUnits { .event(.leaveOut(units: $1)) } },
      KeyHandler(.viewLeftOut) { press in
        press.ui.isLeftOutShown = true
        return .nothing
      },
      KeyHandler(.editProposal, .editProposal),
    ])

  static let foremost: KeyValuePairs<Action, String> = [
    .edit: "rename", .preview: "preview", .mark: "mark", .leaveOut: "leave out",
    .open: "open", .merge: "merge", .split: "split", .editLabels: "labels",
    .viewLeftOut: "left out", .editProposal: "edit all", .pane: "pane",
  ]

  static let plain = PlainAnswers(numbers: .show) { _ in "enter to go on, edit N NAME, or ? " }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    switch row {
    case .appSpace, .hub: "edit"
    case .layout, .unitContents, .replicas, .unclaimed: "switch"
    default: goOnWord
    }
  }

  static let goOnWord = "go on"

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let proposal = state.session.proposal else { return Page(empty: "No proposal.") }
    let check = ui.proposalCheck
    var page = Page(
      title: "Import as \(plural(proposal.units.count, "unit"))\(ui.markedWords(on: .select))")
    page.columns = unitColumns
    let choices = choices(proposal, check)
    let units = proposal.units
    page.rows = Rows(count: choices.count + units.count) { number in
      if number < choices.count { return choices[number] }
      let unit = units[number - choices.count]
      let isWrong = check.units.contains(unit.id)
      return Row(
        id: .unit(unit.id), mark: isWrong ? .failed : nil,
        isMarked: ui.marks.has(.unit(unit.id), on: .select),
        cells: [
          unit.name, unit.workloadWords, plural(unit.members.count, "object"), unit.id.namespace,
          unit.labels["owner"] ?? "",
        ],
        style: isWrong ? Style(.bad) : .plain)
    }
    page.about = { ui.units.unit(of: $0).map(detail) ?? [] }
    page.paneContents = [.details, .yaml, .log]
    page.subject = { row, _ in ui.units.unit(of: row).map { .read(.unit($0)) } }
    page.firstCursor = choices.count
    page.outro = check.problems.prefix(2).map { .bad($0.sentence) }
    page.plain.saysOutro = true
    return page
  }

  /// What all units have in common: names, and how they are laid out.
  private static func choices(_ proposal: Proposal, _ check: ProposalCheck) -> [Row] {
    func row(_ id: Row.ID, _ text: String, _ subject: ProposalProblem.Subject? = nil) -> Row {
      let isWrong = check.problems.contains { $0.subject == subject }
      return Row(id: id, mark: isWrong ? .failed : nil, cells: [text], style: Style(bold: true))
    }
    return [
      row(
        .appSpace, "App Space: \(proposal.appSpace)\(proposal.appSpaceHolds)", .appSpace),
      row(.hub, "Hub: \(proposal.hub)", .hub),
      row(.layout, "Layout: \(proposal.layout.words)"),
      row(.unitContents, "Units: \(proposal.unitContents.words)"),
    ]
      + (check.scaled == 0
        ? [] : [row(.replicas, "Replicas of \(check.scaled): \(proposal.replicas.words)")])
      + (check.offered == 0
        ? [] : [row(.unclaimed, "Other objects, \(check.offered): \(proposal.unclaimed.words)")])
  }

  private static func detail(_ unit: UnitPlan) -> [Line] {
    [Line(unit.name, Style(bold: true))]
      + unit.hubLabels.sorted { $0.key < $1.key }.map { .muted("\($0.key)=\($0.value)") }
      + unit.memberLines
  }
}

// MARK: Keys

extension KeyPress {
  /// Does something with the unit of the row, if there is one.
  mutating func onUnit(_ act: (inout KeyPress, WorkloadKey) -> Intent) -> Intent {
    guard case .unit(let id) = row?.id else { return say("Move to a unit first.") }
    return act(&self, id)
  }

  fileprivate mutating func goOnFromSelect() -> Intent {
    switch row?.id {
    case .appSpace, .hub: editName()
    case .layout, .unitContents, .replicas, .unclaimed: takeOther()
    default: .event(.goOn)
    }
  }

  /// Takes the other one of the two ways to divide the units.
  fileprivate mutating func takeOther() -> Intent {
    guard let proposal = state.session.proposal else { return .nothing }
    switch row?.id {
    case .layout: return .event(.setLayout(proposal.layout == .component ? .appSpace : .component))
    case .unitContents:
      return .event(.setUnitContents(proposal.unitContents == .resource ? .app : .resource))
    case .replicas:
      return .event(.setReplicas(proposal.replicas == .autoscaler ? .unit : .autoscaler))
    case .unclaimed:
      return .event(.setUnclaimed(proposal.unclaimed == .leftOut ? .units : .leftOut))
    default: return .nothing
    }
  }

  /// Edits the name of the row: of a unit, or of what is new.
  mutating func editName() -> Intent {
    guard let proposal = state.session.proposal else { return say("There is nothing to edit yet.") }
    switch row?.id {
    case .appSpace: return pickAppSpace(proposal.appSpace)
    case .hub: return edit(.hub, proposal.hub)
    // Its own is taken.
    case .unit(let id)
    where state.differs(id)
      || state.session.proposal?.units.contains {
        $0.id == id && state.mayTakeAnotherName($0)
      } == true:
      if state.conflicts[id]?.existing.markedBy != nil {
        return say("This session made the unit, so it keeps its name.")
      }
      let free = state.namesToTake.first { $0.unit.id == id }?.name
      return edit(.conflict(id), free ?? name(of: id))
    case .unit(let id) where state.step == .select: return edit(.unit(id), name(of: id))
    case .localWorker: return edit(.localWorker, state.localWorkerSlug)
    default: return say("This has no name to edit.")
    }
  }

  private func name(of unit: WorkloadKey) -> String {
    state.session.proposal?.units.first { $0.id == unit }?.name ?? ""
  }

  /// Of one unit all its labels, of several what is to change.
  fileprivate mutating func editLabels(of units: [WorkloadKey]) -> Intent {
    guard units.count == 1 else { return edit(.labels(units)) }
    let labels = ui.units.unit(of: .unit(units[0]))?.labels ?? [:]
    return edit(.labels(units), LabelText.text(of: labels))
  }
}

extension Row.ID {
  /// Whether there are two ways of it, to be taken in turn.
  var isSwitched: Bool {
    switch self {
    case .layout, .unitContents, .replicas, .unclaimed: true
    default: false
    }
  }
}

extension ViewState {
  /// `, 3 marked`
  func markedWords(on screen: ScreenID) -> String {
    let count = marks.count(on: screen)
    return count == 0 ? "" : ", \(count) marked"
  }
}
