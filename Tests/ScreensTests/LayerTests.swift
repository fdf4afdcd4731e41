import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Layers and keys")
struct LayerTests {
  @Test("Escape takes one layer off, the topmost first, until the screen has the keys again")
  func escape() {
    var shop = Workshop(Sample.arranged)
    let row = shop.row?.id
    shop.press(.character("p"))
    shop.ui.log = .init(name: "a log", lines: ["one line"])
    shop.press(.character("?"))
    var seen: [Focus] = []
    for _ in 0..<3 {
      seen.append(Focus(shop.state, shop.ui))
      shop.press(.escape)
    }
    #expect(seen == [.layer(.help), .layer(.log), .layer(.details)])
    #expect(Focus(shop.state, shop.ui) == .screen(.review))
    #expect(shop.ui.layers.isEmpty && shop.row?.id == row)
  }

  @Test("A session that is looked into is taken off by escape, and its row has the cursor again")
  func session() throws {
    let shot = try #require(Shot.wide.first { $0.name == "session" })
    var shop = Workshop(shot.state)
    shop.press(.character("S"), .down)
    let row = shop.row?.id
    shop.press(.enter)
    #expect(shop.ui.openSession == row)
    shop.press(.escape)
    #expect(shop.ui.tab == .sessions && shop.ui.layers.isEmpty && shop.row?.id == row)
    shop.press(.escape)
    #expect(shop.ui.tab == .importing)
  }

  @Test("A tab hides what covered the screen; a name that is typed stays on its own tab")
  func tabs() {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.press(.character("e"), .character("?"), .character("3"))
    #expect(Focus(shop.state, shop.ui) == .layer(.textEntry))
    shop.press(.character("?"), .character("1"))
    #expect(Focus(shop.state, shop.ui) == .screen(.cluster) && shop.ui.layers.isEmpty)
  }

  @Test("Every key of the table works somewhere, and every key that works is in the table")
  func complete() {
    for binding in Binding.table { #expect(!binding.focuses.isEmpty, "\(binding.action)") }
    let actions = Set(Binding.table.map(\.action))
    for focus in Focus.allCases {
      let handlers =
        switch focus {
        case .screen(let screen):
          (screen.room.isView ? [KeyHandler].everyView : .everyScreen) + screen.room.keys
        case .layer(let layer): [KeyHandler].everywhere + layer.room.keys
        }
      for handler in handlers { #expect(actions.contains(handler.action), "\(handler.action)") }
      #expect(Set(handlers.map(\.action)).count == handlers.count, "\(focus) has a key twice")
    }
  }
}
