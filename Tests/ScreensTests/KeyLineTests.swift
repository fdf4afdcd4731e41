import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("The key line")
struct KeyLineTests {
  private func keyLine(
    _ state: WizardState, _ columns: Int, on row: Row.ID? = nil
  ) -> String {
    var shop = Workshop(state)
    shop.size = Size(columns: columns, rows: 24)
    for _ in 0..<20 where row != nil && shop.row?.id != row { shop.press(.down) }
    return shop.frame.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("names what matters on the screen before what works everywhere", arguments: [80, 120])
  func foremost(columns: Int) {
    let report = keyLine(Sample.state(at: Position(.complete)), columns)
    for words in ["? help", "q leave", "enter leave", "m report", "X take back"] {
      #expect(report.contains(words), "\(words) in \(report)")
    }
    let plan = Shot.states.first { $0.name == "confirming-plan" }?.state
    let confirming = plan.map { keyLine($0, columns, on: .conflicts) } ?? ""
    for words in ["K keep", "U replace", "e rename"] {
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

  @Test(
    "says of no row what its key would only be refused for there",
    // The workloads of one have other names than those that were chosen.
    arguments: (Shot.all + Shot.states + Shot.wide).filter { $0.name != "not-saved-wide" })
  func isTrue(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    let refusals = ["Move to ", "There is no", "There are no", "This has no", "Nothing is "]
    for _ in 0..<12 {
      let layout = shop.layout
      let focus = layout.focus
      for (binding, label) in focus.hints {
        guard
          focus.label(of: binding.action, label, at: layout.visible.row, shop.state, shop.ui) != nil
        else { continue }
        var ui = shop.ui
        ui.notice = nil
        switch Screens.press(binding.keys[0], layout, shop.state, &ui) {
        case .event(let event):
          let (after, _) = reduce(shop.state, event, at: sampleNow)
          let isNew = after.noticeCount > shop.state.noticeCount
          let isRefused = isNew && after.reply?.kind == .refused
          #expect(!isRefused, "\(binding.action) on \(shot.name): \(after.notice ?? "")")
        case .nothing:
          let notice = ui.notice ?? ""
          let isRefused = refusals.contains { notice.hasPrefix($0) }
          #expect(!isRefused, "\(binding.action) on \(shot.name): \(notice)")
        default: break
        }
      }
      let row = shop.row?.id
      shop.press(.down)
      if shop.row?.id == row { break }
    }
  }

  @Test("has two lines in a high window, and names there what one line has no room for")
  func twoLines() {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.size = Size(columns: 80, rows: 24)
    let small = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
    shop.size = Size(columns: 80, rows: 30)
    let large = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(small.last == large.dropLast().last)
    for words in ["m merge", "L labels", "E edit all", "o open"] {
      #expect(large.suffix(2).joined().contains(words), "\(words) in \(large.suffix(2))")
    }
  }
}
