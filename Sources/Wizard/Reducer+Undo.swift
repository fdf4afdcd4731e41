/// The choices of steps 1 to 3, made, taken back and made again.
extension Turn {
  /// More than these are forgotten, oldest first.
  static let editsKept = 100
  /// And so are those that name more than so many rows in all: they are saved with the session.
  static let rowsKept = 200_000

  /// Makes a choice of a person; what had been undone cannot be redone after it.
  mutating func make(_ edit: Edit) {
    guard apply(edit) else { return }
    state.session.undo.append(edit)
    forgetOldest()
    state.session.redo = []
    saveSoon()
  }

  private mutating func forgetOldest() {
    var rows = 0
    let kept = state.session.undo.reversed().prefix(Turn.editsKept).prefix { edit in
      rows += edit.rows
      return rows <= Turn.rowsKept
    }
    state.session.undo.removeFirst(state.session.undo.count - max(1, kept.count))
  }

  mutating func undo() {
    guard let edit = mayRepeat(state.session.undo.last, "undo") else { return }
    guard apply(edit.inverse) else { return }
    state.session.undo.removeLast()
    state.session.redo.append(edit)
    refuse("Undone: \(edit.title).")
    saveSoon()
  }

  mutating func redo() {
    guard let edit = mayRepeat(state.session.redo.last, "redo") else { return }
    guard apply(edit) else { return }
    state.session.redo.removeLast()
    state.session.undo.append(edit)
    refuse("Redone: \(edit.title).")
    saveSoon()
  }

  private mutating func mayRepeat(_ edit: Edit?, _ verb: String) -> Edit? {
    guard let edit else {
      refuse("There is nothing to \(verb).")
      return nil
    }
    guard edit.step == state.step, state.phase != .scanning else {
      refuse(
        "What comes next to \(verb) was chosen in step \(edit.step.number), \(edit.step.rawValue).")
      return nil
    }
    guard !state.hasWritten else {
      refuse(state.whatStays)
      return nil
    }
    return edit
  }

  /// Those that may be chosen, each with its owner.
  private func chosen(_ keys: [WorkloadKey]) -> [Session.SelectedWorkload] {
    let workloads = state.session.scan?.workloads ?? []
    var index = 0
    return keys.inOrder().compactMap { key in
      index = workloads.firstIndex(from: index, notBefore: key)
      guard index < workloads.count, workloads.key(at: index) == key,
        workloads.isChoosable(at: index)
      else { return nil }
      let tool = workloads.withUnsafeBufferPointer { $0[index].owner.tool }
      index += 1
      return .init(key: key, owner: tool.rawValue)
    }
  }

  /// `false` if it changes nothing, because what it is about is not there.
  private mutating func apply(_ edit: Edit) -> Bool {
    let before = state.session
    switch edit {
    case .namespaces(let added, let removed):
      let kept = state.session.scope.namespaces.filter { !removed.contains($0) }
      state.session.scope.namespaces = Set(kept + added).sorted()
    case .workloads(let added, let removed):
      state.session.selected = state.session.selected.changed(
        adding: chosen(added), removing: removed.inOrder())
    case .appSpace(_, let name): state.session.proposal?.appSpace = name
    case .hub(_, let name): state.session.proposal?.hub = name
    case .slug(let id, _, let slug):
      guard let index = state.session.proposal?.units.firstIndex(where: { $0.id == id }) else {
        break
      }
      state.session.proposal?.units[index].slug = slug
    case .leaveOut(let unit, _):
      state.session.proposal?.units.removeAll { $0.id == unit.id }
      state.session.selected.removeAll { unit.holds($0.key) }
    case .putBack(let unit, let index):
      guard let units = state.session.proposal?.units, !units.contains(where: { $0.id == unit.id })
      else { break }
      state.session.proposal?.units.insert(unit, at: min(max(0, index), units.count))
      let selected = Set(state.session.selected.map(\.key))
      select { selected.contains($0) || unit.holds($0) }
    case .labels(let id, _, let labels):
      guard let index = state.session.proposal?.units.firstIndex(where: { $0.id == id }) else {
        break
      }
      state.session.proposal?.units[index].labels = labels
    case .units(_, let removed, let added):
      guard var units = state.session.proposal?.units,
        removed.allSatisfy({ units.contains($0.unit) })
      else { break }
      units.removeAll { unit in removed.contains { $0.unit.id == unit.id } }
      for placed in added.sorted(by: { $0.index < $1.index }) {
        units.insert(placed.unit, at: min(max(0, placed.index), units.count))
      }
      state.session.proposal?.units = units
    }
    return state.session != before
  }
}
