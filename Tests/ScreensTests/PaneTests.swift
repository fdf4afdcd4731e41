import TerminalText
import Testing

@testable import Screens
@testable import Wizard

extension Shot {
  /// That was read for the pane.
  func glancing(_ glance: Glance) -> Shot {
    var state = state
    state.glance = glance
    return Shot(name: name, state: state, keys: keys, ui: ui)
  }
}

extension UnitPreview {
  /// A text of many lines that differs in two places.
  static func compared(as slug: String) -> UnitPreview {
    var lines = (1...30).map { Difference(.both, "  line-\($0): same") }
    lines[4] = Difference(.onlyInConfigHub, "  replicas: 1")
    lines.insert(Difference(.onlyHere, "  replicas: 3"), at: 5)
    lines[25] = Difference(.onlyHere, "  image: new")
    return UnitPreview(slug: slug, written: ["kind: Deployment"], differences: lines)
  }
}

@Suite("The pane beside a list")
struct PaneTests {
  private func workshop(
    _ state: WizardState = Sample.arranged, columns: Int = 160, pane: PaneContent = .details
  ) -> Workshop {
    var shop = Workshop(state)
    shop.size = Size(columns: columns, rows: 40)
    shop.ui.pane = pane
    _ = shop.frame
    return shop
  }

  private var plan: WizardState {
    Shot.states.first { $0.name == "confirming-plan" }?.state ?? Sample.arranged
  }

  @Test("stands there from 120 columns on, behind a divider", arguments: [80, 119, 120, 200])
  func room(columns: Int) {
    var shop = workshop(columns: columns)
    #expect(shop.frame.contains("│") == (columns >= 120))
    #expect(shop.frame.contains("Referring to it") == (columns >= 120))
  }

  @Test("shows what one key chooses, going round, and that is kept")
  func goesRound() {
    var shop = workshop()
    var met = [shop.ui.pane]
    for _ in 0..<4 {
      shop.press(.character("P"))
      met.append(shop.ui.pane)
    }
    #expect(met == [.details, .yaml, .log, .none, .details])
    shop.press(.character("P"))
    let kept = shop.ui.preferences(shop.state)
    #expect(kept.pane == .yaml && ViewState(kept).pane == .yaml)
    #expect(ViewState(Preferences()).pane == .details)
  }

  @Test("leaves the list the whole width where it is closed, and the details where they matter")
  func closed() {
    var shop = workshop(pane: .none)
    #expect(!shop.frame.contains("│") && !shop.frame.contains("Referring to it"))
    shop = workshop(plan, pane: .none)
    shop.press(.end)
    #expect(shop.frame.contains("Unit labels"))
    shop = workshop(plan, pane: .details)
    shop.press(.end)
    let labels = shop.frame.split(separator: "\n").filter { $0.contains("Unit labels") }
    #expect(labels.count == 1 && labels.allSatisfy { $0.contains("│") })
  }

  @Test("says in a narrow window why its key does nothing, and the key line does not name it")
  func narrow() {
    var shop = workshop(columns: 100)
    #expect(!shop.frame.contains("P pane"))
    shop.press(.character("P"))
    #expect(shop.ui.pane == .details && shop.ui.notice?.contains("120 columns") == true)
    #expect(workshopLine(columns: 200).contains("P pane"))
  }

  private func workshopLine(columns: Int) -> String {
    var shop = workshop(columns: columns)
    return shop.frame
  }

  @Test("lacks the YAML of the row only where YAML is shown, and no more once it is asked for")
  func lacks() throws {
    var shop = workshop()
    #expect(shop.layout.lacking == nil)
    shop.press(.character("P"))
    let wanted = try #require(shop.layout.lacking)
    let first = try #require(Sample.workloads.first { $0.key.name == "debug-shell" }?.reference)
    #expect(wanted == .object(first))
    let effects: [Effect]
    (shop.state, effects) = reduce(shop.state, .glance(at: wanted), at: sampleNow)
    let effect = try #require(effects.first)
    #expect(shop.layout.lacking == nil && shop.frame.contains("Reading…"))
    (shop.state, _) = reduce(
      shop.state, .finished(effect.id, .object(yaml: "kind: Deployment\nanswer: 42")), at: sampleNow
    )
    #expect(shop.layout.lacking == nil && shop.frame.contains("answer: 42"))
    // What was read is of that row alone.
    shop.press(.down)
    #expect(shop.layout.lacking != nil && !shop.frame.contains("answer: 42"))
    shop.size = Size(columns: 100, rows: 40)
    #expect(shop.layout.lacking == nil)
  }

