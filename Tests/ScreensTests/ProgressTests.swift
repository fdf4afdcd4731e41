import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("While many units are written")
struct ProgressTests {
  /// So many units, of which the first ones are created, some failed, and two are being written.
  private static func creating(
    _ count: Int, done: Int, failed: [Int] = [], seconds: Int64 = 60
  ) -> WizardState {
    var state = Sample.state(at: Position(.connect, .creating))
    let units = (0..<count).map { number in
      let workload = Sample.workload("app-\(number)")
      return UnitPlan(
        id: workload.key, slug: workload.key.name, labels: [:], members: [workload.reference])
    }
    state.session.proposal?.units = units
    state.session.operations = OperationList(
      units.prefix(done).enumerated().map { number, unit in
        Operation(
          id: "op-\(number)", kind: .createUnit, key: state.key(of: unit), digest: "d",
          state: failed.contains(number) ? .failed : .done, result: .created)
      })
    state.operationIndex.follow(state.session)
    for number in failed {
      state.failures[units[number].id] =
        "Could not create unit app-\(number) in space payment-team: HTTP 403 for req 1: denied"
    }
    state.isCreating = true
    state.pace = Pace(since: Timestamp(seconds: sampleNow.seconds - seconds), before: 0)
    for (number, unit) in units.dropFirst(done).prefix(2).enumerated() {
      state.running[EffectID(90 + number)] = .init(
        work: .read(
          .prepareUnit(
            state.session.reading(unit), space: "payment-team", context: "kind-atk", listed: nil)),
        since: sampleNow)
    }
    return state
  }

  @Test("5,000 units: a bar, what is done, failed and left, how fast, since when and until when")
  func alive() {
    var shop = Workshop(Self.creating(5000, done: 1002, failed: [4, 700]))
    shop.size = Size(columns: 80, rows: 24)
    #expect(shop.frame.contains("█"))
    #expect(shop.frame.contains("1000 of 5000  20%  2 failed, 3998 left"))
    #expect(shop.frame.contains("1:00 so far, 17 a second, about 4:00 left"), "\(shop.frame)")
    #expect(shop.frame.contains("First: app-4: HTTP 403: denied"))
    #expect(shop.state.windowTitle == "1000/5000 created, 2 failed - map-import")
  }

  @Test("Nothing is foretold from too little")
  func early() {
    var shop = Workshop(Self.creating(5000, done: 2, seconds: 2))
    #expect(shop.frame.contains("0:02 so far") && !shop.frame.contains("about"))
  }

  @Test("The cursor follows what is written until a person moves it")
  func follows() {
    var shop = Workshop(Self.creating(5000, done: 1000))
    #expect(shop.row?.cells.first == "app-1000")
    shop.state = Self.creating(5000, done: 3000)
    #expect(shop.row?.cells.first == "app-3000")
    shop.press(.up)
    #expect(shop.row?.cells.first == "app-2999")
    shop.state = Self.creating(5000, done: 4000)
    #expect(shop.row?.cells.first == "app-2999")
  }

  @Test("What failed stands on top with its reason, and has the cursor when it is over")
  func failuresFirst() {
    var state = Self.creating(100, done: 100, failed: [60, 99])
    var shop = Workshop(state)
    state.isCreating = false
    state.running = [:]
    shop.state = state
    let rows = Array(shop.ui.update(for: shop.state).rows.prefix(3))
    #expect(rows.map { $0.cells[0] } == ["app-60", "app-99", "app-0"])
    #expect(rows[0].cells[1] == "HTTP 403: denied")
    #expect(shop.row?.cells.first == "app-60")
    let page = CreatingScreen.page(shop.state, shop.ui)
    #expect(page.detail(of: rows[0].id).map(\.text) == ["HTTP 403 for req 1: denied"])
    #expect(shop.state.attention == "2 units failed.")
  }

  @Test(
    "Whatever failed, each unit has one row", arguments: [[], [0], [99], [3, 4, 5, 50], [0, 99]])
  func order(failed: [Int]) {
    var order = UnitOrder()
    order.update(for: Self.creating(100, done: 100, failed: failed))
    let places = (0..<100).map { order.place(ofRow: $0) }
    #expect(Array(places.prefix(failed.count)) == failed)
    #expect(Array(places.dropFirst(failed.count)) == (0..<100).filter { !failed.contains($0) })
  }
}

