import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What was not imported comes first in the report")
struct ReportOrderTests {
  /// One unit is there, one was skipped, one failed; and there is something left to do.
  private var short: WizardState {
    var state = Sample.state(at: Position(.complete))
    state.takeToday()
    state.session.proposal?.units = Sample.workloads.prefix(3).map {
      UnitPlan(id: $0.key, slug: $0.key.name, labels: [:], members: [$0.reference])
    }
    let states: [(Wizard.Operation.State, String?)] = [
      (.done, nil), (.skipped, "it was left as it is"), (.failed, "403"),
    ]
    state.session.operations = OperationList(
      zip(state.session.proposal?.units ?? [], states).enumerated().map { number, one in
        var operation = Operation(
          id: "op-000\(number)", kind: .createUnit, key: "payment-team/\(one.0.slug)",
          state: one.1.0, result: .created)
        operation.reason = one.1.1
        return operation
      })
    state.operationIndex.follow(state.session)
    state.session.stepsSkipped = [.worker, .targets]
    state.session.report = Report(checks: [
      .init(subject: "unit payment-api", verdict: .ok, detail: "holds the intended 2 objects"),
      .init(
        subject: "unit payment-fraud", verdict: .notVerified,
        detail: "not created: it was left as it is"),
      .init(subject: "unit payment-gateway", verdict: .mismatch, detail: "not created: 403"),
      .init(subject: "targets", verdict: .notVerified, detail: "left out"),
    ])
    return state
  }

  @Test("The head counts them, and says that it is checks which are not verified")
  func head() {
    let page = ReportScreen.page(short, ViewState())
    #expect(page.title == "Complete: 1 unit imported, 1 skipped, 1 failed")
    let intro = page.intro.map(\.text)
    #expect(intro.contains("1 check not as intended."), "\(intro)")
    #expect(intro.contains("2 checks not verified."), "\(intro)")
    #expect(intro.contains("Steps left out: worker, targets."), "\(intro)")
  }

  @Test("They stand above what is left to do", arguments: [Step.complete, .verify])
  func order(_ step: Step) throws {
    var state = short
    state.session.position = Position(step)
    let rows = Array(ReportScreen.page(state, ViewState()).rows)
    let names = rows.map { $0.cells[0] }
    let attention = try #require(names.firstIndex(of: "Needs attention"))
    #expect(
      Array(names[(attention + 1)...].prefix(3)) == [
        "unit payment-gateway", "unit payment-fraud", "targets",
      ])
    #expect(names.count { $0 == "unit payment-api" } == 1)
    let sections = rows.filter { if case .section = $0.id { true } else { false } }
    #expect(
      sections.map { $0.cells[0] }
        == (step == .complete
          ? ["Imported", "Needs attention", "Next steps", "Read back, and as intended"]
          : ["Needs attention", "Read back, and as intended"]))
  }

  @Test("Plain lines name them on the first page")
  func plain() {
    let lines = PlainReader(short).lines
    #expect(lines.contains("unit payment-gateway: not created: 403 (failed)"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("unit payment-fraud: not created") }, "\(lines)")
  }
}
