import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Views over a screen")
struct SearchTests {
  private func shop(log lines: [String]) -> Workshop {
    var shop = Workshop(Sample.state(at: Position(.review)))
    shop.size = Size(columns: 80, rows: 24)
    shop.ui.log = LogText(name: "a log", lines: lines)
    _ = shop.frame
    return shop
  }

  private let lines = (0..<200).map { $0.isMultiple(of: 50) ? "line \($0) Needle" : "line \($0)" }

  @Test("In every text / looks for words, n and N go on and back, in any case of the letters")
  func search() {
    var shop = shop(log: lines)
    func first() -> Int { shop.ui.position(in: .layer(.log)).cursor }
    shop.press(.down, .character("/"))
    shop.type("needle")
    #expect(first() == 50, "while it is typed")
    shop.press(.enter)
    #expect(Focus(shop.state, shop.ui) == .layer(.log) && first() == 50)
    shop.press(.character("n"))
    #expect(first() == 100)
    shop.press(.character("N"), .character("N"))
    #expect(first() == 0)
    shop.press(.character("N"))
    #expect(first() == 150 && shop.ui.notice == "On from the end.")
    shop.press(.character("/"))
    shop.type("no such words")
    #expect(shop.ui.notice == "\"no such words\" stands nowhere in this text.")
    shop.press(.escape)
    #expect(shop.ui.search == nil && Focus(shop.state, shop.ui) == .layer(.log))
  }

  @Test("The help can be searched, and is in groups")
  func help() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character("?"))
    #expect(shop.frame.contains("On, back and out") && shop.frame.contains("Choices"))
    shop.press(.character("/"))
    shop.type("suspend")
    shop.press(.enter)
    #expect(shop.ui.isHelpShown && shop.frame.contains("suspend"))
  }

  @Test("q closes what lies over a screen, and leaves only from a screen", arguments: Shot.all)
  func quit(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    shop.press(.character("?"))
    guard shop.ui.isHelpShown else { return }
    let state = shop.state
    shop.press(.character("q"))
    #expect(!shop.ui.isHelpShown && shop.state == state)
    let focus = Focus(shop.state, shop.ui)
    guard focus.handler(of: .closeView) != nil else { return }
    shop.press(.character("q"))
    if case .left = shop.state.stage { Issue.record("q leaves from \(focus)") }
    #expect(!shop.state.isAskedToLeave)
  }

  @Test("A log opens at its end, stays there while more comes, and says only once what repeats")
  func log() {
    var shop = Workshop(Sample.state(at: Position(.review)))
    shop.size = Size(columns: 80, rows: 24)
    let id = "import-2026-01-09-143000"
    func line(_ number: Int) -> String { "2026-01-09T14:30:22Z \(id) wrote \(number)" }
    shop.ui.open(LogText(name: "a log", lines: (0..<100).map(line)))
    #expect(shop.frame.contains("14:30:22 wrote 99") && !shop.frame.contains("wrote 1 "))
    #expect(!shop.frame.contains(id) && shop.ui.followsLog && shop.frame.contains("follows"))
    shop.ui.take(grown: LogText(name: "a log", lines: (0..<120).map(line)))
    #expect(shop.frame.contains("wrote 119"))
    shop.press(.up)
    #expect(!shop.ui.followsLog)
    shop.ui.take(grown: LogText(name: "a log", lines: (0..<140).map(line)))
    #expect(!shop.frame.contains("wrote 139"))
    shop.press(.end)
    #expect(shop.ui.followsLog)
    #expect(LogLine.shown("no time, import-x", in: .utc) == "no time, import-x")
  }

  @Test("Managed fields are one line until they are asked for")
  func managedFields() throws {
    let shot = try #require(Shot.every.first { $0.name == "preview" })
    var state = shot.state
    state.preview?.live = [
      .init("metadata:", isLeftOut: false), .init("  managedFields:", isLeftOut: true),
      .init("  - manager: kubectl", isLeftOut: true),
      .init("    operation: Update", isLeftOut: true),
      .init("  name: a", isLeftOut: false),
    ]
    var shop = Workshop(state)
    #expect(
      shop.frame.contains("managedFields: 2 lines") && !shop.frame.contains("manager: kubectl"))
    shop.press(.character("z"))
    #expect(shop.frame.contains("manager: kubectl"))
  }
}

@Suite("The list of actions")
struct ActionsTests {
  @Test("A few letters find an action, and enter does what its key does")
  func find() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character(":"))
    shop.type("grp ns")
    shop.press(.enter)
    #expect(shop.ui.arrangement.grouping == .namespace && shop.ui.actionList == nil)
    #expect(Focus(shop.state, shop.ui) == .screen(.review))
  }

  @Test("What cannot be done says why, and stays in the list")
  func why() throws {
    var shop = Workshop(Sample.arranged)
    shop.press(.character(":"))
    let list = try #require(shop.ui.actionList)
    func obstacle(_ action: Action) -> String? {
      list.entries.first { $0.action == action }?.obstacle
    }
    #expect(obstacle(.undo) == "There is nothing to undo.")
    #expect(obstacle(.foldAll)?.hasPrefix("There are no groups to fold") == true)
    #expect(obstacle(.merge) == "not here; it is a key of step 3")
    #expect(obstacle(.group) == nil && obstacle(.details) == nil)
    shop.type("merge the unit")
    shop.press(.enter)
    #expect(shop.ui.notice == "That cannot be done: not here; it is a key of step 3")
    #expect(shop.ui.actionList != nil)
    shop.press(.escape)
    #expect(shop.ui.layers.isEmpty)
  }

  @Test("Letters that follow one another, or begin words, count more")
  func scores() throws {
    func score(_ letters: String, _ text: String) -> Int? {
      Fuzzy.score(Array(letters.utf8), in: Array(text.utf8))
    }
    let (whole, heads, spread) = (
      score("open", "open the unit"), score("otu", "open the unit"), score("oen", "of the next")
    )
    #expect(try #require(whole) > #require(heads) && #require(heads) > #require(spread))
    #expect(score("xyz", "open") == nil && score("", "open") == 0)
  }
}

@Suite("What is typed after /")
struct RowFilterTests {
  private func creating() throws -> Workshop {
    let shot = try #require(Shot.every.first { $0.name == "creating-failed" })
    return Workshop(shot.state)
  }

  @Test("state:failed shows the units that failed, !state:failed the others")
  func state() throws {
    var shop = try creating()
    let all = shop.ui.update(for: shop.state).rows.count
    shop.filter("state:failed")
    let failed = shop.ui.update(for: shop.state).rows
    #expect(!failed.isEmpty && failed.count < all && failed.allSatisfy { $0.mark == .failed })
    shop.filter("!state:failed")
    #expect(shop.ui.update(for: shop.state).rows.count == all - failed.count)
  }

  @Test("A key that there is not is refused with those that there are")
  func unknown() throws {
    var shop = try creating()
    shop.filter("color:red")
    #expect(shop.ui.update(for: shop.state).rows.isEmpty)
    #expect(
      shop.frame.contains("There is no term \"color:\". Those there are: state: unit:"),
      "\(shop.frame)")
  }

  @Test("A longer filter that lets more through finds what the shorter one hid")
  func widening() {
    for (text, isNarrowing) in [("ab", true), ("a b", true), ("!a", false), ("a|b", false)] {
      #expect(FilterText(text).isNarrowing == isNarrowing, "\(text)")
    }
  }
}
