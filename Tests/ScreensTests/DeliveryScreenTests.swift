import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("How delivery begins, on the last screen")
struct DeliveryScreenTests {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  private var released: WizardState {
    var state = Sample.state(at: Position(.complete))
    state.release()
    return state
  }

  private var leftOut: WizardState {
    var state = released
    state.session.operations.removeAll { $0.kind == .publishRelease }
    state.session.stepsSkipped = [.worker, .targets]
    state.operationIndex.follow(state.session)
    return state
  }

  @Test("Every command is there whole, line for line as it can be copied", arguments: sizes)
  func whole(_ size: Size) {
    for state in [released, leftOut] {
      let steps = state.deliverySteps
      #expect(steps.count >= 5)
      // Who would put things back comes before them.
      let before = state.session.handovers.reduce(0) { $0 + 1 + $1.steps.count }
      for (number, step) in steps.enumerated() {
        let keys = Array(repeating: Key.down, count: before + number)
        let lines = Shot(name: "", state: state, keys: keys).draw(size)
          .split(separator: "\n").map { $0.dropFirst() }
        for line in step.lines(width: DeliveryStep.width) {
          #expect(lines.contains { $0 == line }, "\(line)")
        }
      }
    }
  }

  @Test("x shows all of them, before what was run")
  func all() {
    let state = released
    var ui = ViewState()
    ui.show(EquivalentCommand(state), [], next: state.deliverySteps, columns: 80)
    let lines = ui.log?.lines ?? []
    #expect(lines.first?.hasPrefix("Argo CD (3.1 or later), 1") == true)
    #expect(lines.contains("  cub release publish payment-team"))
    #expect(lines.allSatisfy { $0.count <= 78 })
  }

  @Test("On plain lines each command follows what it is for")
  func plain() {
    let lines = PlainReader(released).lines
    let publish = lines.firstIndex(of: "  cub release publish payment-team")
    #expect(publish.map { lines[$0 - 1].hasPrefix("to do: After each change") } == true, "\(lines)")
    #expect(lines.contains("unit payment-api: holds the intended 2 objects (ok)"))
  }

  @Test(
    "With a cub that has releases, the cursor is not on a mode that delivers nothing",
    arguments: ["v0.6.5", "v0.8.12"])
  func cursor(version: String) {
    var state = Sample.state(at: Position(.worker, .choosing))
    if version == "v0.8.12" { state.takeToday() }
    state.workers = []
    let page = WorkersScreen.page(state, ViewState())
    #expect(page.rows[page.firstCursor].id == .serverWorker)
    let words = page.rows.filter { [.localWorker, .clusterWorker].contains($0.id) }.map {
      $0.cells[1]
    }
    #expect(words == ["delivers nothing with this cub", "delivers nothing with this cub"])
    #expect(page.intro[0].pieces.map(\.text).joined().contains("Argo CD or Flux pull"))
  }

  @Test("With a cub that applies units, a server worker is not offered as if it worked")
  func applying() {
    var state = Sample.state(at: Position(.worker, .choosing))
    state.signIn = .signedIn(Sample.applying)
    state.workers = []
    let page = WorkersScreen.page(state, ViewState())
    #expect(page.rows[page.firstCursor].id == .localWorker)
    #expect(page.rows.first { $0.id == .serverWorker }?.cells[1] == "not with this cub")
    (state, _) = reduce(state, .chooseWorker(.server(slug: "own")), at: sampleNow)
    #expect(state.notice?.contains("there are no server workers") == true)
    #expect(state.session.position == Position(.worker, .choosing))
  }

  @Test("The Spaces' own labels are among what is about to be written; not those that are there")
  func spaceLabels() {
    var state = Sample.state(at: Position(.connect, .confirming))
    func labels(_ state: WizardState) -> [String] {
      let rows = ConfirmScreen.page(state, ViewState()).rows
      return (0..<rows.count).flatMap { rows[$0].cells }.filter { $0.hasPrefix("Space label ") }
    }
    #expect(labels(state).contains("Space label  Hub=platform-team"))
    // Where there is little room they are moved through as the rows that they are.
    var shop = Workshop(state)
    shop.size = Size(columns: 60, rows: 16)
    var seen = ""
    for _ in 0..<8 {
      seen += shop.frame
      shop.press(.down)
    }
    #expect(labels(state).allSatisfy(seen.contains))
    state.listings[state.appSpace]?.exists = true
    #expect(labels(state) == [])
  }

  @Test("A wait that has failed counts no further")
  func failedWait() {
    var state = Sample.state(at: Position(.worker, .connecting))
    state.waitingSince = Timestamp(seconds: sampleNow.seconds - 16)
    func waits(_ page: Page) -> Bool {
      page.intro.contains { $0.pieces.contains { $0.text.hasPrefix("Waited") } }
    }
    #expect(waits(ConnectingScreen.page(state, ViewState())))
    state.problem = Failure(.other, "Worker dev could not be started.")
    #expect(!waits(ConnectingScreen.page(state, ViewState())))
  }
}
