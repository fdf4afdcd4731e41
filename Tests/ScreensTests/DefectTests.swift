import TerminalText
import Testing

@testable import Screens
@testable import Wizard

/// What went wrong in the wizard before this one, as far as state and screen show it; the rest,
/// which needs the program itself, is in `DefectRunTests`.
@Suite("Defects of the wizard before")
struct DefectTests {
  @Test("The cursor follows a session that is restored, wherever it is then listed")
  func restored() throws {
    func kept(_ id: String, _ place: StoredSession.Place) -> StoredSession {
      StoredSession(
        id: id, place: place, session: Session(id: id, lineage: id, createdAt: sampleNow),
        age: Age(since: sampleNow, at: sampleNow))
    }
    var shop = Workshop(Sample.arranged)
    shop.press(.character("S"))
    shop.state.sessions = [
      kept("import-a", .active), kept("import-b", .active), kept("import-c", .archived(day: "d")),
    ]
    _ = shop.frame
    shop.press(.end)
    let first = dispatch(.character("r"), shop.state, &shop.ui)
    #expect(first == .event(.restoreSession("import-c", generation: nil)))
    shop.state.sessions = [
      kept("import-c", .active), kept("import-a", .active), kept("import-b", .active),
    ]
    _ = shop.frame
    let second = dispatch(.character("r"), shop.state, &shop.ui)
    #expect(second == .event(.switchSession("import-c")))
  }

