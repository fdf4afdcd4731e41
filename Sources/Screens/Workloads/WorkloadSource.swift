import Wizard

extension WorkloadList.Source {
  var count: Int {
    switch self {
    case .scan(let workloads, let gone): workloads.count + gone.count
    case .arriving(let batches): batches.count
    }
  }

  /// `nil` for a workload that is gone.
  func workload(_ index: Int) -> Workload? {
    switch self {
    case .scan(let workloads, _): index < workloads.count ? workloads[index] : nil
    case .arriving(let batches): batches[index]
    }
  }

  func key(of index: Int) -> WorkloadKey {
    switch self {
    case .scan(let workloads, let gone):
      index < workloads.count ? workloads.key(at: index) : gone[index - workloads.count]
    case .arriving(let batches): batches[index].key
    }
  }

  /// Hides the workloads that do not have the label, or have another value of it.
  func narrow(_ shown: inout [Bool], toLabel key: String, _ value: String?) {
    var first = 0
    func narrow(_ workloads: [Workload]) {
      workloads.withUnsafeBufferPointer { workloads in
        for index in workloads.indices where shown[first + index] {
          let found = workloads[index].labels[key]
          shown[first + index] = found != nil && (value == nil || value == found)
        }
      }
      first += workloads.count
    }
    switch self {
    case .scan(let workloads, let gone):
      narrow(workloads)
      for index in first..<first + gone.count { shown[index] = false }
    case .arriving(let batches): for batch in batches.batches { narrow(batch) }
    }
  }

  func position(of key: WorkloadKey) -> Int? {
    switch self {
    case .scan(let workloads, let gone):
      return workloads.index(of: key) ?? gone.firstIndex(of: key).map { workloads.count + $0 }
        ?? workloads.firstIndex(notBefore: key)
    case .arriving(let batches): return batches.position(of: key)
    }
  }
}
