import Wizard

// What the key line says here and now: never what the key would only be answered with a refusal for.

extension Focus {
  /// Whether the key of the action does something here, now, and on this row.
  func isUsable(_ action: Action, at row: Row?, _ state: WizardState, _ ui: ViewState) -> Bool {
    guard let handler = handler(of: action), handler.isOffered(state, ui) else { return false }
    guard case .screen(let screen) = self else { return true }
    if let isAbout = Action.rows[action], !isAbout(row, state, ui) { return false }
    return action != .goOn || screen.mayGoOn(from: row, state, ui)
  }

  /// What the key line calls the key of the action; `nil` where it is not to be named.
  func label(
    of action: Action, _ usual: String?, at row: Row?, _ state: WizardState, _ ui: ViewState
  ) -> String? {
    guard isUsable(action, at: row, state, ui) else { return nil }
    guard case .screen(let screen) = self else { return usual }
    let marked = ui.marks.count(on: screen)
    switch action {
    case .goOn:
      let word = screen.room.enterWord(row?.id, state)
      return screen == .leftOutUnits && marked > 0 ? word.map { "\($0) \(marked)" } : word
    case .mark where row?.id.isSwitched == true: return "the other"
    case .escape where marked > 0 && ui.filter.isEmpty: return "unmark"
    case _ where action.isForMarked && marked > 0: return usual.map { "\($0) \(marked)" }
    default: return usual
    }
  }
}

extension Action {
  /// The actions that are about a row: whether there is something for them to be done there.
  static let rows: [Action: @Sendable (Row?, WizardState, ViewState) -> Bool] = [
    .choose: { row, _, _ in row?.mark != nil && row?.mark != .fixed },
    .chooseShown: { row, _, _ in row != nil },
    .chooseAll: { row, _, _ in row != nil },
    .filter: { row, _, ui in row != nil || !ui.filter.isEmpty },
    .details: { row, _, _ in if case .workload = row?.id { true } else { false } },
    .escape: { _, state, ui in
      if case .prompt = state.stage { return true }
      if ui.tab != .importing { return true }
      let stops =
        (state.step == .connect && state.isCreating) || state.removal?.phase == .removing
      return state.stage == .working && (state.canGoBack || stops) || !ui.filter.isEmpty
        || ui.marks.count(on: ui.screen) > 0
    },
    .retry: { row, state, _ in
      if state.problem != nil { return true }
      if row == nil, !state.running.isEmpty { return false }
      return state.removal?.phase != .removing && state.step != .select
        && (state.phase != .creating || state.conflicts.isEmpty)
    },
    .open: isUnit, .editLabels: isMeant, .compare: isUnit,
    .merge: { row, state, ui in isMeant(row, state, ui) && state.unitCount > 1 },
    .leaveOut: { row, state, ui in
      isMeant(row, state, ui) && state.unitCount > max(1, ui.marks.count(on: .select))
    },
    .split: { row, _, ui in (ui.units.unit(of: row?.id)?.workloads.count ?? 0) > 1 },
    .mark: { row, _, _ in row?.id.canBeMarked == true || row?.id.isSwitched == true },
    .markShown: { row, _, _ in row != nil },
    .preview: { row, state, ui in
      row?.id.member != nil || isUnit(row, state, ui)
    },
    .move: { row, _, ui in row?.id.member != nil || ui.marks.count(on: .members) > 0 },
    .retryOne: { row, state, ui in
      state.failureCount > 0 && ui.units.unit(of: row?.id).flatMap(state.failure) != nil
    },
    .edit: { row, state, ui in
      switch row?.id {
      case .appSpace, .hub, .localWorker: true
      case .unit(let id):
        state.step == .select || state.differs(id)
          || ui.units.unit(of: row?.id).map(state.mayTakeAnotherName) == true
      case .session(_, let place): place == .active
      default: false
      }
    },
    .update: isDecidable, .leaveAsIs: isDecidable,
    .renameOurs: { row, state, ui in
      if isDecidable(row, state, ui) { return true }
      guard let unit = ui.units.unit(of: row?.id) else { return false }
      return state.canHaveNameBack(unit) || state.mayTakeAnotherName(unit)
    },
    .group: isList, .sort: isList, .reverse: isList, .columns: isList,
    .columnLeft: isList, .columnRight: isList,
    .fold: { _, _, ui in ui.list.isGrouped },
    .unfold: { _, _, ui in ui.list.isGrouped },
    .foldAll: { _, _, ui in ui.screen == .preview || ui.list.isGrouped },
    .undo: { _, state, _ in state.canUndo },
    .redo: { _, state, _ in state.canRedo },
    .takeSession: { row, state, ui in
      switch row?.id {
      case .session, .generation: ui.storedSession(at: row?.id, in: state)?.id != state.session.id
      default: false
      }
    },
    .openPager: { row, _, _ in row != nil },
    .copy: { row, _, _ in row?.copied != nil },
  ]

  private static let isUnit: @Sendable (Row?, WizardState, ViewState) -> Bool = { row, _, _ in
    row?.id.unit != nil
  }

  /// A unit, or all that are marked.
  private static let isMeant: @Sendable (Row?, WizardState, ViewState) -> Bool = { row, _, ui in
    row?.id.unit != nil || ui.marks.count(on: ui.screen) > 0
  }

  private static let isList: @Sendable (Row?, WizardState, ViewState) -> Bool = { _, _, ui in
    ui.list.count > 0
  }

  /// A unit that differs, decided or not, or the row of all of them.
  private static let isDecidable: @Sendable (Row?, WizardState, ViewState) -> Bool = {
    row, state, ui in
    switch row?.id {
    case .conflicts: true
    case .unit(let id):
      state.differs(id) || ui.units.unit(of: row?.id).flatMap(state.openDecision) != nil
    default: false
    }
  }
}

extension ScreenID {
  /// Whether enter does something on the row.
  fileprivate func mayGoOn(from row: Row?, _ state: WizardState, _ ui: ViewState) -> Bool {
    guard let word = room.enterWord(row?.id, state) else { return false }
    switch self {
    case .review: return state.session.selectedCount > 0
    case .select: return word != SelectScreen.goOnWord || ui.proposalCheck.problems.isEmpty
    case .starting, .prompt, .arrivals, .preview, .members, .leftOutUnits, .connecting, .waiting,
      .cluster, .configHub,
      .scanning, .contexts, .namespaces, .signingIn, .confirming, .removal, .creating, .workers,
      .installing, .binding, .verifying, .complete, .teamSession, .sessions:
      return true
    }
  }
}

extension WizardState {
  fileprivate var unitCount: Int { session.proposal?.units.count ?? 0 }
}
