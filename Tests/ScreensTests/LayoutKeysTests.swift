import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Keys that lay the units out")
struct LayoutKeysTests {
  private func shop(_ layout: Layout = .appSpace) -> Workshop {
    var state = Sample.state(at: Position(.select))
    if layout == .component { (state, _) = reduce(state, .setLayout(.component), at: sampleNow) }
    return Workshop(state)
  }

  @Test("Enter and space take the other layout, and what a unit holds; u takes it back")
  func switched() throws {
    for key in [Key.enter, .character(" ")] {
      var shop = shop()
      let before = try #require(shop.state.session.proposal)
      shop.press(.home, .down, .down, key)
      #expect(shop.state.session.proposal?.layout == .component)
      #expect(shop.frame.contains("Layout: one Space per component and variant"))
      #expect(shop.frame.contains("App Space: payment-team (worker and target)"))
      shop.press(.down, key)
      #expect(shop.state.session.proposal?.unitContents == .resource)
      #expect(shop.frame.contains("Units: one per object"))
      #expect(shop.state.session.proposal?.units.count == 4)
      shop.press(key, .up, key)
      #expect(shop.state.session.proposal?.layout == .appSpace)
      #expect(shop.state.session.proposal?.unitContents == .app)
      shop.press(.character("u"), .character("u"), .character("u"), .character("u"))
      #expect(shop.state.session.proposal == before)
    }
  }

  @Test("Where something is scaled, whose its replicas are is a choice, too")
  func replicas() {
    var state = Sample.state(at: Position(.select))
    let workloads = (state.session.scan?.workloads ?? []).map { workload in
      var workload = workload
      workload.belongings.append(
        ObjectReference(
          apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler",
          namespace: workload.key.namespace, name: workload.key.name))
      return workload
    }
    state.session.scan = ScanResult(namespaces: [], workloads: workloads)
    var shop = Workshop(state)
    #expect(shop.frame.contains("left to their autoscalers"))
    shop.press(.home, .down, .down, .down, .down, .character(" "))
    #expect(shop.state.session.proposal?.replicas == .unit)
    #expect(shop.frame.contains("as they are now"))
    shop.press(.enter)
    #expect(shop.state.session.proposal?.replicas == .autoscaler)
    let details = WorkloadDetails(workloads[0].key, state).lines.map(\.text)
    #expect(details.contains("Scaled by HorizontalPodAutoscaler \(workloads[0].key.name)"))
  }

  @Test("The cursor stands on the first unit, where enter goes on and space switches nothing")
  func cursor() {
    var shop = shop()
    let before = shop.state
    shop.press(.character(" "))
    #expect(shop.state == before && shop.ui.marks.count(on: .select) == 1)
    shop.press(.enter)
    #expect(shop.state.step == .connect)
  }

  @Test("A click on the row that the cursor is on does the same, on a name it edits that")
  func clicked() throws {
    var shop = shop()
    func click(_ text: String) throws {
      let rows = shop.frame.split(separator: "\n", omittingEmptySubsequences: false)
      let row = try #require(rows.firstIndex { $0.contains(text) })
      let click = Key.click(CellPosition(row: row, column: 20))
      shop.press(click, click)
    }
    try click("Layout: ")
    #expect(shop.state.session.proposal?.layout == .component)
    try click("Hub: ")
    #expect(shop.ui.textEntry?.subject == .hub)
  }

  @Test("A name is checked while it is typed: both its parts, and that no other unit has it")
  func names() throws {
    let shop = shop(.component)
    let units = try #require(shop.state.session.proposal?.units)
    let (one, other) = (units[0], units[1])
    func problem(_ subject: TextEntry.Subject, _ text: String) -> String? {
      TextEntry(subject, text).problem(in: shop.state)
    }
    #expect(problem(.unit(one.id), "new-space/new") == nil)
    #expect(problem(.unit(one.id), "new") == nil)
    for wrong in ["a b/c", "a/b c", "a/b/c", "/c", "a/", ""] {
      #expect(
        problem(.unit(one.id), wrong) == "SPACE/NAME, each of letters, digits, - _ and .",
        "\(wrong)")
    }
    #expect(problem(.unit(one.id), other.name) == "unit \(other.name) has this name already")
    #expect(problem(.unit(one.id), one.name) == nil)
    #expect(problem(.unit(one.id), "elsewhere/\(other.slug)") == nil)
    // Where all go to the App Space, a name has no parts.
    let plain = self.shop()
    let unit = try #require(plain.state.session.proposal?.units.first)
    #expect(
      TextEntry(.unit(unit.id), "a/b").problem(in: plain.state)
        == "letters, digits, - _ and .; at most 128")
  }

  @Test("The name is edited with its Space, which stands there")
  func edited() throws {
    var shop = shop(.component)
    let unit = try #require(shop.state.session.proposal?.units.first)
    shop.press(.character("e"))
    #expect(shop.ui.textEntry?.field.text == unit.name && unit.name.contains("/"))
  }

  @Test("Where to look in ConfigHub names the Spaces of the units, too")
  func whereToLook() throws {
    var shop = shop(.component)
    shop.state.session.hub = Sample.identity
    shop.press(.character("2"), .character("h"))
    #expect(
      shop.ui.notice
        == "Look at space payment-team and the 2 of the units on https://hub.confighub.com.")
  }

  @Test("What the worker delivers is told by the number of Spaces")
  func worker() {
    var shop = shop(.component)
    shop.state.session.position = Position(.worker, .choosing)
    shop.state.workers = []
    #expect(shop.frame.contains("A worker delivers the units of 2 Spaces."))
  }

  @Test("On plain lines a word takes the other one")
  func plain() {
    var reader = PlainReader(Sample.state(at: Position(.select)))
    #expect(reader.lines.contains("3. Layout: one App Space"))
    reader.type("switch 3")
    #expect(reader.lines.contains("3. Layout: one Space per component and variant"))
    reader.type("switch 4")
    #expect(reader.lines.contains("4. Units: one per object"))
    reader.type("switch 1")
    #expect(
      reader.lines.contains("Only Layout, Units, Replicas and Other objects are switched."))
  }

  @Test("What was chosen last is remembered, and kept by a run that came to no proposal")
  func remembered() {
    let proposed = self.shop()
    #expect(proposed.ui.preferences(proposed.state).layout == nil)
    let shop = shop(.component)
    #expect(shop.ui.preferences(shop.state).layout == .component)
    #expect(shop.ui.preferences(shop.state).unitContents == .app)
    var state = Sample.state(at: Position(.review))
    (state.answers.run.lastLayout, state.answers.run.lastUnitContents) = (.component, .resource)
    #expect(ViewState().preferences(state).layout == .component)
    #expect(ViewState().preferences(state).unitContents == .resource)
    state.answers.run.lastLayout = nil
    #expect(ViewState().preferences(state).layout == nil)
  }
}
