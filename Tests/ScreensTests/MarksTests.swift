import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Marks, and what is done with all that is marked")
struct MarksTests {
  private func shop(_ count: Int = 5) throws -> Workshop {
    let shot = try #require(Shot.states.first { $0.name == "select-merge" })
    var state = shot.state
    state.session.proposal?.units.removeLast(5 - count)
    return Workshop(state)
  }

  private func marked(_ shop: Workshop) -> [String] {
    (shop.state.session.proposal?.units ?? []).filter {
      shop.ui.marks.has(.unit($0.id), on: .select)
    }.map(\.slug)
  }

  private func keyLine(_ shop: inout Workshop) -> String {
    shop.size = Size(columns: 80, rows: 24)
    return shop.frame.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("space marks and goes to the next row; again it takes the mark off")
  func one() throws {
    var shop = try shop()
    shop.press(.character(" "), .character(" "))
    #expect(marked(shop) == ["payment-api", "payment-fraud"])
    #expect(shop.row?.cells.first == "payment-gateway")
    #expect(shop.frame.contains("Import as 5 units, 2 marked"))
    #expect(shop.frame.contains("◆   payment-fraud"))
    shop.press(.up, .character(" "))
    #expect(marked(shop) == ["payment-api"])
  }

  @Test("a marks all that the filter shows, and what it hides keeps its mark")
  func shown() throws {
    var shop = try shop()
    shop.press(.character(" "))
    shop.filter("gate|ledger")
    shop.press(.character("a"))
    #expect(marked(shop) == ["payment-api", "payment-gateway", "payment-ledger"])
    shop.press(.character("a"))
    #expect(marked(shop) == ["payment-api"])
  }

  @Test("esc shows all rows again, then takes the marks off, and only then goes back")
  func escape() throws {
    var shop = try shop()
    shop.filter("gate")
    shop.press(.character("a"), .escape)
    #expect(shop.ui.filter.isEmpty && marked(shop) == ["payment-gateway"])
    #expect(keyLine(&shop).contains("d leave out 1  m merge 1  L labels 1"))
    shop.press(.escape)
    #expect(marked(shop).isEmpty && shop.state.step == .select)
    shop.press(.escape)
    #expect(shop.state.step == .review)
  }

  @Test("A mark goes with its unit, and stays with a unit that has another name")
  func followed() throws {
    var shop = try shop()
    shop.press(.character(" "), .character(" "), .up)
    shop.press(.character("e"), .character("2"), .enter)
    #expect(marked(shop) == ["payment-api", "payment-fraud2"])
    shop.press(.character("d"))
    #expect(shop.state.session.proposal?.units.count == 3)
    #expect(shop.ui.marks.count(on: .select) == 0)
    #expect(!shop.frame.contains("marked"))
    shop.press(.character("u"))
    #expect(shop.state.session.proposal?.units.count == 5)
  }

  @Test("What is done is done with all that is marked, wherever the cursor is, as one choice")
  func allMarked() throws {
    for key: Character in ["d", "m", "L"] {
      var shop = try shop()
      let before = try #require(shop.state.session.proposal)
      shop.press(.character(" "), .character(" "), .home)
      shop.press(.character(key))
      switch key {
      case "m": shop.press(.enter)
      case "L":
        shop.type("tier=web")
        shop.press(.enter)
      default: break
      }
      let units = try #require(shop.state.session.proposal?.units)
      switch key {
      case "d": #expect(units.map(\.id) == before.units.dropFirst(2).map(\.id))
      case "m":
        #expect(units.count == 4 && units[0].slug == "payment-api")
        #expect(units[0].members.count == 4)
      default:
        #expect(units.map { $0.labels["tier"] } == ["web", "web", nil, nil, nil])
        #expect(units[0].labels["app"] == "payment-api")
      }
      #expect(shop.ui.marks.count(on: .select) == 0, "\(key)")
      shop.press(.character("u"))
      #expect(shop.state.session.proposal == before, "\(key)")
    }
  }

  @Test("All marked units cannot be left out: the marks stay, and the key line does not offer it")
  func allOfThem() throws {
    var shop = try shop(2)
    shop.press(.character("a"))
    #expect(!keyLine(&shop).contains("d leave out"))
    shop.press(.character("d"))
    #expect(shop.state.notice?.hasPrefix("These are all units") == true)
    #expect(marked(shop).count == 2)
  }

  @Test("Objects of a unit are marked, too, and moved together")
  func members() throws {
    var shop = try shop()
    let before = try #require(shop.state.session.proposal)
    shop.press(.character("o"), .character("a"))
    #expect(shop.frame.contains("holds 2 objects, 2 marked"))
    #expect(keyLine(&shop).contains("m move 2"))
    shop.press(.character("m"))
    shop.type("ledg")
    shop.press(.enter)
    #expect(shop.state.session.proposal?.units.count == 4)
    #expect(
      shop.state.session.proposal?.units.first { $0.slug == "payment-ledger" }?.members.count == 4)
    #expect(shop.ui.marks.count(on: .members) == 0)
    shop.press(.character("u"))
    #expect(shop.state.session.proposal == before)
    // The marks of one unit are not those of another.
    shop.press(.character("o"), .character(" "), .escape, .escape)
    shop.press(.down, .character("o"))
    #expect(shop.ui.marks.count(on: .members) == 0)
  }

