import Wizard

/// What is asked of the list: nothing here changes it.
extension WorkloadList {
  /// All there are, shown or not.
  var count: Int { source.count }

  /// Without the heads of groups.
  var shownCount: Int { members.count }

  /// The workloads of a group, hidden ones not among them.
  func workloads(of group: Group) -> [Int] { members[group.range].map(Int.init) }

  /// The row of a workload; of one that is hidden, the row of the next one by key; `nil` if there
  /// are no rows at all.
  func row(of key: WorkloadKey) -> Int? {
    guard let workload = source.position(of: key) else { return nil }
    if rows.indices.contains(workload), rows[workload] >= 0 { return Int(rows[workload]) }
    if arrangement.grouping != .none,
      let group = groups.firstIndex(where: { members[$0.range].contains(Int32(workload)) })
    {
      // It is folded away.
      return items.firstIndex(of: .group(group))
    }
    return rows[min(workload, rows.count)...].first { $0 >= 0 }.map(Int.init)
  }

  func row(ofGroup name: String) -> Int? {
    guard let group = groups.firstIndex(where: { $0.name == name }) else { return nil }
    return items.firstIndex(of: .group(group))
  }

  /// The group that a row is in, or heads.
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

  /// How many there are with a word on what changed since the scan before.
  var changeCount: Int { (changes?.gone.count ?? 0) + new.count + changed.count }

  func change(of key: WorkloadKey) -> String? {
    new.contains(key) ? "new" : changed.contains(key) ? "changed" : nil
  }

  /// How many of them the scan has found: what comes after is gone.
  var scannedCount: Int {
    if case .scan(let workloads, _) = source { workloads.count } else { 0 }
  }

  /// Of these workloads, the keys of those that may be chosen, sorted, and whether all of them are.
  func choosable(_ asked: some Sequence<Int>) -> (keys: WorkloadKeys, areChosen: Bool) {
    guard case .scan(let workloads, _) = source else { return ([], true) }
    var isAsked = [Bool](repeating: false, count: count)
    for workload in asked { isAsked[workload] = true }
    let choosable = workloads.indices.filter { isAsked[$0] && index.isChoosable[$0] }
    return (WorkloadKeys(of: workloads, at: choosable), choosable.allSatisfy { chosen[$0] })
  }

  /// The workloads of all rows that are shown.
  var shownWorkloads: [Int] {
    items.compactMap { if case .workload(let workload) = $0 { workload } else { nil } }
  }
}
