import TerminalText
import Testing

@testable import Terminal

@Suite("Appearance")
struct AppearanceTests {
  private let tones: [Tone] = [.plain, .accent, .good, .warning, .bad, .muted]

  @Test("Four tones have a colour of their own, the others none")
  func colours() {
    let pairs = tones.map { Appearance(Style($0), inColour: true).pair }
    #expect(pairs == [0, 1, 2, 3, 4, 0])
    #expect(Appearance.colours == [6, 2, 3, 1])
  }

  @Test("Without colours every tone that asks for attention differs from plain text")
  func monochrome() {
    for tone in tones { #expect(Appearance(Style(tone), inColour: false).pair == 0) }
    let looks = [Tone.plain, .accent, .warning, .bad, .muted].map {
      Appearance(Style($0), inColour: false).attributes
    }
    #expect(Set(looks).count == 5)
  }

  @Test("A style's own attributes are kept with every tone", arguments: [true, false])
  func attributes(inColour: Bool) {
    for tone in tones {
      let style = Style(tone, bold: true, reversed: true, underlined: true, dimmed: true)
      let appearance = Appearance(style, inColour: inColour)
      #expect(appearance.isBold && appearance.isDim)
      #expect(appearance.isReversed && appearance.isUnderlined)
    }
    let bits = [
      Style(bold: true), Style(dimmed: true), Style(reversed: true), Style(underlined: true),
    ].map { Appearance($0, inColour: inColour).attributes }
    #expect(Set(bits).count == 4 && bits.allSatisfy { $0.nonzeroBitCount == 1 })
  }

  @Test(
    "Waiting times do not get into what is written",
    arguments: [
      ("\u{1B}[m\u{F}$<2>", "\u{1B}[m\u{F}"), ("$<5/>a$<1.5*>b", "ab"), ("$a<b>", "$a<b>"),
      ("a$<", "a$<"), ("", ""),
    ])
  func padding(sequence: String, expected: String) {
    #expect(withoutPadding(Array(sequence.utf8)) == Array(expected.utf8))
  }
}
