import TerminalText
import Wizard

/// What a key comes to.
public enum Intent: Hashable, Sendable {
  case nothing
  case event(Event)
  /// Open the log of the session that is shown.
  case viewLog
  /// Open what the local worker has written.
  case viewWorkerLog
  /// Write the report as a file.
  case writeReport
  /// Leave, and take the import back.
  case undoImport
  case suspend
  case redraw
}

/// What a key means now: an event for the wizard, or a change of view.
public func dispatch(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  ui.notice = nil
  ui.enter(Scope(of: state, ui))
  let scope = Scope(state, ui)
  if scope == .editing, let intent = edit(key, state, &ui) { return intent }
  if scope == .filtering, let intent = filter(key, &ui) { return intent }
  guard let binding = Binding.find(key, in: scope) else {
    if case .paste = key {
      ui.notice = "Text can be pasted where a name is edited."
    } else {
      ui.notice = "\(key.name) does nothing here; ? shows what does."
    }
    return .nothing
  }
  if binding.action != .delete { ui.isDeleteArmed = false }
  return perform(binding.action, scope, state, &ui)
}

// MARK: Text

private func edit(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent? {
  guard var editing = ui.editing else { return nil }
  switch key {
  case .enter:
    ui.editing = nil
    return .event(editing.event)
  case .escape:
    ui.editing = nil
    return .nothing
  default:
    guard editing.field.take(key) else { return nil }
    ui.editing = editing
    return .nothing
  }
}

private func filter(_ key: Key, _ ui: inout ViewState) -> Intent? {
  var field = TextField(ui.filter)
  switch key {
  case .enter: ui.isFiltering = false
  case .escape:
    ui.isFiltering = false
    ui.filter = ""
  default:
    guard field.take(key) else { return nil }
    ui.filter = field.text
    ui.places[.review] = nil
  }
  return .nothing
}

extension TextField {
  /// Takes a key that edits text; `false` for any other one.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace: deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .left, .control("b"): moveLeft()
    case .right, .control("f"): moveRight()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .home, .control("a"): moveToStart()
    case .end, .control("e"): moveToEnd()
    case .control("w"): deleteWord()
    case .control("u"): deleteToStart()
    case .control("k"): deleteToEnd()
    default: return false
    }
    return true
  }
}

extension ViewState.Editing {
  var event: Event {
    switch subject {
    case .appSpace: .setAppSpace(field.text)
    case .hub: .setHub(field.text)
    case .unit(let unit): .rename(unit: unit, slug: field.text)
    case .conflict(let unit): .resolve(unit: unit, .rename(field.text))
    case .localWorker: .chooseWorker(.local(slug: field.text))
    case .installation: .confirmInstallation(field.text)
    case .merge(let unit): .merge(unit: unit, into: field.text)
    case .move(let member, let unit): .move(member, of: unit, to: field.text)
    case .labels(let unit): .setLabels(unit: unit, field.text)
    }
  }
}

// MARK: Actions

private func perform(
  _ action: Action, _ scope: Scope, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  switch action {
  case .up, .down, .pageUp, .pageDown, .first, .last:
    move(action, state, &ui)
    return .nothing
  case .nextTab, .previousTab, .tab:
    turn(action, &ui)
    return .nothing
  case .help:
    ui.isHelpShown.toggle()
    return .nothing
  case .filter:
    ui.isFiltering = true
    return .nothing
  case .escape: return escape(scope, &ui)
  case .goOn: return goOn(scope, state, &ui)
  case .choose, .chooseShown, .chooseAll: return choose(action, state, &ui)
  case .edit:
    beginEditing(state, &ui)
    return .nothing
  case .delete:
    guard ui.isDeleteArmed else {
      ui.isDeleteArmed = true
      ui.notice = "D again deletes this session for good; any other key keeps it."
      return .nothing
    }
    ui.isDeleteArmed = false
    return .event(.deleteAndStartNew)
  case .open, .moveOrMerge, .editLabels, .split, .preview:
    return arrange(action, scope, state, &ui)
  case .retryOne, .leaveOut, .update, .leaveAsIs: return settle(action, state, ui)
  case .resumeBackup: return .event(.resumeBackup)
  case .resume, .new, .start: return answerPanel(action, state, &ui)
  case .viewInConfigHub:
    ui.notice =
      state.session.hub?.server.map { "Look at space \(state.appSpace) on \($0)." }
      ?? "No ConfigHub server is known yet."
    return .nothing
  case .viewLog: return .viewLog
  case .viewWorkerLog: return .viewWorkerLog
  case .keepWorker: return .event(.keepWorker(!state.keepsWorker))
  case .writeReport: return .writeReport
  case .undoImport: return .undoImport
  case .back: return .event(.goBack)
  case .retry: return .event(.retry)
  case .skip: return .event(.skip)
  case .undo: return .event(.undo)
  case .redo: return .event(.redo)
  case .leave: return .event(.leave)
  case .leaveNow: return .event(.leaveNow(.init(code: 130)))
  case .suspend: return .suspend
  case .redraw: return .redraw
  }
}

private func turn(_ action: Action, _ ui: inout ViewState) {
  let tabs = ViewState.Tab.allCases
  let index = tabs.firstIndex(of: ui.tab) ?? 0
  switch action {
  case .nextTab: ui.tab = tabs[(index + 1) % tabs.count]
  case .previousTab: ui.tab = tabs[(index + tabs.count - 1) % tabs.count]
  case .tab(let tab): ui.tab = tab
  default: break
  }
  ui.isHelpShown = false
  ui.log = nil
}

