import Wizard

/// Two texts line by line: what both have, what only ConfigHub has, and what would be written.
struct LineDifference {
  let lines: [UnitPreview.Difference]

  init(from theirs: [String], to ours: [String]) {
    let difference = ours.difference(from: theirs)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [UnitPreview.Difference] = []
    var (old, new) = (0, 0)
    while old < theirs.count || new < ours.count {
      if removed.contains(old) {
        lines.append(.init(.onlyInConfigHub, theirs[old]))
        old += 1
      } else if added.contains(new) {
        lines.append(.init(.onlyHere, ours[new]))
        new += 1
      } else {
        if new < ours.count { lines.append(.init(.both, ours[new])) }
        old += 1
        new += 1
      }
    }
    self.lines = lines
  }
}