  @Test("asks for nothing while the cluster is read as a whole, or before the session is resumed")
  func quiet() {
    var shop = workshop(pane: .yaml)
    #expect(shop.layout.lacking != nil)
    let state = shop.state
    shop.state.running[EffectID(7)] = .init(
      work: .cluster(.scan(shop.state.session.scope)), since: sampleNow)
    #expect(shop.layout.lacking == nil && shop.frame.contains("Not read yet."))
    shop.state = state
    shop.ui.tab = .cluster
    shop.state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 60)))
    #expect(shop.frame.contains("│") && shop.layout.lacking == nil)
  }

  @Test(
    "is read without a word elsewhere: nobody waits for it, and nobody is called when it is there")
  func unnoticed() {
    var shop = workshop(Sample.state(at: Position(.connect, .confirming)), pane: .yaml)
    shop.press(.end)
    let last = shop.frame.split(separator: "\n").suffix(3)
    guard let lacking = shop.layout.lacking else {
      Issue.record("Nothing is lacking.")
      return
    }
    (shop.state, _) = reduce(shop.state, .glance(at: lacking), at: sampleNow)
    #expect(shop.state.running.count == 1 && shop.frame.contains("Reading…"))
    #expect(!shop.state.isBusy && shop.frame.split(separator: "\n").suffix(3) == last)
  }

  @Test("shows of what differs the lines that do, with a few around them")
  func difference() throws {
    var state = plan
    let unit = try #require(state.session.proposal?.units[3])
    state.glance = Glance(.difference(unit), .unit(.compared(as: unit.slug)))
    var shop = workshop(state, pane: .difference)
    for _ in 0..<30 where shop.row?.id != .unit(unit.id) { shop.press(.down) }
    let frame = shop.frame
    for shown in ["-   replicas: 1", "+   replicas: 3", "+   image: new", "line-8: same"] {
      #expect(frame.contains(shown), "\(shown)")
    }
    #expect(!frame.contains("line-15: same"))
    // A unit that is not there has nothing to be compared with.
    state.listings[state.appSpace] = SpaceListing(exists: false)
    shop = workshop(state, pane: .difference)
    shop.press(.end)
    #expect(shop.frame.contains("ConfigHub has no unit"))
    #expect(shop.layout.lacking == nil)
  }

  @Test("shows the end of this run's log, and asks for it to be read")
  func log() {
    var shop = workshop(pane: .log)
    #expect(shop.layout.showsRunLog && shop.frame.contains("The log is not read yet."))
    shop.ui.runLog = LogText(name: "x", lines: (1...90).map { "entry \($0)" })
    #expect(shop.frame.contains("entry 90") && !shop.frame.contains("entry 1 "))
    shop.press(.character("P"))
    #expect(!shop.layout.showsRunLog)
  }

  @Test("takes on each screen what comes closest to what was chosen")
  func nearest() {
    let review: [PaneContent] = [.details, .yaml, .log]
    #expect(review.nearest(to: .difference) == .yaml)
    #expect(review.nearest(to: .none) == .none)
    #expect([PaneContent.log].nearest(to: .details) == .none)
    #expect([PaneContent.log].next(after: .none) == .log)
    var shop = workshop(Sample.state(at: Position(.connect, .creating)))
    #expect(!shop.frame.contains("│"))
    shop.press(.character("P"))
    #expect(shop.frame.contains("│") && shop.layout.showsRunLog)
  }
}
