import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Keys are offered where they do something")
struct OfferedKeysTests {
  private func keyLine(_ shop: inout Workshop) -> String {
    shop.size = Size(columns: 300, rows: 40)
    return shop.frame.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("The previous step is offered where a key leads to it", arguments: Shot.all + Shot.states)
  func back(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.press(shot.keys)
    guard case .working = shop.state.stage, case .screen(let screen) = Focus(shop.state, shop.ui),
      Focus.screen(screen).handler(of: .back) != nil, screen != .preview, screen != .members
    else { return }
    let (after, _) = reduce(shop.state, .goBack, at: sampleNow)
    let isRefused = after.reply?.kind == .refused
    #expect(keyLine(&shop).contains("backspace back") == !isRefused, "\(after.notice ?? "")")
  }

  @Test("e is offered while units are created only where one differs")
  func rename() throws {
    for (name, isOffered) in [("creating-running", false), ("creating-conflict", true)] {
      let shot = try #require(Shot.states.first { $0.name == name })
      var shop = Workshop(shot.state)
      // What has to be decided stands first.
      shop.press(.home)
      #expect(keyLine(&shop).contains("e rename") == isOffered, "\(name)")
    }
  }

  @Test("The logs before and after are offered where there are some")
  func logs() {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.ui.logPaths = ["a", "b", "c"]
    for (name, older, newer) in [("a", false, true), ("b", true, true), ("c", true, false)] {
      shop.ui.log = LogText(name: name, lines: ["x"])
      let line = keyLine(&shop)
      #expect(line.contains("[ older") == older && line.contains("] newer") == newer, "\(name)")
    }
  }

  @Test("After an import was taken back, a new one is what the key line names first")
  func again() {
    var state = Sample.state(at: Position(.complete))
    takeBack(&state, .over)
    var shop = Workshop(state)
    shop.size = Size(columns: 80, rows: 24)
    let line = shop.frame.split(separator: "\n").last.map(String.init) ?? ""
    #expect(line.contains("N new") && !line.contains("backspace back"), "\(line)")
  }
}
