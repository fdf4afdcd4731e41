import Dispatch
import Synchronization
import enum TestWorld.Sweep
import Testing
import Wizard

/// Every misfortune at every operation of an import of 20 units, singly and two in a row. Unless all
/// are asked for, every one and every two of them, but not at every operation.
struct FaultMatrixTests {
  private static let unitKeys = (0..<UnluckyImport.units).map {
    "\(UnluckyImport.space)/app\($0)"
  }

  private static let creations = unitKeys.map { "unit.create \($0)" }
  private static let bindings = unitKeys.map { "unit.set-target \($0)" }

  @Test("Whatever happens at an operation, every unit is created once and the import is finished")
  func singly() {
    let operations =
      FaultMatrixTests.creations + FaultMatrixTests.bindings
      + ["space.create \(UnluckyImport.space)"]
    sweep(
      "singly",
      sample(operations, every: 4) { key in
        Misfortune.allCases.map { [.init(what: $0, key: key)] }
      })
    sweep(
      "a worker of our own",
      Misfortune.allCases.map {
        [.init(what: $0, key: "worker.create \(UnluckyImport.space)/dev")]
      }, workerMode: .local)
  }

  @Test("The same where the units go to Spaces of their own, and each is released")
  func byComponent() {
    let keys = (0..<UnluckyImport.units).map { UnluckyImport.key($0, .component) }
    let made = ["payment-prod", UnluckyImport.space].map { "space.create \($0)" }
    let released = ["payment-prod", "order-prod"].flatMap {
      ["space.release-target \($0)", "release.publish \($0)"]
    }
    let target = ["target.create \(UnluckyImport.space)/dev-releases"]
    let operations =
      keys.flatMap { ["unit.create \($0)", "unit.set-target \($0)"] } + made + released + target
    sweep(
      "by component",
      sample(operations, every: 4) { key in
        Misfortune.allCases.map { [.init(what: $0, key: key)] }
      }, layout: .component)
    // In two Spaces at once: the list of one tells nothing of the other.
    let unclear = Misfortune.allCases.filter { $0.unclear != nil }
    sweep(
      "in two Spaces",
      unclear.flatMap { first in
        unclear.map { second in
          [
            .init(what: first, key: "unit.create \(keys[1])"),
            .init(what: second, key: "unit.create \(keys[0])"),
          ]
        }
      }, layout: .component)
  }

  @Test("Two misfortunes in a row: at an operation and at whatever is done next")
  func pairs() {
    sweep(
      "in a row",
      sample(FaultMatrixTests.creations, every: 16) { key in
        Misfortune.allCases.flatMap { first in
          Misfortune.allCases.map { [.init(what: first, key: key), .init(what: $0)] }
        }
      })
    // Of the first of the calls that bind many, so that there are others.
    sweep(
      "in a row, binding",
      sample([FaultMatrixTests.bindings[1], FaultMatrixTests.bindings[3]], every: 4) { key in
        Misfortune.allCases.flatMap { first in
          first.possibleNextToBinding.map { [.init(what: first, key: key), .init(what: $0)] }
        }
      })
  }

  @Test("Two misfortunes at one operation: what failed once fails again")
  func twice() {
    sweep(
      "twice at one",
      sample(FaultMatrixTests.creations, every: 16) { key in
        Misfortune.allCases.flatMap { first in
          first.possibleAfterwards.map {
            [.init(what: first, key: key), .init(what: $0, key: key)]
          }
        }
      })
  }

  @Test("The matrix tells: an import that tries again without reading makes units twice")
  func control() {
    let plans = FaultMatrixTests.creations.map {
      [PlannedMisfortune(what: .answerLost, key: $0)]
    }
    let bad = plans.map { plan in
      var run = UnluckyImport(plan) { work, outcome in
        // As if what ConfigHub has under a unit's name were never looked at.
        if case .units(let units?) = outcome {
          .units(units.filter { $0.value.id.isForeign })
        } else {
          outcome
        }
      }
      run.run()
      return run.complaints
    }
    #expect(bad.allSatisfy { $0.contains { $0.hasSuffix("was created 2 times") } })
  }

  @Test("The matrix tells: an import that takes units for bound without looking")
  func bindingControl() {
    for what in [Misfortune.requestLost, .halfDone, .afterIntent] {
      var run = UnluckyImport([PlannedMisfortune(what: what, key: FaultMatrixTests.bindings[3])]) {
        work, outcome in
        guard case .units(let units?) = outcome else { return outcome }
        return .units(
          units.mapValues { unit in
            var unit = unit
            unit.targetID = "target of worker"
            return unit
          })
      }
      run.run()
      #expect(run.complaints.contains { $0.hasSuffix("is not bound") }, "\(what)")
    }
  }

  // MARK: The sweep

  /// All plans, or of each key some, beginning with another one at each: with more keys than `step`
  /// none is left out.
  private func sample(
    _ keys: [String], every step: Int, _ plans: (String) -> [[PlannedMisfortune]]
  ) -> [[PlannedMisfortune]] {
    zip(keys.indices, keys).flatMap { index, key in
      Sweep.sample(plans(key).dropFirst(Sweep.isFull ? 0 : index % step), every: step)
    }
  }

  private func sweep(
    _ name: String, _ plans: [[PlannedMisfortune]], workerMode: WorkerMode = .existing,
    layout: Layout = .appSpace
  ) {
    let results = Mutex<[(index: Int, starts: Int, complaints: [String])]>([])
    DispatchQueue.concurrentPerform(iterations: plans.count) { index in
      var run = UnluckyImport(plans[index], workerMode: workerMode, layout: layout)
      run.run()
      let result = (index: index, starts: run.starts, complaints: run.complaints)
      results.withLock { $0.append(result) }
    }
    let all = results.withLock { $0 }
    let bad = all.filter { !$0.complaints.isEmpty }
    print(
      "\(name): \(all.count) runs, \(bad.count) bad; finished after",
      (1...3).map { starts in "\(all.count { $0.starts == starts })" }.joined(separator: "/"),
      "starts 1/2/3")
    #expect(all.count == plans.count)
    for result in bad.prefix(10) {
      let plan = plans[result.index].map { "\($0.what.rawValue) at \($0.key ?? "the next")" }
      Issue.record("\(plan): \(result.complaints)")
    }
    #expect(bad.isEmpty, "\(bad.count) of \(all.count) runs")
  }
}

extension Misfortune {
  /// What can still happen to an operation that this happened to.
  fileprivate var possibleAfterwards: [Misfortune] {
    switch self {
    case .beforeIntent, .requestLost: Misfortune.allCases
    // The intent is there, and the next run's is the same.
    case .afterIntent: Misfortune.allCases.filter { $0 != .beforeIntent }
    // It is there, so it is only read and its outcome saved.
    case .answerLost, .halfDone, .answerCut, .serverError, .hang, .beforeOutcome:
      [.beforeOutcome, .afterOutcome]
    case .afterOutcome: []
    }
  }
}

extension Misfortune {
  /// The intents of all bindings are saved at once, so that there are others to come only where some
  /// have to be tried again.
  fileprivate var possibleNextToBinding: [Misfortune] {
    switch self {
    case .answerLost, .answerCut, .serverError, .hang:
      Misfortune.allCases.filter { $0 != .beforeIntent }
    // The outcomes of all are saved at once, too.
    case .beforeOutcome, .afterOutcome: possibleAfterwards
    default: Misfortune.allCases
    }
  }
}

extension String? {
  fileprivate var isForeign: Bool { self?.hasPrefix("foreign") == true }
}
