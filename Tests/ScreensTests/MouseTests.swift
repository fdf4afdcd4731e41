import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("The mouse")
struct MouseTests {
  /// A click on the beginning of a text of the screen.
  private func click(_ text: String, _ shop: inout Workshop) throws {
    let lines = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.lastIndex { $0.contains(text) })
    let before = try #require(lines[row].firstRange(of: text)?.lowerBound)
    let column = displayWidth(of: String(lines[row][..<before]))
    shop.press(.click(Place(row: row, column: column)))
  }

  @Test("A click moves the cursor to a row; one on the row under it chooses, as space does")
  func rows() throws {
    var shop = Workshop(Sample.arranged)
    // Narrow enough to have the names in the list alone.
    shop.size = Size(columns: 80, rows: 24)
    try click("order-web", &shop)
    #expect(shop.row?.id == .workload(Sample.key("order-web")))
    #expect(!shop.chosen.contains("order-web"))
    try click("order-web", &shop)
    #expect(shop.chosen.contains("order-web"))
  }

  @Test("Where there is nothing to choose it is enter, but only where enter is about the row")
  func enter() throws {
    var shop = Workshop(Sample.state(at: Position(.scan, .choosing)))
    shop.size = Size(columns: 80, rows: 24)
    shop.state.session.scope.context = ""
    try click("prod-east  ", &shop)
    #expect(shop.state.session.scope.context == "")
    try click("prod-east  ", &shop)
    #expect(shop.state.session.scope.context == "prod-east")

    shop = Workshop(Sample.state(at: Position(.select)))
    try click("payment-fraud", &shop)
    try click("payment-fraud", &shop)
    #expect(shop.state.step == .select, "the step does not go on")
    #expect(shop.ui.notice?.contains("last line") == true)
  }

  @Test("A click on a key of the last line presses that key", arguments: Shot.all)
  func keys(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    _ = shop.frame
    let before = shop
    var count = 0
    let regions = before.ui.regions.filter { $0.row == before.size.rows - 1 }
    for region in regions {
      guard case .key(let key) = region.target else { continue }
      count += 1
      var (clicked, pressed) = (before.ui, before.ui)
      let place = Place(row: region.row, column: region.columns.lowerBound)
      #expect(
        dispatch(.click(place), before.state, &clicked) == dispatch(key, before.state, &pressed))
      #expect(clicked.notice == pressed.notice && clicked.tab == pressed.tab)
      let line = shop.frame.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
      #expect(line.dropFirst(region.columns.lowerBound).hasPrefix(key.name + " "))
    }
    #expect(count > 1)
  }

  @Test("A click on a tab goes to it, but never types its number")
  func tabs() throws {
    var shop = Workshop(Sample.arranged)
    try click("[ConfigHub]", &shop)
    #expect(shop.ui.tab == .configHub)
    try click("[Cluster]", &shop)
    #expect(shop.ui.tab == .cluster)
    try click("[Import]", &shop)
    shop.press(.character("/"))
    try click("[Cluster]", &shop)
    #expect(shop.ui.tab == .importing && shop.ui.filter.isEmpty && shop.ui.isFiltering)
  }

  @Test("The wheel is three arrow keys, in lists and in texts")
  func wheel() {
    var shop = Workshop(Sample.arranged)
    let first = shop.ui.place(in: .review).cursor
    shop.press(.wheelDown)
    #expect(shop.ui.place(in: .review).cursor == first + 3)
    shop.press(.wheelUp, .wheelUp)
    #expect(shop.ui.place(in: .review).cursor == 0)
    #expect(shop.ui.notice == "This is the first row.")
    shop.size = Size(columns: 60, rows: 16)
    shop.press(.character("?"), .wheelDown)
    #expect(shop.ui.place(in: .help).cursor == 3)
  }

  @Test("Under a question and while a name is typed, rows take no click")
  func covered() throws {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.press(.character("e"))
    let cursor = shop.ui.place(in: .select).cursor
    try click("payment-fraud", &shop)
    #expect(shop.ui.place(in: .select).cursor == cursor && shop.ui.editing != nil)
    #expect(shop.ui.notice == "This has to be answered first; its keys are in the last line.")
    try click("esc leave", &shop)
    #expect(shop.ui.editing == nil)
    shop.press(.click(Place(row: 2, column: 70)))
    #expect(shop.ui.notice == "Rows, tabs and the keys of the last line can be clicked.")
  }

  @Test("It is off until M turns it on, which is remembered; what hinders it is said")
  func turnedOn() {
    var shop = Workshop(Sample.arranged)
    #expect(!shop.ui.takesMouse)
    shop.press(.character("M"))
    #expect(shop.ui.takesMouse)
    let preferences = shop.ui.preferences(shop.state)
    #expect(preferences.usesMouse && ViewState(preferences).takesMouse)
    shop.ui = ViewState(preferences)
    shop.ui.mouseHindrance = "--no-mouse was given."
    shop.press(.character("M"))
    #expect(!shop.ui.takesMouse && shop.ui.notice == "--no-mouse was given.")
    #expect(shop.ui.preferences(shop.state).usesMouse, "a flag changes nothing that is remembered")
  }
}