/// Takes one layer off.
private func escape(_ scope: Scope, _ ui: inout ViewState) -> Intent {
  switch scope {
  case .leaving: return .event(.stay)
  case .help: ui.isHelpShown = false
  case .log: ui.log = nil
  case .preview: return .event(.closePreview)
  case .members where ui.filter.isEmpty: ui.openUnit = nil
  case _ where !ui.filter.isEmpty: ui.filter = ""
  case .cluster, .configHub: ui.tab = .importing
  case .prompt: ui.notice = "R resumes, N begins anew, q leaves."
  default: return .event(.cancel)
  }
  return .nothing
}

private func goOn(_ scope: Scope, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  let row = currentRow(state, ui)?.id
  switch (scope, row) {
  case (.leaving, _): return .event(.leave)
  case (.contexts, .context(let name)): return .event(.chooseContext(name))
  case (.preview, _): return .event(.closePreview)
  case (.members, _):
    ui.openUnit = nil
    return .nothing
  case (.select, .appSpace), (.select, .hub):
    beginEditing(state, &ui)
    return .nothing
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

private func choose(_ action: Action, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  let page = Page(for: state, ui)
  let rows: [Row]
  switch action {
  case .choose:
    rows = [currentRow(state, ui)].compactMap { $0 }
    move(.down, state, &ui)
  case .chooseShown: rows = page.shown(ui.filter).filter { $0.mark != .fixed }
  default: rows = page.rows.filter { $0.mark != .fixed }
  }
  guard !rows.isEmpty else {
    ui.notice = "There is nothing to choose here."
    return .nothing
  }
  // When all are chosen already, choosing all of them means none.
  let chosen = !rows.allSatisfy { $0.mark == .chosen }
  let workloads = rows.compactMap { if case .workload(let key) = $0.id { key } else { nil } }
  let namespaces = rows.compactMap { if case .namespace(let name) = $0.id { name } else { nil } }
  return .event(
    workloads.isEmpty
      ? .setNamespaces(namespaces, chosen: chosen) : .setWorkloads(workloads, chosen: chosen))
}

private func beginEditing(_ state: WizardState, _ ui: inout ViewState) {
  guard let proposal = state.session.proposal else { return }
  let slug = { (id: WorkloadKey) in proposal.units.first { $0.id == id }?.slug ?? "" }
  switch currentRow(state, ui)?.id {
  case .appSpace: ui.editing = .init(subject: .appSpace, field: TextField(proposal.appSpace))
  case .hub: ui.editing = .init(subject: .hub, field: TextField(proposal.hub))
  case .unit(let id) where state.conflicts[id] != nil:
    ui.editing = .init(subject: .conflict(id), field: TextField(slug(id)))
  case .unit(let id) where state.step == .select:
    ui.editing = .init(subject: .unit(id), field: TextField(slug(id)))
  case .localWorker:
    ui.editing = .init(subject: .localWorker, field: TextField(state.localWorkerSlug))
  default: ui.notice = "This has no name to edit."
  }
}

private func settle(_ action: Action, _ state: WizardState, _ ui: ViewState) -> Intent {
  guard case .unit(let id) = currentRow(state, ui)?.id else { return .event(.retry) }
  switch action {
  case .update: return .event(.resolve(unit: id, .update))
  case .leaveAsIs: return .event(.resolve(unit: id, .skip))
  case .retryOne: return .event(.retryOne(unit: id))
  default: return .event(.leaveOut(unit: id))
  }
}

private func answerPanel(_ action: Action, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  guard case .prompt = state.stage else {
    ui.tab = .importing
    if action == .new { ui.notice = "This session goes on; `map-import --new` begins another one." }
    return .nothing
  }
  ui.tab = .importing
  return action == .new ? .event(.startNew) : .event(.resume)
}

// MARK: Lists

func currentRow(_ state: WizardState, _ ui: ViewState) -> Row? {
  let page = Page(for: state, ui)
  let rows = page.shown(ui.filter)
  guard !rows.isEmpty else { return nil }
  let scope = Scope(of: state, ui)
  let cursor = ui.places[scope]?.cursor ?? page.firstCursor
  return rows[min(max(0, cursor), rows.count - 1)]
}

private func move(_ action: Action, _ state: WizardState, _ ui: inout ViewState) {
  let covered = Scope(state, ui)
  let scope = covered == .help || covered == .log ? covered : Scope(of: state, ui)
  let page = Page(for: state, ui)
  let count = scope == .log ? ui.log?.lines.count ?? 0 : page.shown(ui.filter).count
  var place = ui.places[scope] ?? .init(cursor: page.firstCursor)
  let last = max(0, (scope == .help ? Binding.table.count : count) - 1)
  let step = max(1, ui.listHeight - 1)
  place.cursor = min(place.cursor, last)
  switch action {
  case .up: place.cursor -= 1
  case .down: place.cursor += 1
  case .pageUp: place.cursor -= step
  case .pageDown: place.cursor += step
  case .first: place.cursor = 0
  default: place.cursor = last
  }
  place.cursor = min(max(0, place.cursor), last)
  ui.places[scope] = place
}
