import Wizard

// Keys that mark rows, and what is done with all that is marked.

extension [KeyHandler] {
  static let marking = [
    KeyHandler(.mark) { $0.mark() },
    KeyHandler(.markShown) { $0.markShown() },
  ]
}

extension KeyPress {
  /// Marks the row, or takes its mark off, and goes to the next one.
  mutating func mark() -> Intent {
    guard let id = row?.id, id.canBeMarked else { return say("There is nothing to mark here.") }
    ui.marks.set([id], !ui.marks.has(id, on: screen), on: screen)
    stepDown()
    return .nothing
  }

  /// Marks all rows that are shown; again: none of them.
  mutating func markShown() -> Intent {
    let ids = rows.lazy.map(\.id).filter(\.canBeMarked)
    guard !ids.isEmpty else { return say("There is nothing to mark here.") }
    let areMarked = ids.allSatisfy { ui.marks.has($0, on: screen) }
    ui.marks.set(Array(ids), !areMarked, on: screen)
    return .nothing
  }

  /// Takes all marks off; `false` where there are none.
  mutating func unmark() -> Bool {
    guard ui.marks.count(on: screen) > 0 else { return false }
    ui.marks.clear(on: screen)
    return true
  }

  /// The rows that are marked, in the order of the page, whether a filter shows them or not; the one
  /// under the cursor where none is.
  var meant: [Row.ID] {
    guard ui.marks.count(on: screen) > 0 else { return row.map { [$0.id] } ?? [] }
    return page.rows.lazy.map(\.id).filter { ui.marks.has($0, on: screen) }
  }

  /// Does something with the units that are meant, if there are any.
  mutating func onUnits(_ act: (inout KeyPress, [WorkloadKey]) -> Intent) -> Intent {
    let units = meant.compactMap(\.unit)
    return units.isEmpty ? say("Move to a unit first.") : act(&self, units)
  }

  /// What the wizard would answer to an event that asks for something it will not do, or cannot;
  /// `nil` if it would do it.
  func refusal(of event: Event) -> String? {
    reply(to: event).flatMap { $0.kind == .refused ? ui.speech.told($0) : nil }
  }

  /// What the wizard would answer to an event; `nil` for what is only done.
  func reply(to event: Event) -> Notice? {
    let (after, _) = reduce(state, event, at: state.now)
    return after.noticeCount > state.noticeCount ? after.reply : nil
  }
}
