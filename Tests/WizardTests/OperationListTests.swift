import Testing
import Wizard

@Suite("A list of operations")
struct OperationListTests {
  @Test("What it counts is what it holds, however it was changed")
  func counts() {
    var random = SystemRandomNumberGenerator()
    var list = OperationList()
    for step in 0..<400 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where !list.isEmpty:
        list[Int.random(in: list.indices, using: &random)] = operation(step)
      case 1 where list.count > 100:
        let lower = Int.random(in: 0..<list.count, using: &random)
        let upper = Int.random(in: lower...min(list.count, lower + 70), using: &random)
        list.replaceSubrange(lower..<upper, with: [operation(step), operation(step + 1)])
      default: list.append(operation(step))
      }
    }
    for kind in [Operation.Kind.createUnit, .setTarget] {
      for state in [Operation.State.intent, .done, .failed] {
        let held = list.filter { $0.kind == kind && $0.state == state }
        #expect(list.count(kind, state) == held.count)
        #expect(
          list.count(kind, state, as: .created) == held.count { $0.result == .created })
      }
    }
    #expect(list == OperationList(Array(list)))
  }

  private func operation(_ number: Int) -> Operation {
    Operation(
      id: "op-\(number)", kind: [.createUnit, .setTarget].randomElement() ?? .createUnit,
      key: OperationKey(space: "a", name: "unit-\(number)"),
      state: [.intent, .done, .failed].randomElement() ?? .intent,
      result: [.created, .unchanged, nil].randomElement() ?? nil)
  }
}
