import TerminalText
import Testing

@testable import Screens
@testable import Wizard

/// What people complain about in programs of this kind, as far as state and screen show it; the
/// rest, which needs the program itself, is in `ComplaintRunTests`.
@Suite("Complaints about programs of this kind")
struct ComplaintTests {
  @Test("Going back never asks whether what stands here is right")
  func goingBack() throws {
    var state = Sample.state(at: Position(.select))
    state.session.proposal?.units[1].slug = "payment-api"
    state.session.proposal?.appSpace = "not a slug!"
    var shop = Workshop(state)
    shop.press(.enter, .down, .enter)
    #expect(shop.state.step == .select, "going on does ask")
    shop.ui.textEntry = nil
    shop.press(.backspace)
    #expect(shop.state.step == .review)

    shop = Workshop(Sample.state(at: Position(.review)))
    shop.state.session.selected = []
    shop.press(.backspace)
    #expect(shop.state.step == .scan, "nothing has to be chosen for it")
  }

  @Test("esc in a name leaves that name as it was, and every other answer, too")
  func escapeInField() {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.press(.character("e"), .control("u"))
    shop.type("not valid!")
    let before = shop.state
    shop.press(.escape)
    #expect(shop.ui.textEntry == nil && shop.state == before)
    #expect(shop.state.session.proposal == Sample.state(at: Position(.select)).session.proposal)
  }

  @Test("esc drops no choice on any screen, however often it is pressed", arguments: Shot.all)
  func escapeEverywhere(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    let session = shop.state.session
    for _ in 0..<5 { shop.press(.escape) }
    if case .left = shop.state.stage { Issue.record("esc leaves at \(shot.name)") }
    #expect(shop.state.session.selected == session.selected)
    #expect(shop.state.session.proposal == session.proposal)
    #expect(shop.state.session.scan?.workloads == session.scan?.workloads)
    #expect(shop.state.session.operations == session.operations)
  }

  @Test("Hints in the last line are whole at every width, the first ones always there")
  func hints() {
    for shot in Shot.all {
      let known = Set(
        Focus.allCases.flatMap(\.hints).map {
          "\($0.binding.keys.last?.name ?? "") \($0.label)"
        } + [
          "enter scan", "enter edit", "enter take the other", "enter sign in", "enter back",
          "enter create", "enter go on", "enter remove", "enter go on without", "enter type yes",
          "enter accept", "enter leave", "enter look into", "enter view", "enter go back",
          "enter take", "enter choose", "enter switch", "enter look", "esc leave as it was",
          "enter keep the filter", "esc show all",
          "up down move",
        ])
      for columns in stride(from: 60, through: 120, by: 5) {
        let text = shot.draw(Size(columns: columns, rows: 24))
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let hints = line.split(separator: "  ").map { $0.drop { $0 == " " } }
        let unknown = hints.filter { !known.contains(String($0)) }
        #expect(unknown == [], "\(shot.name), \(columns) columns")
      }
    }
  }

  @Test("No size crashes, and no state is lost by it", arguments: Shot.all + Shot.wide)
  func anySize(_ shot: Shot) {
    var ui = shot.ui
    let full = Size(columns: 80, rows: 24)
    let look = Look(glyphs: .unicode)
    let before = draw(shot.played(full, look, &ui))
    for columns in [0, 1, 59, 60, 200] {
      for rows in [0, 1, 15, 16, 60] {
        let size = Size(columns: columns, rows: rows)
        #expect(view(shot.state, &ui, size: size, look: look).size == size)
      }
    }
    let after = view(shot.state, &ui, size: full, look: look)
    #expect(
      after.text.split(separator: "\n").suffix(1) == before.text.split(separator: "\n").suffix(1))
    #expect(Focus(shot.state, ui) == shot.focus)
  }

  @Test("A paste is text where text is typed, and no key anywhere else", arguments: Shot.all)
  func paste(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    let state = shop.state
    let isTyping = Focus(shop.state, shop.ui).isText
    let intent = dispatch(.paste("q\ny\u{3}D"), shop.state, &shop.ui)
    #expect(intent == .nothing && shop.state == state)
    let typed = shop.ui.textEntry?.field.text ?? shop.ui.filter
    #expect(typed.hasSuffix("qy\u{3}D") == isTyping)
    #expect(isTyping || shop.ui.notice == "Text can be pasted where a name is edited.")
  }

  @Test("Nothing is deleted by one key, and any other key between two keeps the session")
  func deletion() throws {
    let shot = try #require(Shot.all.first { $0.name == "prompt" })
    var ui = ViewState()
    for between: Key in [
      .character("x"), .down, .other("F5"), .click(CellPosition(row: 9, column: 9)), .wheelUp,
    ] {
      for key: Key in [.character("D"), between, .character("D"), between] {
        #expect(dispatch(key, shot.state, &ui) != .event(.deleteAndStartNew), "\(between)")
      }
      ui = ViewState()
    }
    #expect(dispatch(.character("D"), shot.state, &ui) == .nothing)
    #expect(dispatch(.character("D"), shot.state, &ui) == .event(.deleteAndStartNew))
  }

  @Test(
    "States are told apart without colours and attributes", arguments: [Glyphs.unicode, .ascii])
  func signs(_ glyphs: Glyphs) {
    let rail = [glyphs.done, glyphs.current, glyphs.todo, "-"]
    #expect(Set(rail).count == rail.count)
    let rows = [glyphs.done, glyphs.current, glyphs.todo, glyphs.failed, glyphs.warning]
    #expect(Set(rows).count == rows.count)
    #expect(Set([glyphs.chosen, glyphs.unchosen, glyphs.partlyChosen, " - "]).count == 4)
    #expect(glyphs.barDone != glyphs.barToDo && glyphs.folded != glyphs.unfolded)
    #expect(glyphs.ascending != glyphs.descending)
    for glyph in rows + [glyphs.cursor, glyphs.folded, glyphs.unfolded] {
      #expect(displayWidth(of: glyph) == 1)
    }
  }
}
