import Wizard

extension [KeyHandler] {
  /// What becomes of a unit that differs from the one of its name in ConfigHub.
  static let deciding = [
    KeyHandler(.update, isOffered: anyDiffers) { $0.replaceTheirs() },
    KeyHandler(.leaveAsIs, isOffered: anyDiffers) { $0.decide(.skip, all: .skip) },
  ]
}

/// Something can be decided, or was and can be taken back.
@Sendable func anyDiffers(_ state: WizardState, _ ui: ViewState) -> Bool {
  if !state.conflicts.isEmpty { return true }
  // Counted once, however many there are.
  return ui.screen == .confirming && (ui.plan.undecidedCount > 0 || ui.plan.decided.total > 0)
}

extension KeyPress {
  /// Replaces what ConfigHub has, when it is asked for twice.
  fileprivate mutating func replaceTheirs() -> Intent {
    guard let row = row?.id, row.isDecidable, !isDecided(row, as: .update), isOpen(row),
      arm(.update, on: row)
    else { return decide(.update, all: .update) }
    return say(ui.speech.twice(.update, "replaces what ConfigHub has"))
  }

  /// Another name for one, or its own one back; the names of all when they are asked for twice.
  mutating func rename() -> Intent {
    guard let row = row?.id, row == .conflicts else {
      guard let unit = ui.units.unit(of: row?.id), !state.differs(unit.id),
        state.canHaveNameBack(unit)
      else { return editName() }
      return .event(.undecide(unit: unit.id))
    }
    if isDecided(row, as: .rename) { return .event(.undecideAll) }
    let names = state.namesToTake
    guard !names.isEmpty, arm(.renameOurs, on: row) else { return .event(.resolveAll(.rename)) }
    let some = names.prefix(3).map { "\($0.unit.name) becomes \($0.name)" }
    let rest = names.count - some.count
    return say(
      ui.speech.twice(
        .rename,
        "gives other names: " + some.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
      ))
  }

  /// True at the first press, which only says what the second one does.
  private mutating func arm(_ action: Action, on row: Row.ID) -> Bool {
    if ui.armed.remove(row) != nil { return false }
    ui.armed.insert(row)
    ui.armedAction = action
    return true
  }

  /// Whether there is something to be replaced.
  private func isOpen(_ row: Row.ID) -> Bool {
    if case .unit(let id) = row { state.differs(id) } else { true }
  }

  /// What was decided so already is taken back.
  fileprivate mutating func decide(_ one: Resolution, all: Resolution.Sort) -> Intent {
    guard let row = row?.id, row.isDecidable else { return say("Move to a unit first.") }
    guard case .unit(let id) = row else {
      return .event(isDecided(row, as: all) ? .undecideAll : .resolveAll(all))
    }
    return .event(isDecided(row, as: all) ? .undecide(unit: id) : .resolve(unit: id, one))
  }

  /// The row of all is that only once none is left to be decided, whatever was decided about each.
  private func isDecided(_ row: Row.ID, as sort: Resolution.Sort) -> Bool {
    guard case .unit(let id) = row else { return state.undecidedCount == 0 }
    let unit = state.session.proposal?.units.first { $0.id == id }
    switch unit.flatMap(state.openDecision) {
    case .skip: return sort == .skip
    case .update: return sort == .update
    case nil: return false
    }
  }
}

extension Row.ID {
  /// The row of a unit, or that of all that differ.
  fileprivate var isDecidable: Bool {
    if case .unit = self { true } else { self == .conflicts }
  }
}
