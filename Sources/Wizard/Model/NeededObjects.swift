extension ScanResult {
  /// What workloads refer to and no unit holds, each once, with who needs it; sorted.
  ///
  /// - Parameter isWanted: whose references are told.
  public func needed(by isWanted: (WorkloadKey) -> Bool) -> [Omission] {
    var users: [ObjectReference: [String]] = [:]
    for workload in workloads where !workload.needed.isEmpty && isWanted(workload.key) {
      // An autoscaler that somebody else makes is told of with who does.
      for object in workload.needed where !object.isAutoscaler {
        users[object, default: []].append("\(workload.reference.kind) \(workload.key.name)")
      }
    }
    return users.sorted { $0.key < $1.key }.map { object, users in
      Omission(what: object.words, why: object.whyLeftOut(users), isGap: false)
    }
  }
}

extension ObjectReference {
  /// `Secret shop/web-db`, `PriorityClass gold`
  public var words: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }

  public var isAutoscaler: Bool { kind == "HorizontalPodAutoscaler" }

  fileprivate func whyLeftOut(_ users: [String]) -> String {
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
