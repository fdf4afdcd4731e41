import Wizard

// Keys that are about the rows of a list: which are chosen, how they stand, where the cursor is.

func choose(_ action: Action, _ sight: Sight, _ ui: inout ViewState) -> Intent {
  if sight.page.list != nil { return chooseWorkloads(action, sight, &ui) }
  let rows: [Row]
  switch action {
  case .choose:
    rows = [sight.row].compactMap { $0 }
    stepDown(sight, &ui)
  case .chooseShown: rows = Array(sight.rows)
  default: rows = Array(sight.page.all)
  }
  let names = rows.compactMap { if case .namespace(let name) = $0.id { name } else { nil } }
  guard !names.isEmpty else {
    ui.notice = "There is nothing to choose here."
    return .nothing
  }
  // When all are chosen already, choosing all of them means none.
  return .event(.setNamespaces(names, chosen: !rows.allSatisfy { $0.mark == .chosen }))
}

private func chooseWorkloads(
  _ action: Action, _ sight: Sight, _ ui: inout ViewState
) -> Intent {
  let list = ui.list
  let asked: [Int]
  switch (action, sight.cursor.map { list.items[$0] }) {
  case (.choose, .workload(let workload)?):
    stepDown(sight, &ui)
    // The state machine says why one cannot be chosen.
    return .event(
      .setWorkloads([list.source.key(of: workload)], chosen: !list.chosen[workload]))
  case (.choose, .group(let group)?): asked = list.workloads(of: list.groups[group])
  case (.choose, nil): asked = []
  case (.chooseShown, _): asked = list.shownWorkloads
  default: asked = Array(0..<list.count)
  }
  let (keys, areChosen) = list.choosable(asked)
  guard !keys.isEmpty else {
    ui.notice = "There is nothing to choose here."
    return .nothing
  }
  return .event(.setWorkloads(keys, chosen: !areChosen))
}

private func stepDown(_ sight: Sight, _ ui: inout ViewState) {
  if let cursor = sight.cursor { ui.put(cursor: cursor + 1, in: sight) }
}

func arrange(_ action: Action, _ sight: Sight, _ ui: inout ViewState) {
  switch action {
  case .group:
    ui.arrangement.groupNext()
    ui.folded = []
    ui.notice = ui.arrangement.words
  case .sort:
    ui.arrangement.sortNext()
    ui.notice = ui.arrangement.words
  case .reverse:
    ui.arrangement.isReversed.toggle()
    ui.notice = ui.arrangement.words
  case .columns:
    ui.arrangement.showNextColumns()
    ui.notice = ui.arrangement.columns.words
  default: fold(action, sight, &ui)
  }
}

private func fold(_ action: Action, _ sight: Sight, _ ui: inout ViewState) {
  guard let cursor = sight.cursor, let group = ui.list.group(ofRow: cursor) else {
    ui.notice = "There are no groups to fold; b makes some."
    return
  }
  switch action {
  case .foldAll:
    ui.folded = ui.folded.isEmpty ? Set(ui.list.groups.map(\.name)) : []
  case .fold:
    guard ui.folded.insert(group.name).inserted else {
      ui.notice = "\(group.name) is folded already."
      return
    }
    if let row = ui.list.row(ofGroup: group.name) { ui.put(cursor: row, in: sight) }
  default:
    if ui.folded.remove(group.name) == nil { ui.notice = "\(group.name) is not folded." }
  }
}

func move(_ action: Action, _ scope: Scope, _ sight: Sight, _ ui: inout ViewState) {
  let step = max(1, ui.listHeight - 1)
  func target(from cursor: Int, last: Int) -> Int {
    let target =
      switch action {
      case .up: cursor - 1
      case .down: cursor + 1
      case .pageUp: cursor - step
      case .pageDown: cursor + step
      case .first: 0
      default: last
      }
    return min(max(0, target), last)
  }
  let isBack = action == .up || action == .pageUp || action == .first
  switch scope {
  case .help, .log, .details, .leftOut:
    let before = min(ui.place(in: scope).cursor, ui.scrollEnd)
    let after = target(from: before, last: ui.scrollEnd)
    ui.places[scope, default: .init()].cursor = after
    if after == before { ui.notice = "This is the \(isBack ? "beginning" : "end")." }
  default:
    guard let before = sight.cursor else {
      ui.notice = "There are no rows here."
      return
    }
    let after = target(from: before, last: sight.rows.count - 1)
    ui.put(cursor: after, in: sight)
    if after == before { ui.notice = "This is the \(isBack ? "first" : "last") row." }
  }
}

/// Moves a text sideways; how far it goes is known from what was drawn last.
func shift(_ action: Action, _ scope: Scope, _ ui: inout ViewState) {
  let step = 20
  let before = ui.place(in: scope).shift
  if action == .shiftLeft {
    if before == 0 { ui.notice = "These are the beginnings of the lines." }
    ui.places[scope, default: .init()].shift = max(0, before - step)
  } else if ui.overhang > 0 {
    ui.places[scope, default: .init()].shift = before + min(step, ui.overhang)
  } else {
    ui.notice = "No line that is shown is longer."
  }
}
