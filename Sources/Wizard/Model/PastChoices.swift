/// What a person said to workloads that the present scan does not hold: taken out of its scope, not
/// readable, or gone from the cluster. A "no" holds until the person says yes.
public struct PastChoices: Hashable, Sendable {
  /// By context, because workloads of two clusters may have one name; never an empty one.
  private var byContext: [String: [WorkloadKey: Bool]] = [:]

  public init() {}

  /// For each workload whether it was chosen when it was shown last.
  public internal(set) subscript(context: String) -> [WorkloadKey: Bool] {
    get { byContext[context] ?? [:] }
    set { byContext[context] = newValue.isEmpty ? nil : newValue }
  }

  /// Sorted.
  public var contexts: [String] { byContext.keys.sorted() }

  public mutating func remember(_ key: WorkloadKey, asChosen isChosen: Bool, in context: String) {
    byContext[context, default: [:]][key] = isChosen
  }
}

extension Session {
  /// Every workload of this cluster that was ever shown, and whether it was chosen then.
  var shown: [WorkloadKey: Bool] {
    var shown = pastChoices[cluster.context]
    let workloads = scan?.workloads ?? []
    let areChosen = areChosen
    workloads.withUnsafeBufferPointer { workloads in
      shown.reserveCapacity(shown.count + workloads.count)
      for index in workloads.indices { shown[workloads[index].key] = areChosen[index] }
    }
    // An older file names those that were chosen, but not what was found.
    for chosen in selection.others { shown[chosen.key] = true }
    return shown
  }

  /// Chooses workloads, or leaves them out, wherever they are.
  ///
  /// - Returns: `false` if all of them were so already, or were never shown.
  mutating func choose(_ isChosen: Bool, _ keys: WorkloadSet) -> Bool {
    let count = selectedCount
    selection.choose(isChosen, at: (scan?.workloads ?? []).choosablePlaces(of: keys))
    var isChanged = selectedCount != count
    guard !pastChoices[cluster.context].isEmpty else { return isChanged }
    for key in keys where pastChoices[cluster.context][key] == !isChosen {
      pastChoices.remember(key, asChosen: isChosen, in: cluster.context)
      isChanged = true
    }
    return isChanged
  }
}