  @Test("What is left out is listed, and taken back: one, or all that are marked")
  func leftOut() throws {
    var shop = try shop()
    let before = try #require(shop.state.session.proposal)
    shop.press(.character(" "), .character(" "), .character("d"))
    #expect(shop.frame.contains("2 units left out; u takes that back, D lists all"))
    shop.press(.character("D"))
    #expect(shop.frame.contains("left out here") && shop.frame.contains("not chosen"))
    #expect(shop.row?.cells.first == "debug-shell")
    shop.filter("here")
    #expect(keyLine(&shop).contains("enter take back"))
    shop.press(.character("a"))
    #expect(keyLine(&shop).contains("enter take back 2"))
    shop.press(.enter)
    #expect(shop.state.session.proposal == before)
    #expect(shop.ui.marks.count(on: .leftOutUnits) == 0)
    shop.press(.escape, .escape)
    #expect(shop.frame.contains("Import as 5 units"))
  }
}

@Suite("A name is picked from a list")
struct PickerTests {
  private func shop() throws -> Workshop {
    let shot = try #require(Shot.states.first { $0.name == "select-merge" })
    return Workshop(shot.state)
  }

  @Test("A few letters find it, the best first; what was typed exactly comes before all")
  func found() {
    let names = ["payment-api", "pay-api-proxy", "api", "cart"]
    var picker = Picker(.appSpace, "", orNew: "new", names.map { Picker.Choice($0) })
    func shown(_ text: String) -> [String?] {
      picker.change { $0 = TextField(text) }
      return picker.found.indices.map { picker.name(at: $0) }
    }
    #expect(shown("") == names)
    #expect(shown("API") == ["api", "payment-api", "pay-api-proxy"])
    #expect(shown("ppr") == ["ppr", "pay-api-proxy"])
    #expect(picker.firstCursor == 1)
    #expect(shown("xyz") == ["xyz"])
    #expect(picker.firstCursor == 0)
    picker = Picker(.appSpace, "", orNew: nil, names.map { Picker.Choice($0) })
    #expect(shown("xyz") == [])
  }

