import TerminalText
import Wizard

// What is picked.

extension KeyPress {
  /// One of the App Spaces that are there, or a new one; where none is known, one is typed.
  mutating func pickAppSpace(_ now: String) -> Intent {
    guard let spaces = state.spaces, !spaces.isEmpty else { return edit(.appSpace, now) }
    let others = spaces.filter { $0 != now }
    return pick(
      Picker(
        .appSpace, "App Space", orNew: "a new App Space",
        [Picker.Choice(now, spaces.contains(now) ? "as it is now" : "as it is now, and new")]
          + others.map { Picker.Choice($0, "in ConfigHub") }))
  }

  mutating func pickMergeTarget(_ ids: [WorkloadKey]) -> Intent {
    let all = state.session.proposal?.units ?? []
    let meant = Set(ids)
    // One of several that are merged is the likeliest.
    let first = ids.count > 1 ? all.filter { meant.contains($0.id) } : []
    let choices = first + all.filter { !meant.contains($0.id) }
    guard !choices.isEmpty else { return say("There is no other unit to merge with.") }
    let what = ids.count == 1 ? all.first { $0.id == ids[0] }?.name ?? "" : "\(ids.count) units"
    return pick(
      Picker(
        .merge(ids), "Merge \(what) into", orNew: ids.count == 1 ? nil : "one unit of a new name",
        choices.map {
          Picker.Choice($0.name, meant.contains($0.id) ? "marked; \($0.pickWords)" : $0.pickWords)
        }))
  }

  mutating func pickMoveTarget(_ members: [ObjectReference], of id: WorkloadKey) -> Intent {
    let others = (state.session.proposal?.units ?? []).filter { $0.id != id }
    let what = members.count == 1 ? "\(members[0].kind)" : "\(members.count) objects"
    return pick(
      Picker(
        .move(members, of: id), "Move \(what) to", orNew: "a new unit",
        others.map { Picker.Choice($0.name, $0.pickWords) }))
  }
}

extension UnitPlan {
  fileprivate var pickWords: String { "\(plural(members.count, "object")), \(id.namespace)" }
}
