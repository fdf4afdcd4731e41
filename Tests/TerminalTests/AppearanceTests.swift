import TerminalText
import Testing

@testable import Terminal

@Suite("Appearance")
struct AppearanceTests {
  private let tones: [Tone] = [.plain, .accent, .good, .warning, .bad, .muted]

  private static let palettes = [
    Palette.mono, Palette(count: 8, hasDim: true), Palette(count: 16, hasDim: true),
    Palette(count: 16, hasDim: false), Palette(count: 256, hasDim: true),
  ]

  @Test("Each number of colours has its own table")
  func colours() {
    #expect(Self.palettes.map(\.colours.count) == [0, 4, 4, 5, 4])
    let pairs = Self.palettes.map { palette in
      tones.map { Appearance(Style($0), palette).pair }
    }
    #expect(pairs[0] == [0, 0, 0, 0, 0, 0])
    #expect(pairs[1] == [0, 1, 2, 3, 4, 0] && pairs[2] == pairs[1])
    #expect(pairs[3] == [0, 1, 2, 3, 4, 5] && pairs[4] == pairs[1])
    #expect(Palette(count: 88, hasDim: false) == Self.palettes[3])
    #expect(Palette(count: 1 << 24, hasDim: true) == Self.palettes[1])
  }

  @Test("Without colours every tone that asks for attention differs from plain text")
  func monochrome() {
    for tone in tones { #expect(Appearance(Style(tone), .mono).pair == 0) }
    let looks = [Tone.plain, .accent, .warning, .bad, .muted].map {
      Appearance(Style($0), .mono).attributes
    }
    #expect(Set(looks).count == 5)
  }

  @Test("A style's own attributes are kept with every tone", arguments: 0..<5)
  func attributes(number: Int) {
    let palette = Self.palettes[number]
    for tone in tones {
      let style = Style(tone, bold: true, reversed: true, underlined: true)
      let appearance = Appearance(style, palette)
      #expect(appearance.isBold && appearance.isReversed && appearance.isUnderlined)
    }
    let bits = [
      Style(bold: true), Style(reversed: true), Style(underlined: true),
    ].map { Appearance($0, palette).attributes }
    #expect(Set(bits).count == 3 && bits.allSatisfy { $0.nonzeroBitCount == 1 })
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
