import Wizard

/// Questions about the list. Nothing here changes it.
extension WorkloadList {
  /// How many workloads there are, shown or hidden.
  var count: Int { source.count }

  /// The workloads of a group that the filter shows.
  func workloads(of group: Group) -> [Int] { members[group.range].map(Int.init) }

  /// The row of a workload. A hidden workload has the row of the next shown one, by key. `nil` if
  /// no workload is shown.
  func row(of key: WorkloadKey) -> Int? {
    guard let workload = source.position(of: key) else { return nil }
    if rows.indices.contains(workload), rows[workload] >= 0 { return Int(rows[workload]) }
    if arrangement.grouping != .none,
      let group = groups.firstIndex(where: { members[$0.range].contains(Int32(workload)) })
    {
      // Its group is folded: take the row of the group.
      return items.firstIndex(of: .group(group))
    }
    return rows[min(workload, rows.count)...].first { $0 >= 0 }.map(Int.init)
  }

  func row(ofGroup name: String) -> Int? {
    guard let group = groups.firstIndex(where: { $0.name == name }) else { return nil }
    return items.firstIndex(of: .group(group))
  }

  /// The group of a row; the row may be the head of that group.
  func group(ofRow row: Int) -> Group? {
    guard arrangement.grouping != .none, items.indices.contains(row) else { return nil }
    for item in items[...row].reversed() {
      if case .group(let number) = item { return groups[number] }
    }
    return nil
  }

  var grouping: Arrangement.Grouping { arrangement.grouping }

  var isGrouped: Bool { grouping != .none }

  func isFolded(_ group: Group) -> Bool { folded.contains(group.name) }

  /// How many workloads are new, changed or gone since the scan before.
  var changeCount: Int { (changes?.gone.count ?? 0) + new.count + changed.count }

  func change(of key: WorkloadKey) -> String? {
    new.contains(key) ? "new" : changed.contains(key) ? "changed" : nil
  }

  /// How many workloads the scan found. Those after them in the list are gone.
  var scannedCount: Int {
    if case .scan(let workloads, _) = source { workloads.count } else { 0 }
  }

  /// Which of these workloads can be chosen, as sorted keys, and whether all of those are chosen.
  func choosable(_ asked: some Sequence<Int>) -> (keys: WorkloadSet, areChosen: Bool) {
    guard case .scan(let workloads, _) = source else { return ([], true) }
    var isAsked = [Bool](repeating: false, count: count)
    for workload in asked { isAsked[workload] = true }
    let choosable = workloads.indices.filter { isAsked[$0] && index.isChoosable[$0] }
    return (WorkloadSet(of: workloads, at: choosable), choosable.allSatisfy { chosen[$0] })
  }

  /// The workloads that have a row.
  var shownWorkloads: [Int] {
    items.compactMap { if case .workload(let workload) = $0 { workload } else { nil } }
  }
}
