import TerminalText
import Wizard

/// What a key comes to.
public enum Intent: Hashable, Sendable {
  case nothing
  case event(Event)
  /// Open the log of this name.
  case viewLog(String)
  /// Show the command line that does the same, and what was run.
  case viewCommands
  /// Open what the local worker has written.
  case viewWorkerLog
  /// Write the report as a file.
  case writeReport
  /// Show the text in the person's pager.
  case openPager(ViewState.LogText)
  /// Have the person edit the proposal as a file.
  case editProposal
  /// Leave, and take the import back.
  case undoImport
  case suspend
  case redraw
}

/// What a key means now: an event for the wizard, or a change of view.
public func dispatch(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  switch key {
  case .click(let place): click(place, state, &ui)
  case .wheelUp: turnWheel(.up, state, &ui)
  case .wheelDown: turnWheel(.down, state, &ui)
  default: press(key, state, &ui)
  }
}

func press(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  ui.notice = nil
  ui.seenNotices = state.noticeCount
  let sight = ui.look(at: state)
  let scope = Scope(state, ui)
  let binding = Binding.find(key, in: scope)
  if binding?.action != .delete { ui.isDeleteArmed = false }
  if binding?.action != .update { ui.armed = [] }
  guard let binding else {
    if ui.type(key, in: scope) { return .nothing }
    if case .paste = key {
      ui.notice = "Text can be pasted where a name is edited."
    } else {
      ui.notice = "\(key.name) does nothing here; ? shows what does."
    }
    return .nothing
  }
  if state.isLeaving { ui.notice = "Leaving, as soon as all is written." }
  return perform(binding.action, scope, sight, state, &ui)
}

// MARK: Actions

private func perform(
  _ action: Action, _ scope: Scope, _ sight: Sight, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  switch action {
  case .up where scope == .editing, .down where scope == .editing:
    ui.offerSpace(action, state)
    return .nothing
  case .up, .down, .pageUp, .pageDown, .first, .last:
    move(action, scope, sight, &ui)
    return .nothing
  case .group, .sort, .reverse, .columns, .fold, .unfold, .foldAll:
    arrange(action, sight, &ui)
    return .nothing
  case .text(let edit):
    ui.changeText(in: scope) { $0.apply(edit) }
    return .nothing
  case .take, .drop: return ui.endTyping(action, scope, state)
  case .shiftLeft, .shiftRight:
    shift(action, scope, &ui)
    return .nothing
  case .toggleMouse:
    toggleMouse(&ui)
    return .nothing
  case .details: return showDetails(scope, sight, state, &ui)
  case .leftOut:
    showLeftOut(state, &ui)
    return .nothing
  case .nextTab, .previousTab, .tab:
    turn(action, &ui)
    return .nothing
  case .help:
    ui.isHelpShown.toggle()
    ui.places[.help] = nil
    return .nothing
  case .filter:
    ui.isFiltering = true
    return .nothing
  case .escape: return escape(scope, &ui)
  case .goOn: return goOn(scope, sight, state, &ui)
  case .choose, .chooseShown, .chooseAll: return choose(action, sight, &ui)
  case .takeOther: return takeOther(sight, state, &ui)
  case .edit where sight.row?.id == .conflicts: return .event(.resolveAll(.rename))
  case .edit:
    beginEditing(sight, state, &ui)
    return .nothing
  case .delete:
    // What another holds is not deleted, so there is nothing to ask.
    guard ui.isDeleteArmed || !state.offers(.delete, ui) else {
      ui.isDeleteArmed = true
      ui.notice = "D again deletes it for good; any other key keeps it."
      return .nothing
    }
    ui.isDeleteArmed = false
    return .event(.deleteAndStartNew)
  case .open, .moveOrMerge, .editLabels, .split, .preview:
    return regroup(action, sight, state, &ui)
  case .update, .leaveAsIs: return resolve(action, sight, &ui)
  case .retryOne, .leaveOut: return settle(action, sight, &ui)
  case .resumeBackup: return .event(.resumeBackup)
  case .resume, .new, .start: return answerPanel(action, state, &ui)
  case .viewInConfigHub:
    let session = state.shownSession
    let spaces = session.proposal?.spaceSlugs ?? [""]
    let others = spaces.count > 1 ? " and the \(spaces.count - 1) of the units" : ""
    ui.notice =
      session.hub?.server.map { "Look at space \(spaces[0])\(others) on \($0)." }
      ?? "No ConfigHub server is known yet."
    return .nothing
  case .viewLog: return viewLog(sight, state, &ui)
  case .olderLog, .newerLog: return turnLog(action, &ui)
  case .viewCommands: return .viewCommands
  case .viewWorkerLog: return .viewWorkerLog
  case .keepWorker: return .event(.keepWorker(!state.keepsWorker))
  case .writeReport: return .writeReport
  case .openPager: return openPager(scope, state, &ui)
  case .editProposal: return .editProposal
  case .undoImport: return .undoImport
  case .sessions:
    ui.tab = ui.tab == .sessions ? .importing : .sessions
    ui.openSession = nil
    return ui.tab == .sessions ? .event(.listSessions) : .nothing
  case .takeSession: return takeSession(sight, state, &ui)
  case .back where scope == .sessions: return escape(scope, &ui)
  case .back: return .event(.goBack)
  case .retry where scope == .details: return readObject(state, &ui)
  case .retry: return .event(.retry)
  case .skip: return .event(.skip)
  case .undo: return .event(.undo)
  case .redo: return .event(.redo)
  case .leave:
    // Whether to leave is asked in front of everything.
    ui.isHelpShown = false
    return .event(.leave)
  case .leaveNow: return .event(.leaveNow(.init(.interrupted)))
  case .suspend: return .suspend
  case .redraw: return .redraw
  }
}

