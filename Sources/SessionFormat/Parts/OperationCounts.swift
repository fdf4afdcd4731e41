import Wizard

extension SessionHeader.Counts {
  /// Of some operations; `imported` are the workloads of the units that they created.
  init(_ operations: [Wizard.Operation], weights: [String: Int]) {
    self.init()
    facts = SessionFacts(of: operations)
    for operation in operations {
      if operation.state == .intent { unsettled += 1 }
      guard operation.state == .done, operation.kind == .createUnit else { continue }
      created += 1
      if operation.result == .unchanged { found += 1 }
      if operation.result == .created { made += 1 }
      imported += weights[operation.slug] ?? 0
    }
  }

  mutating func add(_ other: SessionHeader.Counts) {
    imported += other.imported
    created += other.created
    found += other.found
    made += other.made
    unsettled += other.unsettled
    facts.add(other.facts)
  }
}
