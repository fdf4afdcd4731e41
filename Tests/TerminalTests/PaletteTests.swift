import TerminalText
import Testing

@testable import Terminal

/// A terminal's colours as its theme has them.
private struct Theme: Sendable, CustomTestStringConvertible {
  let name: String
  let background: UInt32
  let sixteen: [UInt32]

  var testDescription: String { name }

  var looks: Looks {
    Looks(
      background: Colour(background),
      sixteen: Dictionary(
        uniqueKeysWithValues: sixteen.enumerated().map { (Int16($0), Colour($1)) }))
  }

  private static let xterm: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]
  private static let solarized: [UInt32] = [
    0x073642, 0xDC322F, 0x859900, 0xB58900, 0x268BD2, 0xD33682, 0x2AA198, 0xEEE8D5,
    0x002B36, 0xCB4B16, 0x586E75, 0x657B83, 0x839496, 0x6C71C4, 0x93A1A1, 0xFDF6E3,
  ]
  private static let gruvboxDark: [UInt32] = [
    0x282828, 0xCC241D, 0x98971A, 0xD79921, 0x458588, 0xB16286, 0x689D6A, 0xA89984,
    0x928374, 0xFB4934, 0xB8BB26, 0xFABD2F, 0x83A598, 0xD3869B, 0x8EC07C, 0xEBDBB2,
  ]
  private static let gruvboxLight: [UInt32] = [
    0xFBF1C7, 0xCC241D, 0x98971A, 0xD79921, 0x458588, 0xB16286, 0x689D6A, 0x7C6F64,
    0x928374, 0x9D0006, 0x79740E, 0xB57614, 0x076678, 0x8F3F71, 0x427B58, 0x3C3836,
  ]
  private static let editor: [UInt32] = [
    0x000000, 0xCD3131, 0x0DBC79, 0xE5E510, 0x2472C8, 0xBC3FBC, 0x11A8CD, 0xE5E5E5,
    0x666666, 0xF14C4C, 0x23D18B, 0xF5F543, 0x3B8EEA, 0xD670D6, 0x29B8DB, 0xE5E5E5,
  ]

  static let all = [
    Theme(name: "white", background: 0xFFFFFF, sixteen: xterm),
    Theme(name: "black", background: 0x000000, sixteen: xterm),
    Theme(name: "solarized dark", background: 0x002B36, sixteen: solarized),
    Theme(name: "solarized light", background: 0xFDF6E3, sixteen: solarized),
    Theme(name: "gruvbox dark", background: 0x282828, sixteen: gruvboxDark),
    Theme(name: "gruvbox light", background: 0xFBF1C7, sixteen: gruvboxLight),
    Theme(name: "#1e1e1e", background: 0x1E1E1E, sixteen: editor),
  ]
}

@Suite("The palette")
struct PaletteTests {
  @Test("Contrast is what WCAG computes")
  func contrast() {
    #expect(abs(Colour(0xFFFFFF).contrast(with: Colour(0x000000)) - 21) < 0.01)
    #expect(abs(Colour(0x767676).contrast(with: Colour(0xFFFFFF)) - 4.54) < 0.01)
    #expect(Colour(0x777777).contrast(with: Colour(0xFFFFFF)) < 4.5)
  }

  @Test(
    "Every tone can be read on the background that the terminal tells", arguments: Theme.all)
  private func readable(_ theme: Theme) throws {
    let own = Palette(count: 256, hasDim: true, looks: theme.looks)
    let alone = Palette(
      count: 256, hasDim: true, looks: Looks(background: Colour(theme.background)))
    for tone in Palette.tones {
      for palette in [own, alone] {
        let number = try #require(palette.colours[tone], "\(tone)")
        let colour = try #require(theme.looks.colour(number))
        let contrast = colour.contrast(with: Colour(theme.background))
        #expect(contrast >= 4.5, "\(tone) as \(number): \(contrast)")
        #expect((tone == .muted) == colour.isGrey, "\(tone) as \(number)")
      }
    }
    // With sixteen colours, what cannot be read has none.
    let sixteen = Palette(count: 16, hasDim: true, looks: theme.looks)
    for number in sixteen.colours.values {
      let contrast = theme.looks.colour(number)?.contrast(with: Colour(theme.background)) ?? 0
      #expect(number < 16 && contrast >= 4.5, "\(number): \(contrast)")
    }
  }

  @Test(
    "The terminal's own sixteen are taken as long as nothing is known, and where they can be read")
  func own() {
    let usual: [Tone: Int16] = [.accent: 6, .good: 2, .warning: 3, .bad: 1]
    for count in [8, 16, 256, 1 << 24] {
      #expect(Palette(count: count, hasDim: true).colours == usual, "\(count)")
    }
    let black = Palette(count: 256, hasDim: true, looks: Theme.all[1].looks)
    #expect(black.colours[.good] == 2 && black.colours[.bad] == 9)
  }

  @Test("A skin wins, also over what can be read best")
  func skin() {
    let skin = Skin([.good: .number(5), .bad: .own, .muted: .number(300)])
    let palette = Palette(count: 256, hasDim: true, looks: Theme.all[1].looks, skin: skin)
    #expect(palette.colours[.good] == 5 && palette.colours[.bad] == nil)
    #expect(palette.colours[.muted] != 300 && palette.pair(of: .bad) == 0)
  }

  @Test(
    "Answers of terminals are understood",
    arguments: [
      ("11;rgb:1e1e/1e1e/1e1e", 0x1E1E1E as UInt32), ("11;rgb:ff/ff/ff", 0xFFFFFF),
      ("11;rgb:0/0/0", 0x000000),
    ])
  func answers(_ answer: String, _ colour: UInt32) throws {
    var looks = Looks()
    looks.take(answer: answer)
    let background = try #require(looks.background)
    #expect(abs(background.luminance - Colour(colour).luminance) < 0.001)
    looks.take(answer: "4;1;rgb:dcdc/3232/2f2f")
    #expect(looks.sixteen[1] != nil && looks.sixteen.count == 1)
    for other in ["", "11", "11;rgb:1/2", "11;#123456", "4;99;rgb:0/0/0", "11;rgb:x/y/z", "52;c;"] {
      let before = looks
      looks.take(answer: other)
      #expect(looks == before, "\(other)")
    }
  }
}