private func turn(_ action: Action, _ ui: inout ViewState) {
  let tabs = ViewState.Tab.shown
  if action == .tab(ui.tab), !ui.isHelpShown, ui.log == nil, ui.layer == nil {
    ui.notice = "This is the tab \(ui.tab.rawValue)."
  }
  let index = tabs.firstIndex(of: ui.tab) ?? 0
  switch action {
  case .nextTab: ui.tab = tabs[(index + 1) % tabs.count]
  case .previousTab: ui.tab = tabs[(index + tabs.count - 1) % tabs.count]
  case .tab(let tab): ui.tab = tab
  default: break
  }
  ui.isHelpShown = false
  ui.log = nil
  ui.layer = nil
}

/// Takes one layer off.
private func escape(_ scope: Scope, _ ui: inout ViewState) -> Intent {
  switch scope {
  case .leaving: return .event(.stay)
  case .help: ui.isHelpShown = false
  case .log: ui.log = nil
  case .details, .leftOut: ui.layer = nil
  case .preview: return .event(.closePreview)
  case .members where ui.filter.isEmpty: ui.openUnit = nil
  case _ where !ui.filter.isEmpty: ui.filters[scope] = nil
  case .sessions where ui.openSession != nil:
    // The cursor goes back to where it was.
    ui.places[.sessions] = .init(row: ui.openSession)
    ui.openSession = nil
  case .cluster, .configHub, .sessions: ui.tab = .importing
  case .prompt: ui.notice = "R resumes, N begins anew, q leaves."
  default: return .event(.cancel)
  }
  return .nothing
}

private func goOn(
  _ scope: Scope, _ sight: Sight, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  let row = sight.row?.id
  switch (scope, row) {
  case (.leaving, _): return .event(.leave)
  case (.sessions, let row): return lookInto(row, &ui)
  case (.contexts, .context(let name)): return .event(.chooseContext(name))
  case (.preview, _): return .event(.closePreview)
  case (.members, _):
    ui.openUnit = nil
    return .nothing
  case (.select, .appSpace), (.select, .hub):
    beginEditing(sight, state, &ui)
    return .nothing
  case (.select, .layout), (.select, .unitContents): return takeOther(sight, state, &ui)
  case (.confirming, .create): return .event(.confirm)
  case (.confirming, .goBack): return .event(.goBack)
  case (.confirming, _):
    ui.notice = "Move to Create or Back."
    return .nothing
  case (.workers, .worker(let slug)): return .event(.chooseWorker(.existing(slug: slug)))
  case (.workers, .localWorker):
    return .event(.chooseWorker(.local(slug: state.localWorkerSlug)))
  case (.workers, .clusterWorker):
    return .event(.chooseWorker(.cluster(slug: state.localWorkerSlug)))
  case (.workers, .serverWorker):
    return .event(.chooseWorker(.server(slug: state.localWorkerSlug)))
  case (.installing, _):
    ui.editing = .init(subject: .installation, field: TextField(""))
    return .nothing
  case (.workers, .skipWorker): return .event(.chooseWorker(.skip))
  default: return .event(.goOn)
  }
}

private func beginEditing(_ sight: Sight, _ state: WizardState, _ ui: inout ViewState) {
  guard let proposal = state.session.proposal else {
    ui.notice = "There is nothing to edit yet."
    return
  }
  let name = { (id: WorkloadKey) in proposal.units.first { $0.id == id }?.name ?? "" }
  switch sight.row?.id {
  case .appSpace: ui.editing = .init(subject: .appSpace, field: TextField(proposal.appSpace))
  case .hub: ui.editing = .init(subject: .hub, field: TextField(proposal.hub))
  case .unit(let id) where state.differs(id):
    ui.editing = .init(subject: .conflict(id), field: TextField(name(id)))
  case .unit(let id) where state.step == .select:
    ui.editing = .init(subject: .unit(id), field: TextField(name(id)))
  case .localWorker:
    ui.editing = .init(subject: .localWorker, field: TextField(state.localWorkerSlug))
  default: ui.notice = "This has no name to edit."
  }
}

private func settle(_ action: Action, _ sight: Sight, _ ui: inout ViewState) -> Intent {
  guard case .unit(let id) = sight.row?.id else {
    ui.notice = "Move to a unit first."
    return .nothing
  }
  return .event(action == .retryOne ? .retryOne(unit: id) : .leaveOut(unit: id))
}

private func answerPanel(_ action: Action, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  guard case .prompt = state.stage else {
    ui.tab = .importing
    if action == .new || state.step == .complete {
      ui.notice = "This session goes on; `map-import --new` begins another one."
    }
    return .nothing
  }
  ui.tab = .importing
  return .event(action == .resume ? .resume : .startNew)
}
