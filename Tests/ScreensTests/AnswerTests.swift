import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What keys answer")
struct AnswerTests {
  @Test("I on the panel of a complete session begins a new one, as the panel says")
  func importAnew() {
    var state = Sample.state(at: Position(.complete))
    state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 60)))
    for (key, event) in [("i", Event.startNew), ("n", .startNew), ("r", .resume)] {
      var ui = ViewState()
      ui.tab = .configHub
      #expect(dispatch(.character(Character(key)), state, &ui) == .event(event))
    }
  }

  @Test("What another holds cannot be deleted, and no key line names what cannot be done")
  func held() throws {
    var shop = Workshop(try #require(Shot.all.first { $0.name == "prompt-held" }).state)
    shop.press(.character("D"))
    let told = shop.state.reply.map(Speech.keys.told)
    #expect(told?.hasSuffix("1 or 2 looks at it, N begins anew.") == true)
    #expect(!shop.ui.isDeleteArmed)
    let last = shop.frame.split(separator: "\n").last ?? ""
    #expect(last.contains("N new") && !last.contains("R resume") && !last.contains("D delete"))
  }

  @Test("A unit that waits for a decision is named by whatever is pressed, not called under way")
  func undecided() throws {
    let shot = try #require(Shot.states.first { $0.name == "creating-unchanged" })
    for key in [Key.enter, .character("r")] {
      var shop = Workshop(shot.state)
      shop.press(key)
      #expect(shop.state.notice?.hasSuffix(" waits for a decision on its row.") == true)
    }
    var shop = Workshop(shot.state)
    shop.state.isCreating = false
    shop.state.conflicts = [:]
    shop.press(.enter)
    #expect(shop.frame.contains("It was stopped."))
  }

  @Test("The cursor stays on its row of the report when what is left to do becomes known")
  func reportGrows() throws {
    let shot = try #require(Shot.states.first { $0.name == "complete-today" })
    var shop = Workshop(shot.state)
    let signIn = shop.state.signIn
    shop.state.signIn = nil
    for _ in 0..<20 where shop.row?.cells.first?.hasPrefix("Still applied by") == false {
      shop.press(.down)
    }
    let first = try #require(shop.frame.split(separator: "\n").first { $0.contains("❯") })
    shop.state.signIn = signIn
    let later = shop.frame.split(separator: "\n").first { $0.contains("❯") }
    #expect(first.contains("Still applied by") && later?.prefix(40) == first.prefix(40))
  }

  @Test("How to sign in stands once on the screen, whoever says it", arguments: [false, true])
  func signingIn(isAdvised: Bool) {
    var state = Sample.state(at: Position(.connect, .signingIn))
    let advice = isAdvised ? " Sign in with: cub auth login" : ""
    state.signIn = .signedOut(reason: "No access token was found.\(advice)")
    var shop = Workshop(state)
    #expect(shop.frame.split(separator: "cub auth login").count == 2)
    #expect(shop.frame.contains("enter "))
  }

  @Test("Whoever is asked once more whether to remove units stands on Back again")
  func removalAsked() throws {
    let shot = try #require(Shot.states.first { $0.name == "removal-asking" })
    var shop = Workshop(shot.state)
    shop.press(.down)
    #expect(shop.frame.contains("❯     [ Remove ]"))
    let removal = shop.state.removal
    shop.state.removal = nil
    _ = shop.frame
    shop.state.removal = removal
    #expect(shop.frame.contains("❯     [ Back ]"))
  }

  @Test("Another name for a unit is refused for what is wrong with it")
  func otherName() throws {
    let state = try #require(Shot.states.first { $0.name == "creating-unchanged" }).state
    let units = try #require(state.session.proposal?.units)
    let id = try #require(units.last?.id)
    for (name, reason) in [
      (units[0].slug, "is the name of a unit already"), ("a b", "use letters"),
    ] {
      let (after, _) = reduce(state, .resolve(unit: id, .rename(name)), at: sampleNow)
      #expect(after.notice?.contains(reason) == true)
      #expect(after.conflicts[id] != nil)
    }
  }

  @Test("An answer is gone with the next key, and comes again when it is given again")
  func old() {
    var shop = Workshop(Sample.state(at: Position(.complete)))
    shop.press(.backspace)
    let answer = "The import is complete"
    #expect(shop.frame.contains(answer))
    shop.press(.down)
    #expect(!shop.frame.contains(answer))
    shop.press(.backspace)
    #expect(shop.frame.contains(answer))
  }

  @Test("A long answer takes its room from the body and covers nothing of it")
  func long() throws {
    var shop = Workshop(Sample.arranged)
    shop.size = Size(columns: 60, rows: 16)
    shop.press(.end)
    shop.ui.notice = String(repeating: "word ", count: 30)
    let lines = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
    let cursor = try #require(lines.firstIndex { $0.contains("❯") })
    let news = try #require(lines.firstIndex { $0.contains("word word") })
    #expect(cursor < news && news < 14)
  }

  @Test("Help begins at its beginning, wherever it was left the last time")
  func help() {
    var shop = Workshop(Sample.arranged)
    shop.size = Size(columns: 60, rows: 16)
    shop.press(.character("?"), .character("G"))
    #expect(!shop.frame.contains("On, back and out"))
    shop.press(.character("?"), .character("?"))
    #expect(shop.frame.contains("On, back and out"))
  }

  @Test("What is run without a log of its own has no older one")
  func commands() {
    let shot = Shot.commands("", Sample.state(at: Position(.select)))
    var ui = shot.ui
    #expect(dispatch(.character("["), shot.state, &ui) == .nothing)
    #expect(ui.notice == "This is not the log of a run.")
  }

  @Test("Leaving is asked about while a unit is prepared, too, and not when all is quiet")
  func leaving() throws {
    let state = try #require(Shot.states.first { $0.name == "creating-running" }).state
    var shop = Workshop(state)
    shop.press(.character("q"))
    #expect(shop.state.isAskedToLeave && shop.frame.contains("1 change under way"))
    shop = Workshop(state)
    shop.state.running = [:]
    shop.press(.character("q"))
    #expect(!shop.state.isAskedToLeave && shop.state.isLeaving)
  }
}
