import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What a worker comes to, said before it is taken")
struct ConsequencesTests {
  enum Cub: CaseIterable { case applying, early, today }

  private func state(_ cub: Cub, _ layout: Layout = .appSpace) -> WizardState {
    var state = Sample.state(at: Position(.worker, .choosing))
    switch cub {
    case .applying: state.signIn = .signedIn(Sample.applying)
    case .early: break
    case .today: Sample.withCub(&state)
    }
    if layout == .component {
      state.session.proposal?.layout = .component
      for index in 0..<2 { state.session.proposal?.units[index].space = "space-\(index)" }
      state.session.operations = OperationList(
        (state.session.proposal?.units ?? []).enumerated().map { number, unit in
          Operation(
            id: "op-000\(number)", kind: .createUnit,
            key: .init(space: unit.space ?? "", name: unit.slug), state: .done, result: .created)
        })
      state.operationIndex.follow(state.session)
    }
    return state
  }

  private func said(_ row: Row.ID, _ state: WizardState) -> String {
    WorkersScreen.page(state, ViewState()).detail(of: row).map(\.text).joined(separator: " ")
  }

  @Test(
    "The server worker has a release published, which others apply", arguments: [Cub.early, .today])
  func server(_ cub: Cub) {
    let words = said(.serverWorker, state(cub))
    for part in [
      "Creates worker payment-team-worker", "target", "payment-team", "binds 2 units",
      "publishes a release", "whoever pulls it applies it",
    ] {
      #expect(words.contains(part), "\(part) in \(words)")
    }
    let spread = said(.serverWorker, state(cub, .component))
    #expect(spread.contains("2 Spaces"), "\(spread)")
    #expect(spread.contains("publishes a release of each"), "\(spread)")
  }

  @Test("A worker that is there is not made, and its release is published all the same")
  func existing() {
    let today = said(.worker("dev"), state(.today))
    #expect(today.hasPrefix("Takes worker dev"), "\(today)")
    #expect(today.contains("publishes a release"), "\(today)")
    let early = said(.worker("dev"), state(.early))
    #expect(early.contains("if that takes releases"), "\(early)")
    let applying = said(.worker("dev"), state(.applying))
    #expect(applying.contains("binds 2 units") && !applying.contains("release"), "\(applying)")
  }

  @Test("What would be refused says why; what delivers nothing says so", arguments: Cub.allCases)
  func others(_ cub: Cub) {
    let state = state(cub)
    #expect(said(.skipWorker, state).hasPrefix("Writes nothing"))
    let (local, cluster, server) = (
      said(.localWorker, state), said(.clusterWorker, state), said(.serverWorker, state)
    )
    switch cub {
    case .applying:
      #expect(local.contains("runs it here") && local.contains("binds 2 units"), "\(local)")
      #expect(cluster.contains("kind-atk") && cluster.contains("after you type yes"), "\(cluster)")
      #expect(server.contains("there are no server workers"), "\(server)")
    case .early:
      #expect(local.contains("runs it here") && local.contains("delivers nothing"), "\(local)")
      #expect(cluster.contains("delivers nothing"), "\(cluster)")
    case .today:
      #expect(local.contains("delivers nothing") && !local.contains("Creates"), "\(local)")
      #expect(cluster.contains("delivers nothing") && !cluster.contains("Creates"), "\(cluster)")
    }
  }

  @Test("It stands below the rows, and moves with the cursor")
  func below() {
    var shop = Workshop(state(.today))
    shop.size = Size(columns: 80, rows: 24)
    #expect(shop.frame.contains("Takes worker dev"))
    while shop.row?.id != .serverWorker { shop.press(.down) }
    #expect(shop.frame.contains("Creates worker payment-team-worker"))
    #expect(shop.frame.contains("whoever pulls"))
    #expect(!shop.frame.contains("Takes worker dev"))
  }

  @Test("Plain lines say it after each row")
  func plain() {
    let lines = PlainReader(state(.today)).lines
    let server = lines.first { $0.contains("Server worker") } ?? ""
    #expect(server.contains("publishes a release"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("1. dev, Ready (ready). Takes worker dev") }, "\(lines)")
  }

  @Test("The confirmation says that a worker and releases come later", arguments: [true, false])
  func confirmation(isDry: Bool) {
    var state = Sample.state(at: Position(.connect, .confirming))
    state.answers.run.dryRun = isDry
    let said = ConfirmScreen.page(state, ViewState()).intro.map(\.text).joined(separator: "\n")
    #expect(said.contains("step 5") == !isDry, "\(said)")
  }
}
