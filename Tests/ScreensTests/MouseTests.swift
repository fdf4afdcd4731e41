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
    shop.press(.click(CellPosition(row: row, column: column)))
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
    // Narrow enough to have the names in the list alone.
    shop.size = Size(columns: 80, rows: 24)
    try click("payment-fraud", &shop)
    try click("payment-fraud", &shop)
    #expect(shop.state.step == .select, "the step does not go on")
    #expect(shop.ui.notice?.contains("last line") == true)
  }

  @Test("A click on a key that is named presses that key", arguments: Shot.all + Shot.wide)
  func keys(_ shot: Shot) {
    var shop = Workshop(shot.state)
    shop.ui = shot.ui
    shop.press(shot.keys)
    _ = shop.frame
    let before = shop
    let layout = shop.layout
    let lines = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
    var count = 0
    let keyLines = before.size.rows >= Metrics.rowsWithTwoKeyLines ? 2 : 1
    for region in layout.regions where region.row > 0 {
      guard case .key(let key) = region.target else { continue }
      count += 1
      var (clicked, pressed) = (before.ui, before.ui)
      let place = CellPosition(row: region.row, column: region.columns.lowerBound)
      #expect(
        press(.click(place), layout, before.state, &clicked)
          == press(key, layout, before.state, &pressed))
      #expect(clicked.notice == pressed.notice && clicked.tab == pressed.tab)
      let isInBox = region.row < before.size.rows - keyLines
      let text = lines[region.row].dropFirst(region.columns.lowerBound)
      #expect(text.hasPrefix(isInBox ? "[\(key.name)]" : key.name + " "))
      #expect(Binding.find(key, in: layout.focus) != nil)
    }
    #expect(count > 1)
  }

  @Test("Boxes can be answered with the mouse: resume, the panel, whether to leave")
  func boxes() throws {
    var shop = try prompt(Sample.session)
    try click("Delete & start new", &shop)
    #expect(shop.ui.isDeleteArmed)
    try click("[N]", &shop)
    #expect(shop.state.stage == .starting && !shop.ui.isDeleteArmed)

    shop = try prompt(Sample.session)
    shop.press(.character("2"))
    try click("[V] View", &shop)
    #expect(shop.ui.tab == .configHub && shop.ui.logPaths == Sample.session.logs)
    try click("Resume session", &shop)
    #expect(shop.ui.tab == .importing && shop.state.stage != .prompt(found(Sample.session)))

    shop = try prompt(Sample.session, .held("another"))
    try click("[2]", &shop)
    #expect(shop.ui.tab == .configHub)

    shop = Workshop(Sample.leaving)
    try click("Stay", &shop)
    #expect(!shop.state.isAskedToLeave)
  }

  @Test("What only looks like a key, in a name from elsewhere, is no button")
  func lookalikes() throws {
    var session = Sample.session
    session.cluster.context = "[N] New session"
    for name in ["[N] New session", "[D] Delete & start new"] {
      var shop = try prompt(session, .held("[D] Delete & start new"))
      shop.state.warnings = ["[N] New session was damaged"]
      let before = shop.state
      for row in 1..<38 {
        let line = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)[row]
        // The last one of the prompt is the real one.
        guard let at = line.firstRange(of: name)?.lowerBound, !line.contains("[1]") else {
          continue
        }
        let column = displayWidth(of: String(line[..<at]))
        shop.press(.click(CellPosition(row: row, column: column + 1)))
        #expect(shop.ui.notice?.contains("can be clicked") == true)
        #expect(shop.state == before && !shop.ui.isDeleteArmed)
      }
      #expect(shop.ui.notice != nil, "there was one to click on")
    }
  }

  private func found(
    _ session: Session, _ obstacle: FoundSession.Obstacle? = nil
  ) -> FoundSession {
    FoundSession(session: session, age: Age(seconds: 7200), obstacle: obstacle)
  }

  private func prompt(
    _ session: Session, _ obstacle: FoundSession.Obstacle? = nil
  ) throws -> Workshop {
    var state = Sample.state(at: Position(.worker, .connecting))
    state.stage = .prompt(found(session, obstacle))
    return Workshop(state)
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
    let first = shop.ui.position(in: .screen(.review)).cursor
    shop.press(.wheelDown)
    #expect(shop.ui.position(in: .screen(.review)).cursor == first + 3)
    shop.press(.wheelUp, .wheelUp)
    #expect(shop.ui.position(in: .screen(.review)).cursor == 0)
    #expect(shop.ui.notice == "This is the first row.")
    shop.size = Size(columns: 60, rows: 16)
    shop.press(.character("?"), .wheelDown)
    #expect(shop.ui.position(in: .layer(.help)).cursor == 3)
  }

  @Test("Under a question and while a name is typed, rows take no click")
  func covered() throws {
    var shop = Workshop(Sample.state(at: Position(.select)))
    shop.press(.character("e"))
    let cursor = shop.ui.position(in: .screen(.select)).cursor
    try click("payment-fraud", &shop)
    #expect(shop.ui.position(in: .screen(.select)).cursor == cursor && shop.ui.textEntry != nil)
    #expect(shop.ui.notice == "This has to be answered first; its keys are in the last line.")
    try click("esc leave", &shop)
    #expect(shop.ui.textEntry == nil)
    shop.press(.click(CellPosition(row: 2, column: 70)))
    #expect(shop.ui.notice == "Rows, tabs and the keys that are named can be clicked.")
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
    shop.ui.mouseObstacle = "--no-mouse was given."
    shop.press(.character("M"))
    #expect(!shop.ui.takesMouse && shop.ui.notice == "--no-mouse was given.")
    #expect(shop.ui.preferences(shop.state).usesMouse, "a flag changes nothing that is remembered")
  }
}
