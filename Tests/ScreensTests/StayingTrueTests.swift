import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What a screen says is about that screen, and true there")
struct StayingTrueTests {
  @Test("An answer to a key goes with its screen")
  func notice() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character("%"))
    let words = "% does nothing here"
    #expect(shop.frame.contains(words))
    shop.state.session.position = Position(.select)
    #expect(!shop.frame.contains(words), "the next screen came by itself")
    // What does not come from a key stays until one is pressed.
    shop.ui.notice = "The report is in report.md."
    shop.state.session.position = Position(.review)
    #expect(shop.frame.contains("The report is in report.md."))
  }

  @Test("An answer that leads to another screen is read there")
  func leading() {
    var shop = Workshop(Sample.arranged)
    shop.ui.tab = .configHub
    _ = shop.frame
    shop.press(.character("n"))
    let asks = shop.ui.notice
    #expect(asks?.contains("begins a new session") == true)
    shop.press(.tab)
    #expect(shop.ui.notice == nil)
  }

  @Test("A page down shows what comes after, and a page up what was there before")
  func pages() {
    var shop = Workshop(Sample.arranged)
    shop.size = Size(columns: 80, rows: 16)
    let before = shop.frame
    let first = shop.ui.position(in: .screen(.review))
    shop.press(.pageDown)
    let second = shop.ui.position(in: .screen(.review))
    #expect(second.cursor - first.cursor > 1)
    #expect(second.offset - first.offset == second.cursor - first.cursor)
    shop.press(.pageUp)
    func body(_ frame: String) -> [Substring] { frame.split(separator: "\n").dropLast(3) }
    #expect(body(shop.frame) == body(before))
  }

  @Test("Who is signed in is said as soon as it is known, and that it is asked meanwhile")
  func signIn() {
    var state = Sample.state(at: Position(.review))
    state.signIn = nil
    func panel() -> String {
      var shop = Workshop(state)
      shop.ui.tab = .configHub
      return shop.frame
    }
    #expect(panel().contains("Not asked yet"))
    state.running[EffectID(99)] = WizardState.Running(work: .read(.readSignIn), since: sampleNow)
    #expect(panel().contains("Asking cub…"))
    state.signInAhead = HubIdentity(user: "someone@example.com")
    #expect(panel().contains("Authenticated") && panel().contains("someone@example.com"))
    #expect(!panel().contains("(offline)"))
  }
}
