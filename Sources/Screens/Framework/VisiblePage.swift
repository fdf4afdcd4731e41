import Wizard

/// The list that a key or a frame is about: a page, the rows of it that are shown, and the cursor.
struct Sight {
  var scope: Scope
  var page: Page
  var rows: Rows
  /// `nil` where there are no rows.
  var cursor: Int?

  var row: Row? { cursor.map { rows[$0] } }
}

extension ViewState {
  /// Brings the view up to date with the state: everything after it only looks.
  mutating func look(at state: WizardState) -> Sight {
    let scope = Scope(of: state, self)
    enter(scope)
    updateList(state, scope)
    if scope == .select { problems.follow(state) }
    let page = Page(for: state, self)
    let rows = page.list ?? matches.rows(of: page, scope, filter, state)
    guard !rows.isEmpty else { return Sight(scope: scope, page: page, rows: rows, cursor: nil) }
    var place = places[scope] ?? Place(cursor: page.firstCursor)
    place.cursor = min(max(0, place.cursor), rows.count - 1)
    follow(&place, rows, isList: page.list != nil)
    places[scope] = place
    return Sight(scope: scope, page: page, rows: rows, cursor: place.cursor)
  }

  private mutating func updateList(_ state: WizardState, _ scope: Scope) {
    let source: WorkloadList.Source
    switch scope {
    case .review, .cluster:
      source = .scan(
        state.shownSession.scan?.workloads ?? [], gone: state.changes?.gone ?? [])
    case .scanning: source = .arriving(state.arriving)
    default: return
    }
    let isStale = list.update(source, state.session, state.changes)
    let isArriving = scope == .scanning
    list.arrange(
      isArriving ? Arrangement() : arrangement, folded: isArriving ? [] : folded, filter: filter,
      isStale: isStale)
  }

  /// Keeps the row under the cursor, and where it is on the screen.
  private func follow(_ place: inout Place, _ rows: Rows, isList: Bool) {
    let current = rows[place.cursor].id
    guard let row = place.row else {
      place.row = current
      return
    }
    guard row != current else { return }
    let found: Int? =
      switch row {
      case .workload(let key) where isList: list.row(of: key)
      case .group(let name) where isList: list.row(ofGroup: name)
      // A session that is restored from the archive stands in another place.
      case .session(let id, _): rows.firstIndex { $0.id == row } ?? rows.firstIndex(ofSession: id)
      default: rows.firstIndex { $0.id == row }
      }
    guard let found else { return }
    place.offset = max(0, place.offset + found - place.cursor)
    // Not for the sake of one row, which may be the head of a group.
    if place.offset == 1 { place.offset = 0 }
    place.cursor = found
  }

  /// Puts the cursor on a row, because a person did.
  mutating func put(cursor: Int, in sight: Sight) {
    guard !sight.rows.isEmpty else { return }
    var place = places[sight.scope] ?? Place()
    place.cursor = min(max(0, cursor), sight.rows.count - 1)
    place.row = sight.rows[place.cursor].id
    places[sight.scope] = place
  }
}

extension Rows {
  fileprivate func firstIndex(ofSession id: String) -> Int? {
    firstIndex { if case .session(id, _) = $0.id { true } else { false } }
  }
}
