import Wizard

// What the key line says here and now: never what the key would only be answered with a refusal for.

/// What the key of an action is called on a row.
enum KeyWords: Hashable {
  /// What the table says.
  case usual
  case words(String)
  /// It would do nothing there.
  case none
}

extension Focus {
  /// Whether the key of the action does something here, now, and on this row.
  func isUsable(_ action: Action, at row: Row?, _ state: WizardState, _ ui: ViewState) -> Bool {
    guard let handler = handler(of: action), handler.isOffered(state, ui) else { return false }
    guard case .screen(let screen) = self else { return true }
    if let isAbout = Action.rows[action], !isAbout(row, state, ui) { return false }
    return action != .goOn || screen.enterWords(on: row, state, ui) != .none
  }

  /// What the key line calls the key of the action; `nil` where it is not to be named.
  func label(
    of action: Action, _ usual: String?, at row: Row?, _ state: WizardState, _ ui: ViewState
  ) -> String? {
    guard isUsable(action, at: row, state, ui) else { return nil }
    guard action == .goOn, case .screen(let screen) = self else { return usual }
    switch screen.enterWords(on: row, state, ui) {
    case .usual: return usual
    case .words(let words): return words
    case .none: return nil
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
    .open: isUnit, .merge: isUnit, .split: isUnit, .editLabels: isUnit, .leaveOut: isUnit,
    .compare: isUnit,
    .preview: { row, state, ui in
      if case .member = row?.id { true } else { isUnit(row, state, ui) }
    },
    .move: { row, _, _ in if case .member = row?.id { true } else { false } },
    .retryOne: { row, state, _ in
      guard state.failureCount > 0, case .unit(let id) = row?.id else { return false }
      return state.unit(id).flatMap(state.failure) != nil
    },
    .takeOther: { row, _, _ in
      switch row?.id {
      case .layout, .unitContents, .replicas, .unclaimed: true
      default: false
      }
    },
    .edit: { row, state, _ in
      switch row?.id {
      case .appSpace, .hub, .localWorker: true
      case .unit(let id):
        state.step == .select || state.differs(id)
          || state.unit(id).map(state.mayTakeAnotherName) == true
      case .session(_, let place): place == .active
      default: false
      }
    },
    .update: isDecidable, .leaveAsIs: isDecidable,
    .renameOurs: { row, state, ui in
      if isDecidable(row, state, ui) { return true }
      guard case .unit(let id) = row?.id else { return false }
      return state.unit(id).map { state.canHaveNameBack($0) || state.mayTakeAnotherName($0) }
        == true
    },
    .group: isList, .sort: isList, .reverse: isList, .columns: isList,
    .columnLeft: isList, .columnRight: isList,
    .fold: { _, _, ui in ui.list.isGrouped },
    .unfold: { _, _, ui in ui.list.isGrouped },
    .foldAll: { _, _, ui in ui.screen == .preview || ui.list.isGrouped },
    .undo: { _, state, _ in state.canUndo },
    .redo: { _, state, _ in state.canRedo },
    .takeSession: { row, _, _ in
      switch row?.id {
      case .session, .generation: true
      default: false
      }
    },
    .openPager: { row, _, _ in row != nil },
  ]

  private static let isUnit: @Sendable (Row?, WizardState, ViewState) -> Bool = { row, _, _ in
    if case .unit = row?.id { true } else { false }
  }

  private static let isList: @Sendable (Row?, WizardState, ViewState) -> Bool = { _, _, ui in
    ui.list.count > 0
  }

  /// A unit that differs, decided or not, or the row of all of them.
  private static let isDecidable: @Sendable (Row?, WizardState, ViewState) -> Bool = {
    row, state, _ in
    switch row?.id {
    case .conflicts: true
    case .unit(let id):
      state.differs(id)
        || state.unit(id).flatMap(state.openDecision) != nil
    default: false
    }
  }
}

extension ScreenID {
  /// What enter does on the row.
  func enterWords(on row: Row?, _ state: WizardState, _ ui: ViewState) -> KeyWords {
    let isFailed = state.failureCount > 0
    switch self {
    case .starting, .prompt, .preview, .members, .connecting, .waiting, .cluster, .configHub:
      return .usual
    case .scanning: return .none
    case .contexts: return row == nil ? .none : .words("take")
    case .namespaces:
      let scope = state.session.scope
      return scope.allNamespaces || !scope.namespaces.isEmpty ? .words("scan") : .none
    case .review: return ui.list.chosenCount > 0 ? .usual : .none
    case .select:
      switch row?.id {
      case .appSpace, .hub: return .words("edit")
      case .layout, .unitContents, .replicas, .unclaimed: return .words("take the other")
      default: return ui.proposalCheck.problems.isEmpty ? .usual : .none
      }
    case .signingIn:
      if case .signedOut = state.signIn { return .words("sign in") }
      return .none
    case .confirming, .removal: return answerWords(on: row, state)
    case .creating:
      let isOver = !state.isCreating && state.conflicts.isEmpty
      return isOver && isFailed ? .words("go on without") : .none
    case .workers:
      switch row?.id {
      case .skipWorker: return .words("go on without")
      case nil: return .none
      default: return .words("take")
      }
    case .installing: return .words("type yes")
    case .binding: return isFailed && state.running.isEmpty ? .words("go on without") : .none
    case .verifying:
      return state.session.report != nil && state.running.isEmpty ? .words("accept") : .none
    case .complete: return .words("leave")
    case .sessions:
      switch row?.id {
      case .session: return .words("look into")
      case .log: return .words("view")
      default: return .none
      }
    }
  }

  /// On a question that is answered on rows: what the row says.
  private func answerWords(on row: Row?, _ state: WizardState) -> KeyWords {
    switch row?.id {
    case .goBack: return .words("back")
    case .create: return .words(row?.cells.first?.lowercased() ?? "")
    default: break
    }
    guard self == .removal, let removal = state.removal else { return .none }
    return removal.phase == .over && !state.session.isUndone ? .words("go back") : .none
  }
}

extension WizardState {
  /// Looked for in place: copies of very many would cost much at each drawing.
  fileprivate func unit(_ id: WorkloadKey) -> UnitPlan? {
    guard let units = session.proposal?.units else { return nil }
    return units.indices.first { units[$0].id == id }.map { units[$0] }
  }
}
