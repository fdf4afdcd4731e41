import Wizard

/// Puts together what belongs together in one namespace.
struct Assembly {
  /// Sorted by key.
  private(set) var workloads: [Workload]
  /// What more than one of the workloads uses, or nobody may import.
  private(set) var leftOut: [LeftOut] = []

  /// - Parameter whole: the kinds of which everything in the namespace was read.
  init(_ found: [FoundWorkload], _ belongings: [Belonging], whole: Set<String> = []) {
    let found = found.sorted { $0.workload.key < $1.workload.key }
    workloads = found.map(\.workload)
    let users = BelongingUsers(found, belongings)
    for (index, belonging) in belongings.enumerated() {
      let using = users.of[index]
      note(belonging, using)
      for user in using { add(belonging, to: &workloads[user]) }
    }
    let known = Set(belongings.map(\.reference))
    for (index, found) in found.enumerated() {
      let missing = found.clues.named(in: found.workload.key.namespace).filter {
        whole.contains($0.kind) && !known.contains($0) && !ScanReader.isEverywhere($0)
      }
      workloads[index].needed = Set(workloads[index].needed + missing).sorted()
      // Grown one by one, it has room for more than it will ever hold.
      workloads[index].belongings = workloads[index].belongings.sorted()
    }
    leftOut.sort { $0.what < $1.what }
  }

  private func add(_ belonging: Belonging, to workload: inout Workload) {
    // What is made by another object still says how many replicas there are.
    let isScaler = if case .scales = belonging.link { true } else { false }
    guard belonging.obstacle == nil else {
      if isScaler { workload.needed.append(belonging.reference) }
      return
    }
    workload.belongings.append(belonging.reference)
    switch belonging.link {
    case .account(let secrets), .routes(_, let secrets):
      workload.needed += secrets.map {
        ObjectReference(
          apiVersion: "v1", kind: "Secret", namespace: workload.key.namespace, name: $0)
      }
    case .named, .selects, .scales: break
    }
  }

  private mutating func note(_ belonging: Belonging, _ using: Set<Int>) {
    let object = belonging.reference
    if let obstacle = belonging.obstacle {
      guard !using.isEmpty else { return }
      leaveOut(object, obstacle)
    } else if object.kind == "NetworkPolicy", case .selects(let pods) = belonging.link, pods.isEmpty
    {
      leaveOut(object, "it is about the whole namespace, not about one workload")
    } else {
      noteIfShared(object, using)
    }
  }

  /// Which of them is imported is not known yet, so all of them have it until units are proposed.
  private mutating func noteIfShared(_ object: ObjectReference, _ using: Set<Int>) {
    let importable = using.sorted().map { workloads[$0] }
      .filter { $0.owner.tool != .controller }
      .map { "\($0.reference.kind) \($0.key.name)" }
    guard importable.count > 1, let last = importable.last else { return }
    let named = importable.count > 4 ? importable.prefix(3) : importable.dropLast()
    let rest = importable.count > 4 ? "\(importable.count - 3) more" : last
    leaveOut(
      object,
      "shared by \(named.joined(separator: ", ")) and \(rest): it goes with the first of them that "
        + "is imported")
  }

  private mutating func leaveOut(_ object: ObjectReference, _ why: String) {
    leftOut.append(
      LeftOut(
        what: "\(object.kind) \(object.namespace ?? "")/\(object.name)", why: why, isGap: false))
  }
}
