import Wizard

// Keys that are about the rows of a list, or the lines of a text: where the cursor is, and which rows
// are chosen.

extension KeyPress {
  enum Movement { case up, down, pageUp, pageDown, first, last }

  mutating func move(_ movement: Movement) -> Intent {
    switch layout.focus {
    case .layer(.help), .layer(.log), .layer(.details), .layer(.omissions), .layer(.sync):
      let end = layout.scroll.end
      let before = min(ui.position(in: layout.focus).cursor, end)
      let after = target(of: movement, from: before, last: end)
      ui.positions[layout.focus, default: .init()].cursor = after
      ui.positions[layout.focus]?.isAtEnd = after == end
      if after == before { return say("This is the \(movement.isBack ? "beginning" : "end").") }
    case .layer(.textEntry), .layer(.filter), .layer(.search), .layer(.actions), .layer(.picker),
      .layer(.leaving), .screen:
      guard let before = cursor else { return say("There are no rows here.") }
      let after = target(of: movement, from: before, last: rows.count - 1)
      ui.put(cursor: after, in: layout.visible)
      // The rows move, and the cursor stays where it is among them.
      if movement == .pageUp || movement == .pageDown {
        ui.positions[layout.focus]?.offset += after - before
      }
      if after == before { return say("This is the \(movement.isBack ? "first" : "last") row.") }
    }
    return .nothing
  }

  private func target(of movement: Movement, from cursor: Int, last: Int) -> Int {
    let page = max(1, layout.scroll.height - 1)
    let target =
      switch movement {
      case .up: cursor - 1
      case .down: cursor + 1
      case .pageUp: cursor - page
      case .pageDown: cursor + page
      case .first: 0
      case .last: last
      }
    return min(max(0, target), last)
  }

  mutating func stepDown() {
    if let cursor { ui.put(cursor: cursor + 1, in: layout.visible) }
  }

  // MARK: Choosing

  /// What is chosen, or left out if all of it is chosen already.
  enum Choice { case row, shown, all }

  mutating func choose(_ choice: Choice) -> Intent {
    if page.isWorkloadList { return chooseWorkloads(choice) }
    let asked: [Row]
    switch choice {
    case .row:
      asked = [row].compactMap { $0 }
      stepDown()
    case .shown: asked = Array(rows)
    case .all: asked = Array(page.rows)
    }
    return choose(namespaces: asked, isOne: choice == .row)
  }

  /// A system namespace is chosen by itself alone, never with others.
  private mutating func choose(namespaces rows: [Row], isOne: Bool) -> Intent {
    let asked = isOne ? rows : rows.filter { !$0.id.isSystemNamespace }
    guard asked.contains(where: { $0.id.namespace != nil }) else {
      return rows.isEmpty || isOne
        ? say("There is nothing to choose here.")
        : say("System namespaces are chosen one by one.", Way(.choose, "chooses one"))
    }
    let isChosen = !asked.allSatisfy { $0.mark == .chosen }
    // All that is shown is left out, whatever it is.
    let names = (isChosen ? asked : rows).compactMap(\.id.namespace)
    return .event(.setNamespaces(names, chosen: isChosen))
  }

  private mutating func chooseWorkloads(_ choice: Choice) -> Intent {
    let list = ui.list
    let asked: [Int]
    switch choice {
    case .row:
      switch cursor.map({ list.items[$0] }) {
      case .workload(let workload)?:
        stepDown()
        // The wizard says why one cannot be chosen.
        return .event(
          .setWorkloads([list.source.key(of: workload)], chosen: !list.chosen[workload]))
      case .group(let group)?: asked = list.workloads(of: list.groups[group])
      case nil: asked = []
      }
    case .shown: asked = list.shownWorkloads
    case .all: asked = Array(0..<list.count)
    }
    let (keys, areChosen) = list.choosable(asked)
    guard !keys.isEmpty else { return say("There is nothing to choose here.") }
    return .event(.setWorkloads(keys, chosen: !areChosen))
  }
}

extension Row.ID {
  var namespace: String? { if case .namespace(let name) = self { name } else { nil } }

  var isSystemNamespace: Bool {
    namespace.map(ScanScope.systemNamespaces.contains) ?? false
  }
}

extension KeyPress.Movement {
  fileprivate var isBack: Bool { self == .up || self == .pageUp || self == .first }
}
