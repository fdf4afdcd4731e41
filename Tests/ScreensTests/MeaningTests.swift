import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("Meaning without colour")
struct MeaningTests {
  private static let looks = [Look(glyphs: .unicode), Look(glyphs: .ascii)]

  /// What the screen shows, and the rows that it was made from.
  private func draw(_ shot: Shot, _ look: Look) -> (frame: [[Character]], layout: ScreenLayout) {
    var ui = shot.ui
    let size = Size(columns: 80, rows: 24)
    let layout = shot.played(size, look, &ui)
    let frame = Screens.draw(layout)
    let rows = (0..<size.rows).map { row in
      (0..<size.columns).compactMap { frame[row, $0]?.character }
    }
    return (rows, layout)
  }

  @Test("Every state of a row has a sign of its own in the text", arguments: [0, 1])
  func rows(_ look: Int) {
    var signs: [String: Set<Row.Mark?>] = [:]
    for shot in Shot.all + Shot.wide {
      let (lines, layout) = draw(shot, Self.looks[look])
      for region in layout.regions {
        guard case .row(let number) = region.target else { continue }
        signs[String(lines[region.row][3..<6]), default: []].insert(
          layout.visible.rows[number].mark)
      }
    }
    #expect(signs.count > 8)
    for (sign, marks) in signs { #expect(marks.count == 1, "\(sign): \(marks)") }
  }

  @Test("Done, current, to come and left out differ in the text of the steps", arguments: [0, 1])
  func steps(_ look: Int) {
    var signs: [Character: Set<String>] = [:]
    for shot in Shot.all {
      let session = shot.state.shownSession
      let words = String(draw(shot, Self.looks[look]).frame[1]).split(separator: "  ")
      for (step, word) in zip(Step.seven, words.map { $0.drop { $0 == " " } }) {
        #expect(word.contains(step.rawValue))
        let standing =
          step == session.position.step
          ? "current"
          : session.stepsSkipped.contains(step)
            ? "left out" : session.stepsCompleted.contains(step) ? "done" : "to come"
        if let sign = word.first { signs[sign, default: []].insert(standing) }
      }
    }
    #expect(signs.count > 2)
    for (sign, standings) in signs { #expect(standings.count == 1, "\(sign): \(standings)") }
  }

  @Test("The row under the cursor is the one with the sign of the cursor", arguments: [0, 1])
  func cursor(_ look: Int) {
    let glyph = Self.looks[look].glyphs.cursor
    for shot in Shot.all + Shot.wide {
      let (lines, layout) = draw(shot, Self.looks[look])
      for region in layout.regions {
        guard case .row(let number) = region.target else { continue }
        #expect(
          (String(lines[region.row][1]) == glyph) == (number == layout.visible.cursor),
          "\(shot.name)")
      }
    }
  }
}