  @Test("A filter hides rows from the cursor, from choosing all and from nothing else")
  func hiddenRows() {
    var shop = Workshop(Sample.arranged)
    shop.filter("ns:order")
    var walked: Set<Row.ID?> = []
    for _ in 0..<12 {
      walked.insert(shop.row?.id)
      shop.press(.down)
    }
    #expect(walked.count == 5)
    shop.press(.character("a"))
    #expect(
      shop.chosen
        == [
          "debug-shell", "order-api", "order-cart", "order-search", "order-web", "payment-api",
          "payment-fraud",
        ])
    shop.press(.character("a"))
    #expect(shop.chosen == ["payment-api", "payment-fraud"], "hidden rows stay as they were")
    #expect(shop.frame.contains("2 chosen"), "and are counted, since they will be imported")
  }

  @Test("A list without rows takes every key unharmed", arguments: [ScreenID.review, .namespaces])
  func emptyList(_ screen: ScreenID) {
    var shop = Workshop(screen == .review ? Sample.arranged : Sample.state(at: Position(.scan)))
    shop.filter("no such row")
    #expect(shop.shown.isEmpty)
    let chosen = shop.state.session
    for binding in Focus.screen(screen).bindings {
      guard [.choose, .chooseShown, .up, .down, .pageDown, .first, .last].contains(binding.action)
      else { continue }
      for key in binding.keys {
        shop.press(key)
        #expect(shop.ui.notice?.hasPrefix("There ") == true, "\(key.name): \(shop.ui.notice ?? "")")
        #expect(shop.ui.update(for: shop.state).cursor == nil)
      }
    }
    #expect(shop.state.session == chosen)
    shop.press(.escape)
    #expect(shop.row != nil)
  }

  @Test("A list that is longer than the screen scrolls with the cursor, row by row to its end")
  func longList() {
    var state = Sample.state(at: Position(.review))
    state.session.scan?.workloads = (100..<200).map { Sample.workload("app-\($0)") }
    var shop = Workshop(state)
    shop.size = Size(columns: 80, rows: 24)
    for number in 100..<200 {
      let current = shop.frame.split(separator: "\n").filter { $0.contains("❯") }
      #expect(current.count == 1 && current[0].contains("app-\(number)"))
      shop.press(.down)
    }
    #expect(shop.frame.contains("100/100"))
  }

  @Test("The title, the tabs, help and leave are in sight on every screen", arguments: Shot.all)
  func nothingCutOff(_ shot: Shot) {
    for size in [Size(columns: 80, rows: 24), Size(columns: 60, rows: 16)] {
      let lines = shot.draw(size).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == size.rows)
      #expect(lines.first?.hasPrefix(" map-import") == true)
      #expect(lines.first?.hasSuffix("[Cluster] [ConfigHub] [Import]") == true)
      let isTyping = shot.focus.isText
      let way = isTyping ? "esc " : "? help  q \(isView(shot) ? "close" : "leave")"
      #expect(lines.last?.contains(way) == true)
    }
  }

  @Test("There are seven steps on every screen, whatever is found or left out", arguments: Shot.all)
  func sameSteps(_ shot: Shot) throws {
    let lines = shot.draw(Size(columns: 80, rows: 24)).split(separator: "\n")
    let words = lines[1].split(separator: " ").map { String($0) }.filter { $0.count > 1 }
    let number = shot.state.shownSession.position.step.number
    #expect(words == Step.seven.map(\.rawValue) + ["\(number)/7"])
  }

  @Test("An error stays until r, which tries again and takes it away")
  func retry() throws {
    var shop = Workshop(try #require(Shot.all.first { $0.name == "contexts-problem" }).state)
    shop.press(.down, .character("y"))
    #expect(shop.frame.contains("kubectl is not on PATH"), "any other key leaves it")
    shop.press(.character("r"))
    #expect(shop.state.problem == nil)
    #expect(shop.state.running.values.map(\.work) == [.cluster(.listContexts)])
  }

  @Test("Help takes every key but those of help, and nothing happens under it")
  func helpIsOnTop() {
    var shop = Workshop(Sample.arranged)
    shop.press(.character("?"))
    let state = shop.state
    let arrangement = shop.ui.arrangement
    let keys: [Key] = [
      .enter, .backspace, .control("a"), .control("r"),
    ]
    for key in keys + " abopzlrux".map({ .character($0) }) {
      shop.press(key)
      #expect(shop.ui.notice == "\(key.name) does nothing here; ? shows what does.")
    }
    #expect(shop.state == state && shop.ui.arrangement == arrangement && shop.ui.isHelpShown)
    shop.press(.character("?"))
    #expect(!shop.ui.isHelpShown)
  }

  @Test("While something is written q asks first, esc stays, and ctrl-c leaves everywhere")
  func leaving() throws {
    var shop = Workshop(Sample.state(at: Position(.connect, .confirming)))
    shop.press(.down, .enter)
    shop.state.running[EffectID(99)] = WizardState.Running(
      work: .change(.createSpace(SpacePlan(slug: "payment-team"))), since: sampleNow)
    shop.press(.character("q"))
    #expect(shop.state.isAskedToLeave && shop.frame.contains("LEAVE?"))
    shop.press(.escape)
    #expect(!shop.state.isAskedToLeave && !shop.state.isLeaving)
    for shot in Shot.all {
      var ui = shot.ui
      for key in shot.keys { _ = dispatch(key, shot.state, &ui) }
      #expect(
        dispatch(.control("c"), shot.state, &ui) == .event(.leaveNow(.init(.interrupted))),
        "\(shot.name)")
    }
  }

  @Test("Before the first write there is one summary, and enter alone leads back from it")
  func confirmation() {
    var shop = Workshop(Sample.state(at: Position(.connect, .confirming)))
    #expect(shop.frame.contains("Everything that is about to be written"))
    #expect(shop.row?.id == .goBack)
    shop.press(.enter)
    #expect(shop.state.step == .select && shop.state.session.operations.isEmpty)
  }

  @Test("A filter takes every script, and backspace takes one character as a person sees it")
  func anyScript() {
    var shop = Workshop(Sample.wide)
    shop.filter("支払い")
    #expect(shop.shown.count == 7, "the namespace has it, too")
    shop.filter("リージョン")
    #expect(shop.shown.map { $0.hasPrefix("支払いサービス") } == [true])
    shop.filter("x")
    shop.press(.character("/"), .control("u"))
    for text in ["é", "e\u{301}", "👩‍👩‍👧‍👦", "世"] {
      shop.press(.paste("-" + text))
      #expect(shop.ui.filter == "-" + text)
      shop.press(.backspace)
      #expect(shop.ui.filter == "-")
      shop.press(.backspace)
      #expect(shop.ui.filter.isEmpty)
    }
  }
}

extension Shot {
  /// Where keys go on what is drawn last.
  var focus: Focus {
    var ui = ui
    return played(Size(columns: 80, rows: 24), Theme(glyphs: .unicode), &ui).focus
  }
}
