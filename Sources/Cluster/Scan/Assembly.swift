import Wizard

/// Puts together what belongs together in one namespace.
struct Assembly {
  /// Sorted by key.
  private(set) var workloads: [Workload]
  /// What more than one of the workloads uses, or nobody may import.
  private(set) var leftOut: [LeftOut] = []

  init(_ found: [FoundWorkload], _ belongings: [Belonging]) {
    let found = found.sorted { $0.workload.key < $1.workload.key }
    workloads = found.map(\.workload)
    let users = BelongingUsers(found, belongings)
    for (index, belonging) in belongings.enumerated() {
      let using = users.of[index]
      note(belonging, using)
      if belonging.maker != nil { continue }
      for user in using {
        workloads[user].belongings.append(belonging.reference)
        switch belonging.link {
        case .account(let secrets), .routes(_, let secrets):
          workloads[user].secrets = Set(workloads[user].secrets).union(secrets).sorted()
        case .named, .selects, .scales: break
        }
      }
    }
    for index in workloads.indices {
      // Grown one by one, it has room for more than it will ever hold.
      workloads[index].belongings = workloads[index].belongings.sorted()
    }
    leftOut.sort { $0.what < $1.what }
  }

  private mutating func note(_ belonging: Belonging, _ using: Set<Int>) {
    let object = belonging.reference
    if let maker = belonging.maker {
      guard !using.isEmpty else { return }
      leaveOut(object, "\(maker) made it, and makes it again")
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
