import Wizard

extension [KeyHandler] {
  /// Keys that group, sort and fold the workloads.
  static let arrangement = [
    KeyHandler(.group) { press in
      press.ui.folded = []
      return press.arrange { $0.groupNext() }
    },
    KeyHandler(.sort) { press in
      let column = press.ui.markedColumn ?? press.ui.arrangement.column
      return press.arrange { $0.sort(by: column) }
    },
    KeyHandler(.columnLeft) { $0.markColumn(by: -1) },
    KeyHandler(.columnRight) { $0.markColumn(by: 1) },
    KeyHandler(.reverse) { $0.arrange { $0.isReversed.toggle() } },
    KeyHandler(.columns) { press in
      press.ui.arrangement.showNextColumns()
      return press.say(press.ui.arrangement.columns.words)
    },
    KeyHandler(.fold) { $0.fold() },
    KeyHandler(.unfold) { $0.unfold() },
    KeyHandler(.foldAll) { $0.foldAll() },
  ]
}

extension KeyPress {
  fileprivate mutating func arrange(_ change: (inout Arrangement) -> Void) -> Intent {
    change(&ui.arrangement)
    return say(ui.arrangement.words)
  }

  /// Marks another one of the columns that are shown and can be sorted by.
  fileprivate mutating func markColumn(by step: Int) -> Intent {
    let shown = page.columns.filter { !$0.isHidden }.compactMap(\.sorting)
    guard !shown.isEmpty else { return say("There are no columns to sort by.") }
    let marked = ui.markedColumn ?? ui.arrangement.column
    let place = (shown.firstIndex(of: marked) ?? 0) + step
    let column = shown[(place + shown.count) % shown.count]
    ui.markedColumn = column
    return say("The column \(column.rawValue) is marked.")
  }

  /// The group that the cursor is in.
  private var group: WorkloadList.Group? { cursor.flatMap { ui.list.group(ofRow: $0) } }

  private mutating func sayNoGroups() -> Intent {
    say("There are no groups to fold; b makes some.")
  }

  /// Moves columns that there is no room for into sight; names and kinds stay.
  private mutating func moveColumns(_ direction: Shift) -> Intent {
    let focus = layout.focus
    let before = ui.position(in: focus).shift
    switch direction {
    case .left where before == 0: return say("These are the first columns.")
    case .left: ui.positions[focus, default: .init()].shift = before - 1
    case .right where layout.scroll.overhang == 0:
      return say(before > 0 ? "These are the last columns." : "All columns are shown.")
    case .right: ui.positions[focus, default: .init()].shift = before + 1
    }
    return .nothing
  }

  fileprivate mutating func fold() -> Intent {
    guard ui.list.isGrouped else { return moveColumns(.left) }
    guard let group else { return sayNoGroups() }
    guard ui.folded.insert(group.name).inserted else {
      return say("\(group.name) is folded already.")
    }
    if let row = ui.list.row(ofGroup: group.name) { ui.put(cursor: row, in: layout.visible) }
    return .nothing
  }

  fileprivate mutating func unfold() -> Intent {
    guard ui.list.isGrouped else { return moveColumns(.right) }
    guard let group else { return sayNoGroups() }
    return ui.folded.remove(group.name) == nil ? say("\(group.name) is not folded.") : .nothing
  }

  fileprivate mutating func foldAll() -> Intent {
    guard group != nil else { return sayNoGroups() }
    ui.folded = ui.folded.isEmpty ? Set(ui.list.groups.map(\.name)) : []
    return .nothing
  }
}
