import Wizard

/// The page of a screen, the rows of it that the filter shows, and the cursor.
struct VisiblePage {
  var screen = ScreenID.starting
  var page = Page()
  var rows = Rows([])
  /// `nil` where there are no rows.
  var cursor: Int?

  var row: Row? { cursor.map { rows[$0] } }
}

extension ViewState {
  /// Brings the view up to date with the state: what is computed after it changes nothing here but
  /// the scroll position.
  mutating func update(for state: WizardState) -> VisiblePage {
    let screen = ScreenID(of: state, self)
    enter(screen)
    updateList(state, screen)
    if screen == .select { proposalCheck.update(for: state) }
    if screen == .cluster { omissions.update(for: state) }
    if state.step >= .select, units.update(for: state) { updateMarks(state) }
    if screen == .leftOutUnits, leftOut.update(for: state) {
      marks.keep(on: .leftOutUnits) { $0.unit.map(leftOut.places.keys.contains) == true }
    }
    if screen == .creating { order.update(for: state) }
    if screen == .binding { created.update(for: state) }
    if screen == .confirming { plan.update(for: state) }
    let isRetried = Focus.screen(screen).handler(of: .retryFailed) != nil
    unfinished.update(for: isRetried ? state : nil)
    var page = screen.room.page(state, self)
    if let words = state.signInWords { page.intro.insert(.warning(words), at: 0) }
    if let words = unfinished.words {
      page.intro.append(.bad(speech.told(words, [Way(.retryFailed, "tries again")])))
    }
    let rows =
      page.isWorkloadList ? page.rows : filteredRows.rows(of: page, screen, filter, state)
    page.filterProblem =
      filter.isEmpty ? nil : page.isWorkloadList ? list.filter.problem : filteredRows.problem
    guard !rows.isEmpty else { return VisiblePage(screen: screen, page: page, rows: rows) }
    var position = positions[.screen(screen)] ?? ScrollPosition(cursor: page.firstCursor)
    if let followed = page.followed, !position.isMoved, filter.isEmpty {
      (position.cursor, position.row) = (followed, nil)
    }
    position.cursor = min(max(0, position.cursor), rows.count - 1)
    follow(&position, rows, isList: page.isWorkloadList)
    positions[.screen(screen)] = position
    return VisiblePage(screen: screen, page: page, rows: rows, cursor: position.cursor)
  }

  /// What is marked is about units that are there.
  private mutating func updateMarks(_ state: WizardState) {
    marks.keep(on: .select) { units.place(of: $0) != nil }
    let members = Set(units.unit(of: openUnit.map(Row.ID.unit))?.members ?? [])
    marks.keep(on: .members) { $0.member.map(members.contains) == true }
  }

  private mutating func updateList(_ state: WizardState, _ screen: ScreenID) {
    guard let source = screen.room.workloads(state) else { return }
    let isStale = list.update(source, state.session, state.changes)
    let isArriving = if case .arriving = source { true } else { false }
    list.arrange(
      isArriving ? Arrangement() : arrangement, folded: isArriving ? [] : folded, filter: filter,
      isStale: isStale)
  }

  /// Keeps the row under the cursor, and where it is on the screen.
  private func follow(_ position: inout ScrollPosition, _ rows: Rows, isList: Bool) {
    let current = rows[position.cursor].id
    guard let row = position.row else {
      position.row = current
      return
    }
    guard row != current else { return }
    let found: Int? =
      switch row {
      case .workload(let key) where isList: list.row(of: key)
      case .group(let name) where isList: list.row(ofGroup: name)
      // A session that is restored from the archive is listed elsewhere.
      case .session(let id, _): rows.firstIndex { $0.id == row } ?? rows.firstIndex(ofSession: id)
      default: rows.firstIndex { $0.id == row }
      }
    guard let found else { return }
    position.offset = max(0, position.offset + found - position.cursor)
    // Not for the sake of one row, which may be the head of a group.
    if position.offset == 1 { position.offset = 0 }
    position.cursor = found
  }

  /// Puts the cursor on a row, because a person did.
  mutating func put(cursor: Int, in visible: VisiblePage) {
    guard !visible.rows.isEmpty else { return }
    var position = position(in: .screen(visible.screen))
    position.cursor = min(max(0, cursor), visible.rows.count - 1)
    position.row = visible.rows[position.cursor].id
    position.isMoved = true
    positions[.screen(visible.screen)] = position
  }
}

extension Rows {
  fileprivate func firstIndex(ofSession id: String) -> Int? {
    firstIndex { if case .session(id, _) = $0.id { true } else { false } }
  }
}
