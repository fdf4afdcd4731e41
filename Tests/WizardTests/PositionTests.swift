import Testing
import Wizard

struct PositionTests {
  @Test(
    "A position is spelled as in the session file and titled as on the screen",
    arguments: [
      ("scan_choosing", Position(.scan, .choosing), "Scan cluster"),
      ("scan_scanning", Position(.scan, .scanning), "Scanning cluster"),
      ("review", Position(.review), "Review workloads"),
      ("select", Position(.select), "Select structure"),
      ("connect_signing_in", Position(.connect, .signingIn), "Connect signing in"),
      ("connect_confirming", Position(.connect, .confirming), "Confirm creation"),
      ("connect_creating", Position(.connect, .creating), "Connect creating units"),
      ("worker_choosing", Position(.worker, .choosing), "Start worker"),
      ("worker_connecting", Position(.worker, .connecting), "Worker connecting"),
      ("targets_waiting", Position(.targets, .waiting), "Wait for targets"),
      ("targets_binding", Position(.targets, .binding), "Targets binding"),
      ("verify", Position(.verify), "Verify import"),
      ("complete", Position(.complete), "Complete"),
    ])
  func spelling(text: String, position: Position, title: String) {
    #expect(Position(text: text) == position)
    #expect(position.text == text)
    #expect(position.title == title)
  }

  @Test("Every step with every one of its phases comes back from its spelling")
  func roundTrip() {
    for step in Step.allCases {
      for phase in [nil] + Position.phases(of: step).map(Optional.init) {
        let position = Position(step, phase)
        #expect(position.phase == phase)
        #expect(Position(text: position.text) == position)
      }
    }
  }

  @Test(
    "A phase that is unknown, or another step's, counts as its step",
    arguments: [
      ("worker_dancing", Step.worker), ("worker_", .worker), ("worker_binding", .worker),
      ("connect_connecting", .connect), ("scan_choosing_twice", .scan), ("verify_waiting", .verify),
      ("complete_creating", .complete), ("targets", .targets),
    ])
  func unknownPhase(text: String, step: Step) {
    #expect(Position(text: text) == Position(step))
  }

  @Test(
    "What is no step is no position",
    arguments: ["", "_", "none", "Worker", "workers", "workerconnecting", "5", " scan", "scan-x"])
  func unknownStep(text: String) {
    #expect(Position(text: text) == nil)
  }

  @Test("There are seven steps in order, and complete counts as the seventh")
  func numbers() {
    #expect(
      Step.seven.map(\.rawValue)
        == ["scan", "review", "select", "connect", "worker", "targets", "verify"])
    #expect(Step.seven.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
    #expect(Step.complete.number == 7)
    #expect(Step.allCases == Step.allCases.sorted())
    #expect(Step.scan.previous == nil)
    #expect(Step.scan.next == .review)
    #expect(Step.verify.next == .complete)
    #expect(Step.complete.next == nil)
    #expect(Step.worker.previous == .connect)
  }
}