  @Test("Of the units to merge with, the unit itself is none; of marked ones the first is offered")
  func merge() throws {
    var shop = try shop()
    shop.press(.character("m"))
    #expect(shop.ui.picker?.choices.map(\.name).contains("payment-api") == false)
    #expect(shop.frame.contains("Merge payment-api into:"))
    shop.type("zzz")
    #expect(shop.ui.picker?.found == [])
    shop.press(.enter)
    #expect(shop.ui.notice == "None is called that." && shop.ui.picker != nil)
    shop.press(.escape)
    #expect(shop.ui.picker == nil && shop.state.session.proposal?.units.count == 5)
    shop.press(.down, .character(" "), .character(" "), .character("m"))
    #expect(shop.ui.picker?.choices.first?.name == "payment-fraud")
    #expect(shop.frame.contains("Merge 2 units into:"))
    shop.type("all of it")
    shop.press(.enter)
    // What is refused stays to be mended, with the reason.
    #expect(shop.ui.picker?.field.text == "all of it")
    #expect(shop.frame.contains("use letters, digits"))
    shop.press(.control("u"))
    shop.type("both")
    shop.press(.enter)
    #expect(shop.ui.picker == nil)
    #expect(
      shop.state.session.proposal?.units.map(\.slug)
        == ["payment-api", "both", "payment-ledger", "payment-worker"])
  }

  @Test("An object goes to a new unit by a name that none has")
  func move() throws {
    var shop = try shop()
    shop.press(.character("o"), .down, .character("m"))
    shop.type("entry")
    #expect(shop.frame.contains("a new unit: entry"))
    shop.press(.enter)
    #expect(shop.state.session.proposal?.units.contains { $0.slug == "entry" } == true)
  }

  @Test(
    "A text that would be refused stays in its field, with the reason",
    arguments: [
      ("e", "payment-fraud", "has this name already"), ("e", "a b", "letters, digits"),
      ("L", "app", "is not name=value"),
    ] as [(Character, String, String)])
  func refused(key: Character, text: String, reason: String) throws {
    var shop = try shop()
    let before = shop.state
    shop.press(.character(key), .control("u"))
    shop.type(text)
    shop.press(.enter)
    #expect(shop.ui.textEntry?.field.text == text && shop.state == before)
    #expect(shop.frame.contains(reason))
  }

  @Test("What the wizard alone knows to be wrong is said there, too, until the text changes")
  func refusedByWizard() throws {
    var shop = try shop()
    shop.press(.character("a"), .character("L"))
    shop.type("variant=prod")
    shop.press(.enter)
    #expect(shop.ui.textEntry?.refusal == "They have these labels already.")
    #expect(shop.frame.contains("They have these labels already."))
    shop.press(.character("2"))
    #expect(!shop.frame.contains("already"))
    shop.press(.enter)
    #expect(shop.ui.textEntry == nil)
    #expect(
      shop.state.session.proposal?.units.allSatisfy { $0.labels["variant"] == "prod2" } == true)
  }

  @Test("On plain lines it is answered by number, or by name")
  func plain() throws {
    let state = try shop().state
    var reader = PlainReader(state)
    reader.type("merge 5")
    #expect(reader.lines.first == "1. payment-fraud, 2 objects, payment-prod")
    #expect(
      reader.question == "Merge payment-api into, number or name (enter leaves it as it is): ")
    reader.type("9")
    #expect(reader.lines == ["There is no 9: the list has 4."])
    reader.type("nowhere")
    #expect(reader.lines == ["There is no unit nowhere to merge with."])
    reader.type("/ledg")
    #expect(reader.lines == ["1. payment-ledger, 2 objects, payment-prod"])
    reader.type("1")
    #expect(
      reader.state.session.proposal?.units.map(\.slug)
        == ["payment-fraud", "payment-gateway", "payment-ledger", "payment-worker"])
    reader.type("undo")
    #expect(reader.state.session.proposal == state.session.proposal)

    // The number of a row that was shown, and several rows as one choice.
    reader.type("merge 5-7 8")
    #expect(
      reader.state.session.proposal?.units.map(\.slug) == ["payment-ledger", "payment-worker"])
    reader.type("undo")
    reader.type("out 5-6")
    #expect(reader.lines.contains { $0.hasPrefix("2 units left out; the word undo") })
    reader.type("leftout")
    let row = try #require(
      reader.lines.first { $0.contains("payment-fraud") }?.prefix { $0 != "." })
    reader.type(String(row))
    reader.type("")
    #expect(reader.state.session.proposal?.units.count == 4)
    #expect(reader.wizard.ui.isLeftOutShown == false)
    reader.type("labels 5-6 tier=web")
    #expect(
      reader.state.session.proposal?.units.map { $0.labels["tier"] } == ["web", "web", nil, nil])
    reader.type("open 5")
    reader.type("move 1-2 entry")
    #expect(reader.state.session.proposal?.units.contains { $0.slug == "entry" } == true)
  }

  @Test("On plain lines, a text that is refused is asked for again, with the reason")
  func plainRefused() throws {
    var reader = PlainReader(try shop().state)
    reader.type("edit 5")
    reader.type("a b")
    #expect(reader.lines == ["Letters, digits, - _ and .; at most 128."])
    #expect(reader.question == "Instead of payment-api (enter keeps it): ")
    reader.type("api")
    #expect(reader.state.session.proposal?.units.first?.slug == "api")
  }

  @Test("On plain lines, an App Space is one of those that are there, by number, or a new one")
  func plainSpaces() throws {
    var state = try shop().state
    state.spaces = ["alpha", "zeta"]
    var reader = PlainReader(state)
    reader.type("edit 1")
    #expect(
      reader.lines == [
        "1. payment-team, as it is now, and new", "2. alpha, in ConfigHub", "3. zeta, in ConfigHub",
      ])
    reader.type("3")
    #expect(reader.state.session.proposal?.appSpace == "zeta")
    reader.type("edit 1 checkout")
    #expect(reader.state.session.proposal?.appSpace == "checkout")
  }
}
