import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("How delivery begins, on the last screen")
struct DeliveryScreenTests {
  static let sizes = [
    Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
  ]

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

  /// Twenty Spaces of one unit each: more than any screen has lines for.
  private var spread: WizardState {
    var state = released
    state.session.proposal?.layout = .component
    let member = state.session.proposal?.units.first?.members ?? []
    state.session.proposal?.units = (1...20).map { number in
      let name = "payment-service-\(number)"
      return UnitPlan(
        id: WorkloadKey(kind: .deployment, namespace: "payment-prod", name: name), slug: name,
        space: "\(name)-prod", labels: [:], members: member)
    }
    state.session.operations = OperationList(
      (state.session.proposal?.units ?? []).enumerated().flatMap { number, unit in
        [
          Operation(
            id: "op-\(2 * number)", kind: .createUnit,
            key: .init(space: unit.space ?? "", name: unit.slug), state: .done, result: .created),
          Operation(
            id: "op-\(2 * number + 1)", kind: .publishRelease, key: .init(space: unit.space ?? ""),
            state: .done),
        ]
      })
    state.operationIndex.follow(state.session)
    return state
  }

  /// What a person reads who goes through the rows from the first to the last.
  private func read(_ state: WizardState, _ size: Size) -> [String] {
    var shop = Workshop(state)
    shop.size = size
    var lines: [String] = []
    var last: Row.ID?
    while let row = shop.row, row.id != last {
      last = row.id
      let shown = shop.frame.split(separator: "\n").map { String($0.dropFirst(Metrics.textColumn)) }
      let text = row.cells.joined()
      lines.append(shown.first { $0 == text } ?? (row.isCommand ? "cut: \(text)" : ""))
      shop.press(.down)
    }
    return lines
  }

  @Test("Every command is there whole, line after line as it can be copied", arguments: sizes)
  func whole(_ size: Size) throws {
    for state in [released, leftOut, spread] {
      let steps = state.deliverySteps
      #expect(steps.count >= 5)
      let lines = read(state, size)
      for step in steps {
        let command = step.lines(width: Metrics.rowCommandWidth(of: size.columns)).map { "  " + $0 }
        let found = lines.indices.contains { lines[$0...].starts(with: command) }
        #expect(found, "\(command.joined(separator: "\n"))")
      }
      let handover = try #require(state.session.handovers.first?.steps.first?.command)
      #expect(lines.joined(separator: "\n").replacing(" \\\n   ", with: "").contains(handover))
    }
  }

  @Test("A shell reads a broken command as it reads the whole one")
  func sameCommand() {
    for step in spread.deliverySteps {
      for (broken, whole) in zip(step.commands, step.commands) {
        let lines = CommandLineText.broken(broken, width: 70)
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix(" \\") })
        #expect(lines.allSatisfy { $0.count <= 70 }, "\(lines)")
        #expect(
          lines.joined(separator: "\n").replacing(" \\\n  ", with: " ")
            == whole.joined(separator: " "))
      }
    }
  }

  @Test("A filter leaves a command whole, or hides all of it")
  func filter() {
    var shop = Workshop(spread)
    shop.filter("OCIRepository")
    let rows = shop.ui.update(for: shop.state).rows
    let shown = rows.flatMap(\.cells)
    let step = shop.state.deliverySteps.first { $0.words.contains("source and a Kustomization") }
    let command = step?.lines(width: Metrics.rowCommandWidth(of: 120)).map { "  " + $0 } ?? ["none"]
    #expect(shown.suffix(command.count) == command[...])
    #expect(!shown.contains { $0.contains("argoproj.io/v1alpha1") })
  }

  @Test("A page of plain lines ends where a command does, and counts what is said as one")
  func plainPage() {
    func rows(_ numbers: Range<Int>, _ id: (Int) -> Row.ID) -> [Row] {
      numbers.map { Row(id: id($0), cells: ["\($0)"]) }
    }
    let all =
      rows(0..<PlainPage.length, Row.ID.text) + rows(20..<22, Row.ID.command)
      + rows(22..<23, Row.ID.text) + rows(23..<24, Row.ID.command)
    let page = PlainPage(VisiblePage(screen: .complete, rows: Rows(all)))
    let first = page.rows(from: 0)
    #expect(first.lines.suffix(3) == ["20", "21", "1 more; the word more shows them."])
    #expect(page.rows(from: first.next).lines == ["22", "23"])
  }

  @Test("On plain lines no command is cut by the end of a page")
  func plainPages() throws {
    var reader = PlainReader(spread)
    var lines = reader.lines
    while lines.last?.contains("the word more shows them") == true {
      lines.removeLast()
      #expect(lines.last?.hasSuffix(" \\") == false, "\(lines.suffix(3))")
      reader.type("more")
      #expect(reader.lines.first?.hasPrefix(" ") == false, "\(reader.lines.prefix(3))")
      lines += reader.lines
    }
    for step in reader.state.deliverySteps {
      let command = step.lines(width: Metrics.commandWidth).map { "  " + $0 }
      #expect(lines.indices.contains { lines[$0...].starts(with: command) }, "\(command)")
      #expect(lines.contains { $0.hasPrefix("\(step.words):") })
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
    #expect(publish.map { lines[$0 - 1].hasPrefix("After each change") } == true, "\(lines)")
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
      var ui = ViewState()
      let rows = ui.update(for: state).page.rows
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
