extension ScanResult {
  /// What workloads refer to and no unit holds, each once, with who needs it; sorted.
  ///
  /// - Parameter isWanted: whose references are told.
  public func needed(by isWanted: (WorkloadKey) -> Bool) -> [Omission] {
    // Pairs take a third of the room of a table with lists in it.
    var uses: [(object: ObjectReference, user: Int)] = []
    for (user, workload) in workloads.enumerated()
    where !workload.needed.isEmpty && isWanted(workload.key) {
      // An autoscaler that somebody else makes is told of with who does.
      for object in workload.needed where !object.isAutoscaler { uses.append((object, user)) }
    }
    uses.sort { ($0.object, $0.user) < ($1.object, $1.user) }
    var omissions: [Omission] = []
    var first = 0
    while first < uses.count {
      let object = uses[first].object
      let end = uses[first...].firstIndex { $0.object != object } ?? uses.count
      let users = uses[first..<end].lazy.map { use in
        let reference = workloads[use.user].reference
        return "\(reference.kind) \(reference.name)"
      }
      omissions.append(
        Omission(what: object.words, why: object.whyLeftOut(users), isGap: false))
      first = end
    }
    return omissions
  }
}

extension ObjectReference {
  /// `Secret shop/web-db`, `PriorityClass gold`
  public var words: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }

  public var isAutoscaler: Bool { kind == "HorizontalPodAutoscaler" }

  fileprivate func whyLeftOut(_ users: some Collection<String>) -> String {
    if kind == "Secret" { return "Secrets are never read" }
    let rest = users.count > 3 ? " and \(users.count - 3) more" : ""
    let who = users.prefix(3).joined(separator: ", ") + rest
    let verb = users.count == 1 ? "needs" : "need"
    return Self.isRead(kind)
      ? "\(who) \(verb) it, and there is none of that name"
      : "\(who) \(verb) it; it is not imported"
  }

  /// Of these, all that there are belong to a workload that names them.
  private static func isRead(_ kind: String) -> Bool {
    kind == "ConfigMap" || kind == "ServiceAccount"
  }
}
