import Wizard

extension [KeyHandler] {
  /// What becomes of a unit that differs from the one of its name in ConfigHub.
  static let deciding = [
    KeyHandler(.update) { $0.replaceTheirs() },
    KeyHandler(.leaveAsIs) { $0.decide(.skip, all: .skip) },
  ]
}

extension KeyPress {
  /// Replaces what ConfigHub has, when it is asked for twice.
  fileprivate mutating func replaceTheirs() -> Intent {
    guard let row = row?.id, row.isDecidable, ui.armed.remove(row) == nil else {
      return decide(.update, all: .update)
    }
    ui.armed.insert(row)
    return say(ui.speech.twice(.update, "replaces what ConfigHub has"))
  }

  fileprivate mutating func decide(_ one: Resolution, all: Resolution.Sort) -> Intent {
    guard let row = row?.id, row.isDecidable else { return say("Move to a unit first.") }
    if case .unit(let id) = row { return .event(.resolve(unit: id, one)) }
    return .event(.resolveAll(all))
  }
}

extension Row.ID {
  /// The row of a unit, or that of all that differ.
  fileprivate var isDecidable: Bool {
    if case .unit = self { true } else { self == .conflicts }
  }
}
