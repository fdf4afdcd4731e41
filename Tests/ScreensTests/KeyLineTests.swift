import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("The key line")
struct KeyLineTests {
  private func keyLine(_ state: WizardState, _ columns: Int) -> String {
    var shop = Workshop(state)
    shop.size = Size(columns: columns, rows: 24)
    return shop.frame.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("names what matters on the screen before what works everywhere", arguments: [80, 120])
  func foremost(columns: Int) {
    let report = keyLine(Sample.state(at: Position(.complete)), columns)
    for words in ["? help", "q leave", "enter leave", "y copy", "m report", "X take back"] {
      #expect(report.contains(words), "\(words) in \(report)")
    }
    let plan = Shot.states.first { $0.name == "confirming-plan" }?.state
    let confirming = plan.map { keyLine($0, columns) } ?? ""
    for words in ["p look", "K keep", "U replace", "e rename"] {
      #expect(confirming.contains(words), "\(words) in \(confirming)")
    }
    let nothing = keyLine(Sample.state(at: Position(.connect, .confirming)), columns)
    #expect(!nothing.contains("K keep") && nothing.contains("backspace back"))
  }

  @Test("names no key twice, and only keys that work there", arguments: ScreenID.allCases)
  func keys(screen: ScreenID) {
    let hints = Focus.screen(screen).hints
    #expect(Set(hints.map(\.binding.action)).count == hints.count)
    for (action, _) in screen.room.foremost {
      #expect(hints.contains { $0.binding.action == action }, "\(action) on \(screen)")
    }
  }
}
