import TestWorld
import Testing
import Wizard

@testable import Sync

@Suite("Facts of two states of a session")
struct FactsTests {
  private func joined(_ a: [Wizard.Operation], _ b: [Wizard.Operation]) -> [Wizard.Operation] {
    Facts(a).joined(with: Facts(b)).list
  }

  @Test("Joined in any order, and however often, they are the same, as a session has them, too")
  func lattice() {
    var random = RandomFacts(random: Seeded(17))
    var broken: [String] = []
    for number in 0..<20_000 {
      // As sessions have them: what was removed is recorded as that.
      let (a, b, c) = (
        Facts(random.list()).list, Facts(random.list()).list, Facts(random.list()).list
      )
      let both = joined(a, b)
      let rules = [
        "idempotent": joined(a, a) == a, "commutative": both == joined(b, a),
        "associative": joined(both, c) == joined(a, joined(b, c)),
        "absorbing": joined(a, both) == both,
      ]
      broken += rules.filter { !$0.value }.map { "\(number) is not \($0.key)" }
    }
    #expect(broken.prefix(5) == [])
  }

  @Test("Nothing is lost: each change is there, at least as advanced as in either")
  func nothingLost() {
    func rank(_ operation: Wizard.Operation) -> Int {
      switch operation.state {
      case .done: 2
      case .intent: 1
      case .skipped, .failed: 0
      }
    }
    for mayCollide in [false, true] {
      var random = RandomFacts(random: Seeded(18), mayCollide: mayCollide)
      var lost: [Wizard.Operation] = []
      for _ in 0..<5_000 {
        let (a, b) = (random.list(), random.list())
        let both = joined(a, b)
        let areThere =
          Set(both.map(\.subject)) == Set((a + b).map(\.subject))
          && Set(both.map(\.id)).count == both.count && both == joined(b, a)
        if !areThere { lost += a + b }
        lost += (a + b).filter { operation in
          guard let kept = both.first(where: { $0.subject == operation.subject }) else {
            return true
          }
          let removal = both.first { $0.isRemoval && $0.key == kept.key }
          let isCovered =
            removal.map { ($0.epoch ?? 0) >= (kept.epoch ?? 0) } == true
            && kept.reason?.hasPrefix("It was removed again") == true
          return rank(kept) < rank(operation) && !isCovered
        }
      }
      #expect(lost.prefix(5) == [])
    }
  }

  private func operation(
    _ state: Wizard.Operation.State, _ result: Wizard.Operation.Result? = nil, epoch: Int? = nil,
    attempt: Int = 1, _ kind: Wizard.Operation.Kind = .createUnit
  ) -> Wizard.Operation {
    Operation(
      id: "op-\(kind.rawValue)", kind: kind, key: "s/u", state: state, result: result,
      attempt: attempt, epoch: epoch)
  }

  @Test("What is done stays done, and what may be done is not taken for failed")
  func order() {
    let steps: [Wizard.Operation] = [
      operation(.failed, epoch: 9), operation(.skipped, epoch: 9),
      operation(.failed, epoch: 9, attempt: 3), operation(.intent, epoch: 1),
      operation(.intent, epoch: 2), operation(.intent, .updated), operation(.done, .unchanged),
      operation(.done, .created), operation(.done, .updated),
    ]
    for (index, more) in steps.enumerated() {
      for less in steps[..<index] {
        #expect(joined([less], [more]) == [more] && joined([more], [less]) == [more])
      }
    }
  }

  @Test(
    "A removal is not forgotten; what a later holder created is there",
    arguments: [
      (nil, nil, true), (3, 3, true), (2, 3, true), (nil, 3, true), (4, 3, false), (1, nil, false),
    ] as [(Int?, Int?, Bool)])
  func removal(created: Int?, removed: Int?, isGone: Bool) {
    let creation = operation(.done, .created, epoch: created)
    let removal = operation(.done, epoch: removed, .deleteUnit)
    let target = operation(.done, .created, epoch: created, .setTarget)
    let open = operation(.intent, epoch: created)
    for (a, b) in [([creation, target], [removal]), ([removal], [creation, target])] {
      let both = joined(a, b)
      #expect(both.contains(removal) && both.count == 3)
      #expect(
        both.filter { $0.kind != .deleteUnit }.allSatisfy {
          $0.state == (isGone ? .skipped : .done)
        })
    }
    #expect(joined([open], [removal]).first?.state == (isGone ? .skipped : .intent))
    // Nobody who saw less brings it back.
    #expect(
      joined(joined([creation], [removal]), [creation]) == joined([creation], [removal]))
  }
}
