import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What is decided before the confirmation is said, and can be taken back")
struct DecisionTests {
  /// The plan of all kinds of rows; its third and its fourth unit differ.
  private func shown() throws -> Workshop {
    let shot = try #require(Shot.states.first { $0.name == "confirming-plan" })
    return Workshop(shot.state)
  }

  private let toAll: [Key] = [.home, .down, .down]
  private let toUnit: [Key] = [.home] + Array(repeating: .down, count: 4)

  private func unit(_ index: Int, _ shop: Workshop) throws -> UnitPlan {
    try #require(shop.state.session.proposal?.units[index])
  }

  @Test("e on the row of all says first which names come of it")
  func renamingAll() throws {
    var shop = try shown()
    let units = shop.state.session.proposal?.units
    shop.press(toAll + [.character("e")])
    #expect(shop.state.session.proposal?.units == units)
    #expect(shop.ui.notice?.contains("payment-gateway becomes payment-gateway-2") == true)
    #expect(shop.ui.notice?.contains("payment-ledger becomes payment-ledger-2") == true)
    #expect(shop.ui.notice?.hasPrefix("e again ") == true)
    // Another key than the same one takes the first one back.
    shop.press(.character("U"), .character("e"))
    #expect(shop.state.session.proposal?.units == units)
    shop.press(.character("e"))
    #expect(try unit(2, shop).slug == "payment-gateway-2")
    #expect(try unit(3, shop).slug == "payment-ledger-2")
  }

  @Test("A renamed unit says so on its row for as long as it has that name; e gives its own back")
  func renamed() throws {
    var shop = try shown()
    shop.size = Size(columns: 80, rows: 24)
    shop.press(toUnit + [.character("e"), .backspace, .character("3"), .enter])
    #expect(try unit(2, shop).slug == "payment-gateway-3")
    #expect(shop.frame.contains("to create instead of payment-gateway"))
    #expect(shop.frame.contains("was to be payment-gateway, which is the name of"))
    shop.press(.character("e"))
    #expect(try unit(2, shop).slug == "payment-gateway")
    #expect(try unit(2, shop).insteadOf == nil)
    #expect(!shop.frame.contains("instead of"))
  }

  @Test("Nothing is given back once something was begun under either name")
  func begun() throws {
    var shop = try shown()
    shop.press(toUnit + [.character("e"), .enter])
    let renamed = try unit(2, shop)
    shop.state.session.operations.append(
      Operation(
        id: "op-0001", kind: .createUnit, key: "payment-team/payment-gateway-2", state: .intent))
    shop.state.operationIndex.follow(shop.state.session)
    shop.press(.character("e"))
    #expect(try unit(2, shop) == renamed)
  }

  @Test("The row of all gives all names back")
  func allBack() throws {
    var shop = try shown()
    shop.press(toAll + [.character("e"), .character("e")])
    #expect(shop.frame.contains("2 that differ: 2 renamed; e takes that back."))
    shop.press(toAll + [.character("e")])
    #expect(try unit(2, shop).slug == "payment-gateway" && unit(3, shop).slug == "payment-ledger")
  }

  @Test("Of several that an earlier import made, each is named")
  func earlier() throws {
    var shop = try shown()
    for name in ["payment-gateway", "payment-ledger"] {
      shop.state.listings[shop.state.appSpace]?.units[name] = ListedUnit(
        id: "u", mark: .init(session: "earlier", operation: "op-0001"))
    }
    shop.press(toAll + [.character("e"), .character("e")])
    let notice = shop.state.notice ?? ""
    #expect(
      notice.contains("payment-gateway-2") && notice.contains("payment-ledger-2"), "\(notice)")
  }

  @Test("U on a unit that ConfigHub does not have says so at once, as K does")
  func notThere() throws {
    for key in ["U", "K"] as [Character] {
      var shop = try shown()
      let unit = try unit(0, shop).id
      let visible = shop.ui.update(for: shop.state)
      let row = try #require(visible.rows.firstIndex { $0.id == .unit(unit) })
      shop.ui.put(cursor: row, in: visible)
      shop.press(.character(key))
      #expect(shop.state.notice == "ConfigHub has no other content under this name.")
      #expect(shop.ui.notice == nil)
    }
  }

  @Test("The count and the row of all say which way, and the key that takes it back")
  func ways() throws {
    var shop = try shown()
    shop.press(toAll + [.character("U"), .character("U")])
    #expect(shop.frame.contains("2 differ (2 replaced)"))
    #expect(shop.frame.contains("2 that differ: 2 replaced; U takes that back."))
    shop.press(toUnit + [.character("K")])
    #expect(shop.frame.contains("2 differ (1 kept, 1 replaced)"))
    #expect(shop.frame.contains("2 that differ: 1 kept, 1 replaced; K takes that back."))
    shop.press(toUnit + [.character("K")])
    #expect(shop.frame.contains("2 differ (1 replaced)"))
    #expect(shop.state.plan.words.contains("2 differ, "))
  }

  @Test("What the page says is not said again below it")
  func once() throws {
    var shop = try shown()
    shop.press(.home, .down, .enter)
    #expect(
      shop.state.notice == "2 units wait for a decision on their rows, payment-gateway the first.")
    #expect(shop.state.reply?.ways.isEmpty == true)
    var state = Sample.state(at: Position(.connect, .creating))
    state.isCreating = true
    (state, _) = reduce(state, .cancel, at: sampleNow)
    shop = Workshop(state)
    #expect(shop.frame.components(of: "r goes on").count == 1)
    #expect(shop.frame.components(of: "Stopped").count == 1)
  }
}

extension String {
  fileprivate func components(of text: String) -> [Range<Index>] { ranges(of: text) }
}