@Suite("The plan stands in sections")
struct PlanSectionTests {
  private var plan: WizardState {
    get throws { try #require(Shot.states.first { $0.name == "confirming-plan" }).state }
  }

  @Test("Each unit stands once, below what becomes of it; what has to be decided comes first")
  func sections() throws {
    let state = try plan
    var plan = PlanSections()
    plan.update(for: state)
    let units = try #require(state.session.proposal?.units)
    var (seen, sorts): ([Int], [PlanSections.Sort]) = ([], [])
    for row in 0..<plan.rowCount {
      switch try #require(plan.item(ofRow: row)) {
      case .head(let section): sorts.append(section.sort)
      case .unit(let place): seen.append(place)
      }
    }
    #expect(seen.sorted() == units.indices.filter { state.outlook(of: units[$0]) != .settled })
    #expect(sorts == sorts.sorted { $0.rawValue < $1.rawValue } && sorts.count > 1)
    #expect(plan.item(ofRow: plan.rowCount) == nil)
    #expect(plan.counts == state.plan && plan.undecidedCount == state.undecidedCount)
  }

  @Test("A decision is counted at once, and its unit stays where it is")
  func decided() throws {
    var state = try plan
    var plan = PlanSections()
    plan.update(for: state)
    let before = plan.undecidedCount
    let unit = try #require(
      state.session.proposal?.units.first { state.outlook(of: $0) == .differs(nil) })
    (state, _) = reduce(state, .resolve(unit: unit.id, .skip), at: sampleNow)
    plan.update(for: state)
    #expect(plan.undecidedCount == before - 1)
    #expect(plan.sections.first?.sort == .differs && plan.sections.first?.places.count == 2)
    #expect(plan.decided.kept == 1)
  }

  @Test("[ Back ] has the cursor, c creates from every row, b goes back; enter says what it does")
  func buttons() throws {
    var shop = Workshop(Sample.state(at: Position(.connect, .confirming)))
    #expect(shop.frame.contains("❯     [ Back ]  b") && shop.frame.contains("[ Create ]  c"))
    #expect(shop.frame.contains("enter back"))
    #expect(dispatch(.character("c"), shop.state, &shop.ui) == .event(.confirm))
    #expect(dispatch(.character("b"), shop.state, &shop.ui) == .event(.goBack))
    #expect(dispatch(.enter, shop.state, &shop.ui) == .event(.goBack))
    shop.press(.down)
    #expect(shop.frame.contains("enter create"))
    shop.press(.end)
    #expect(shop.frame.contains("enter look"))
  }

  @Test("Nothing is created by c while something has to be decided or is not known")
  func refused() throws {
    var state = try plan
    (state, _) = reduce(state, .confirm, at: sampleNow)
    #expect(state.reply?.kind == .refused && state.phase == .confirming)
    var shop = Workshop(state)
    #expect(!shop.frame.contains("c create"))
  }
}

@Suite("System namespaces")
struct SystemNamespaceTests {
  @Test("are never chosen by a or ctrl-a, but by space, and say what they are")
  func byHandOnly() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope.namespaces = []
    var shop = Workshop(state)
    #expect(shop.frame.contains("system namespace"))
    shop.press(.character("a"))
    #expect(shop.state.session.scope.namespaces == ["default", "order-prod", "payment-prod"])
    shop.press(.control("a"))
    #expect(shop.state.session.scope.namespaces == [])
    shop.filter("kube")
    shop.press(.character("a"))
    #expect(shop.ui.notice?.hasPrefix("System namespaces are chosen one by one") == true)
    shop.press(.character(" "))
    #expect(shop.state.session.scope.namespaces == ["kube-system"])
    shop.press(.escape, .character("a"))
    #expect(
      shop.state.session.scope.namespaces
        == ["default", "kube-system", "order-prod", "payment-prod"])
  }

  @Test("are left out by the word all, too, and chosen by their number")
  func plain() {
    var state = Sample.state(at: Position(.scan, .choosing))
    state.session.scope.namespaces = []
    var reader = PlainReader(state)
    reader.type("all")
    #expect(reader.state.session.scope.namespaces == ["default", "order-prod", "payment-prod"])
    reader.type("none")
    reader.type("3 4")
    #expect(reader.state.session.scope.namespaces == ["kube-system", "order-prod"])
  }
}
