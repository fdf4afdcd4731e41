import Screens
import TerminalText
import struct TestWorld.Seeded
import enum TestWorld.Sweep
import Testing
import Wizard

/// Somebody who presses anything, anywhere, in windows of any size, while effects end as they may.
struct RandomKeys {
  var run: WizardRun
  var world: SimulatedWorld
  var ui = ViewState()
  private var random: Seeded
  private(set) var keys = 0
  /// What went wrong, each with how it came about.
  private(set) var complaints: [String] = []
  private var size = Size(columns: 80, rows: 24)
  private var recent: [String] = []
  private let theme = Theme(glyphs: .unicode)

  init(_ place: Place, seed: UInt64) {
    (run, world) = place.arrive(workloads: 12)
    random = Seeded(seed)
  }

  static let all: [Key] =
    "abcdefghijklmnopqrstuvwxyzABDEGHIKLMNORSTUVWX123?/[] :=é日".map { .character($0) } + [
      .enter, .escape, .tab, .backtab, .backspace, .delete, .up, .down, .left, .right, .pageUp,
      .pageDown, .home, .end, .wordLeft, .wordRight, .control("a"), .control("r"), .control("l"),
      .control("z"), .control("u"), .control("w"), .control("x"), .paste("owner:flux"),
      .other("F5"), .wheelUp, .wheelDown,
    ] + clicks

  private static let clicks: [Key] = [(0, 75), (5, 5), (7, 9), (9, 20), (15, 2), (23, 2)].map {
    .click(TerminalText.CellPosition(row: $0.0, column: $0.1))
  }

  mutating func press(_ count: Int) {
    for _ in 0..<count where run.left == nil {
      if random.below(12) == 0 {
        size = Size(columns: 60 + random.below(100), rows: 16 + random.below(40))
      }
      let key = Self.all[random.below(Self.all.count)]
      // Who leaves all the time gets nowhere.
      if key == .character("q"), random.below(10) > 0 { continue }
      press(key)
      answer()
    }
  }

  private mutating func press(_ key: Key) {
    keys += 1
    // An answer that stands from an earlier key does not hide that this one has none.
    ui.seenNotices = run.state.noticeCount
    ui.notice = nil
    let layout = layout()
    let before = draw(layout)
    let state = run.state
    // In a text, a key that has nothing to delete or nowhere to go is understood.
    let isTyping = Focus(state, ui).isText
    recent = recent.suffix(12) + [key.name]
    let intent = Screens.press(key, layout, run.state, &ui)
    if case .event(let event) = intent { run.send(event) }
    let after = draw(self.layout())
    let isSilent: Bool
    switch intent {
    case .nothing, .event:
      isSilent =
        run.state.noticeCount == state.noticeCount && ui.notice == nil && after == before
        && (intent == .nothing || run.state == state) && !isTyping
    case .viewLog:
      ui.log = .init(name: "log", lines: (0..<50).map { "line \($0)" })
      isSilent = false
    case .viewCommands:
      ui.show(EquivalentCommand(run.state), [], columns: size.columns)
      isSilent = false
    case .suspend, .redraw, .viewWorkerLog, .writeReport, .openPager, .editProposal,
      .offer, .copy:
      isSilent = false
    }
    if isSilent {
      complaints.append(
        "\(key.name) says nothing at \(run.state.session.position.text) on \(ui.tab.rawValue), "
          + "after \(recent.joined(separator: " "))")
    }
    if after.size != size { complaints.append("the frame is \(after.size), not \(size)") }
    if let cursor = after.cursor, after[cursor.row, cursor.column] == nil {
      complaints.append("the cursor is outside at \(cursor), after \(recent)")
    }
  }

  private mutating func layout() -> ScreenLayout {
    Screens.layout(run.state, &ui, size: size, theme: theme)
  }

  /// Sometimes something ends, well or badly; or more workloads arrive.
  private mutating func answer() {
    guard random.below(3) == 0, let effect = run.pending.first else { return }
    if effect.work.sort == .scan, random.below(2) == 0 {
      return run.send(.found(effect.id, [.sample(random.below(1000))]))
    }
    let fates = Fate.all(of: effect.work.sort)
    let fate = random.below(4) == 0 ? fates[random.below(fates.count)] : .done
    // Other people's locks end a run at once, which would end the test, too.
    if case .broken(.held) = fate { return }
    if case .brokenAfter(.held) = fate { return }
    run.answer(effect, in: &world, as: fate)
  }
}

@Test(
  "Whatever is pressed wherever, nothing breaks, nothing is lost, and every key is answered",
  arguments: Place.allCases.filter { ![.left, .leaving].contains($0) })
func anyKey(_ place: Place) {
  var keys = 0
  for seed in 0..<(Sweep.isFull ? 200 : 2) as Range<UInt64> {
    var person = RandomKeys(
      place, seed: seed &+ UInt64(truncatingIfNeeded: place.rawValue.count) << 8)
    person.press(200)
    keys += person.keys
    #expect(person.complaints.prefix(3) == [])
    #expect(person.run.violations == [])
  }
  #expect(keys > 20)
}
