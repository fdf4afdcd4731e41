import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Keys of the plan before the confirmation")
struct UnitPlanKeysTests {
  private func shown() throws -> (state: WizardState, ui: ViewState, unit: WorkloadKey) {
    let shot = try #require(Shot.states.first { $0.name == "confirming-plan" })
    let unit = try #require(shot.state.session.proposal?.units[2].id)
    return (shot.state, ViewState(), unit)
  }

  private func press(_ keys: [Key], _ state: WizardState, _ ui: inout ViewState) -> Intent {
    var last = Intent.nothing
    for key in keys { last = dispatch(key, state, &ui) }
    return last
  }

  private let toUnit = Array(repeating: Key.down, count: 4)
  private let toAll: [Key] = [.down, .down]

  @Test("K keeps one at once, U replaces it after a question")
  func one() throws {
    var (state, ui, unit) = try shown()
    #expect(
      press(toUnit + [.character("K")], state, &ui) == .event(.resolve(unit: unit, .skip)))
    #expect(press([.character("U")], state, &ui) == .nothing)
    #expect(ui.notice?.hasPrefix("U again") == true)
    #expect(press([.character("U")], state, &ui) == .event(.resolve(unit: unit, .update)))
    state.reply = nil
    // Any other key takes the first one back.
    #expect(
      press([.character("U"), .up, .down, .character("U")], state, &ui) == .nothing)
  }

  @Test("The key of a decision takes it back, at once, and what was undecided before is so again")
  func takenBack() throws {
    var shop = Workshop(try shown().state)
    let unit = try #require(shop.state.session.proposal?.units[2])
    let before = shop.state.undecidedCount
    shop.press(toUnit)
    for keys in [[Key.character("K")], [.character("U"), .character("U")]] {
      shop.press(keys)
      #expect(shop.state.outlook(of: unit) != .differs(nil))
      #expect(shop.frame.contains("once more takes a decision back") == (before == 1))
      shop.press(keys[0])
      #expect(shop.state.outlook(of: unit) == .differs(nil))
      #expect(shop.state.undecidedCount == before)
    }
    // Another key changes what was decided.
    shop.press(.character("K"), .character("U"), .character("U"))
    #expect(shop.state.outlook(of: unit) == .differs(.update))
    shop.press(.character("K"))
    #expect(shop.state.outlook(of: unit) == .differs(.skip))
  }

  @Test("On the row of all, all are taken back", arguments: ["K", "U"])
  func allTakenBack(key: Character) throws {
    var shop = Workshop(try shown().state)
    let before = shop.state.undecidedCount
    #expect(before > 1)
    shop.press(toAll + [.character("K")])
    #expect(shop.state.undecidedCount == 0 && shop.state.decisionCounts == .init(kept: before))
    #expect(shop.frame.contains("\(before) that differ: \(before) kept;"))
    shop.press([.home] + toAll + [.character(key)])
    #expect(shop.state.undecidedCount == before && shop.state.decisionCounts == .init())
  }

  @Test("On plain lines the same word takes it back")
  func plain() throws {
    let state = try shown().state
    var reader = PlainReader(state)
    let unit = try #require(state.session.proposal?.units[2])
    func place(in state: WizardState) -> Int? {
      var ui = ViewState()
      return ui.update(for: state).rows.firstIndex { $0.id == .unit(unit.id) }
    }
    let row = try #require(place(in: state))
    reader.type("keep \(row + 1)")
    #expect(reader.state.outlook(of: unit) == .differs(.skip))
    let now = try #require(place(in: reader.state))
    reader.type("keep \(now + 1)")
    #expect(reader.state.outlook(of: unit) == .differs(nil))
    #expect(reader.lines.contains { $0.hasSuffix("differs (attention)") }, "\(reader.lines)")
  }

  @Test("On the row above them, all at once")
  func all() throws {
    var (state, ui, _) = try shown()
    #expect(press(toAll + [.character("K")], state, &ui) == .event(.resolveAll(.skip)))
    #expect(press([.character("U")], state, &ui) == .nothing)
    #expect(press([.character("U")], state, &ui) == .event(.resolveAll(.update)))
    #expect(press([.character("e")], state, &ui) == .nothing)
    #expect(press([.character("e")], state, &ui) == .event(.resolveAll(.rename)))
    state.answers.run.dryRun = false
  }

  @Test("e asks for another name, p compares what differs and previews the rest")
  func names() throws {
    var (state, ui, unit) = try shown()
    _ = press(toUnit + [.character("e")], state, &ui)
    #expect(ui.textEntry?.subject == .conflict(unit))
    // What would be refused is not lost.
    #expect(press([.character(" "), .enter], state, &ui) == .nothing)
    #expect(ui.textEntry?.field.text == "payment-gateway-2 ")
    #expect(press([.backspace], state, &ui) == .nothing)
    #expect(
      press([.character("2"), .enter], state, &ui)
        == .event(.resolve(unit: unit, .rename("payment-gateway-22"))))
    #expect(press([.character("p")], state, &ui) == .event(.compare(unit: unit)))
    let first = try #require(state.session.proposal?.units.first?.id)
    let visible = ui.update(for: state)
    let row = try #require(visible.rows.firstIndex { $0.id == .unit(first) })
    ui.put(cursor: row, in: visible)
    #expect(press([.character("p")], state, &ui) == .event(.preview(unit: first)))
    state.preview = nil
  }

  @Test("Whoever looks at a difference comes back to the row they were on")
  func back() throws {
    var (state, ui, unit) = try shown()
    _ = press(toUnit, state, &ui)
    state.preview = UnitPreview(slug: "x", written: [], differences: [.init(.both, "a")])
    _ = ui.update(for: state)
    #expect(press([.escape], state, &ui) == .event(.closePreview))
    state.preview = nil
    #expect(ui.update(for: state).row?.id == .unit(unit))
  }

  @Test("One of the App Spaces that are there is picked, or a new one typed")
  func spaces() throws {
    var state = Sample.state(at: Position(.select))
    var ui = ViewState()
    _ = press([.home, .character("e")], state, &ui)
    #expect(ui.textEntry?.field.text == "payment-team", "none is known yet")
    _ = press([.escape], state, &ui)
    state.spaces = ["alpha", "payments", "zeta"]
    #expect(press([.enter, .down, .down, .enter], state, &ui) == .event(.setAppSpace("payments")))
    _ = press([.enter], state, &ui)
    #expect(press([.character("z"), .enter], state, &ui) == .event(.setAppSpace("zeta")))
    // A name that is there, changed.
    _ = press([.enter, .character("z"), .tab, .character("2")], state, &ui)
    #expect(ui.picker?.field.text == "zeta2")
    #expect(press([.enter], state, &ui) == .event(.setAppSpace("zeta2")))
    #expect(press([.enter, .character("!"), .enter], state, &ui) == .nothing)
    #expect(ui.picker?.field.text == "!" && ui.notice?.contains("letters, digits") == true)
  }
}
