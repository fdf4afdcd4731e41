import Wizard

/// The rows that a person has marked on each screen, to do one thing with all of them. They are kept
/// by what the rows are about, and stay while a filter hides them.
struct Marks: Sendable {
  private var marked: [ScreenID: Set<Row.ID>] = [:]

  func has(_ row: Row.ID, on screen: ScreenID) -> Bool { marked[screen]?.contains(row) == true }

  func count(on screen: ScreenID?) -> Int { screen.flatMap { marked[$0]?.count } ?? 0 }

  mutating func set(_ rows: [Row.ID], _ areMarked: Bool, on screen: ScreenID) {
    if areMarked {
      marked[screen, default: []].formUnion(rows)
    } else {
      marked[screen]?.subtract(rows)
    }
  }

  mutating func clear(on screen: ScreenID?) {
    if let screen { marked[screen] = nil }
  }

  /// Takes the marks off what is not there any more.
  mutating func keep(on screen: ScreenID, where isThere: (Row.ID) -> Bool) {
    if let rows = marked[screen] { marked[screen] = rows.filter(isThere) }
  }
}

extension Row.ID {
  var unit: WorkloadKey? { if case .unit(let id) = self { id } else { nil } }

  var member: ObjectReference? { if case .member(let member) = self { member } else { nil } }

  var canBeMarked: Bool { unit != nil || member != nil }
}

extension Action {
  /// What is done with all that is marked, and with the row alone where nothing is.
  var isForMarked: Bool {
    switch self {
    case .merge, .move, .editLabels, .leaveOut: true
    default: false
    }
  }
}
