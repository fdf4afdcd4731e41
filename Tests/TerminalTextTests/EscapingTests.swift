import Testing

import TerminalText

@Suite("Escaping")
struct EscapingTests {
  @Test("Every C0 control, DEL and C1 control has a visible form", arguments: [0...31, 127...159])
  func controls(range: ClosedRange<UInt8>) {
    for value in range {
      let control = Unicode.Scalar(value)
      let expected =
        switch value {
        case 0x7F: "^?"
        case 0x80...: "\\u{\(String(value, radix: 16))}"
        default: "^" + String(Unicode.Scalar(value + 64))
        }
      #expect(escaped(String(control)) == expected)
      #expect(escaped("a\(control)b") == "a\(expected)b")
    }
  }

  @Test(
    "What hides or reorders text is shown by number",
    arguments: [
      0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
      0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2064, 0x2066, 0x2067, 0x2068,
      0x2069, 0x206A, 0x3164, 0xFE00, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF,
      0xE000, 0x378, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xF0000, 0x10FFFF,
    ] as [UInt32])
  func hidden(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let expected = "\\u{\(String(value, radix: 16))}"
    #expect(escaped(String(scalar)) == expected)
    #expect(escaped("shop\(scalar)api") == "shop\(expected)api")
    #expect(escaped("世\(scalar)界") == "世\(expected)界")
  }

  @Test("A carriage return with a line feed is two controls")
  func lineEnds() {
    #expect(escaped("one\r\ntwo\tthree\n") == "one^M^Jtwo^Ithree^J")
  }

  @Test("An attempt to set the title is only text")
  func sequence() {
    #expect(escaped("\u{1B}]0;owned\u{7}\u{9B}2J") == "^[]0;owned^G\\u{9b}2J")
  }

  @Test(
    "Plain text of any script stays as it is",
    arguments: [
      "", "payments/api-v2", "naïve café", "e\u{301}", "世界", "한국어", "\u{1112}\u{1161}\u{11AB}",
      "Zażółć", "привет", "עברית", "العربية", "हिन्दी क्ष", "ไทย น้ำ", "a\u{A0}b", "\\u{202e}", "^[",
      "│├─", "✓ ▸ ○ ✗ ⚠ …",
    ])
  func plain(text: String) {
    #expect(escaped(text) == text)
  }

  @Test(
    "Emoji sequences stay whole",
    arguments: [
      "😀", "⚠\u{FE0F}", "⌚\u{FE0E}", "1\u{FE0F}\u{20E3}", "👍🏽", "☝🏿", "👩‍👩‍👧‍👦", "🏳️‍🌈", "❤️‍🔥",
      "🧑🏻‍❤️‍💋‍🧑🏼", "🇩🇪🇫🇷",
    ])
  func emoji(text: String) {
    #expect(escaped("a\(text)b") == "a\(text)b")
  }

  @Test("A joiner that joins no two emoji is shown")
  func strayJoiners() {
    #expect(escaped("😀\u{200D}") == "😀\\u{200d}")
    #expect(escaped("😀\u{200D}a") == "😀\\u{200d}a")
    #expect(escaped("a\u{200D}😀") == "a\\u{200d}😀")
    #expect(escaped("1\u{200D}2") == "1\\u{200d}2")
    #expect(escaped("क्\u{200D}ष") == "क्\\u{200d}ष")
    #expect(escaped("😀\u{FE0F}\u{FE0F}") == "😀\u{FE0F}\\u{fe0f}")
  }

  @Test("A mark without a letter is shown")
  func strayMarks() {
    #expect(escaped("\u{301}a") == "\\u{301}a")
    #expect(escaped("\u{1B}\u{301}") == "^[\\u{301}")
    #expect(escaped("\u{1161}") == "\\u{1161}")
  }

  @Test("A pile of marks is shown from the twelfth scalar on")
  func piles() {
    let marks = String(repeating: "\u{301}", count: 14)
    let kept = "e" + String(repeating: "\u{301}", count: 11)
    #expect(escaped("e" + marks) == kept + "\\u{301}\\u{301}\\u{301}")
    let family = Array(repeating: "👩", count: 40).joined(separator: "\u{200D}")
    #expect(displayWidth(of: family) > 12)
  }

  @Test(
    "Bytes that are not UTF-8 are shown one by one",
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xffb"),
      ([0xC3, 0xA9], "é"),
      ([0xC3], "\\xc3"),
      ([0xC0, 0xAF], "\\xc0\\xaf"),
      ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
      ([0xF0, 0x9F, 0x98, 0x41], "\\xf0\\x9f\\x98A"),
      ([0xF0, 0x9F, 0x61, 0xFF], "\\xf0\\x9fa\\xff"),
      ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
      ([0x0A, 0x80, 0x1B, 0x5B], "^J\\x80^[["),
      ([0xC2, 0x9B], "\\u{9b}"),
      ([0xEF, 0xBB, 0xBF, 0x61], "\\u{feff}a"),
      ([], ""),
    ] as [([UInt8], String)])
  func bytes(input: [UInt8], expected: String) {
    #expect(escaped(bytes: input) == expected)
  }

  @Test("Whatever comes, escaping leaves nothing a terminal would obey, and is done once")
  func anything() {
    var texts = RandomText(seed: 1)
    for _ in 0..<3000 {
      let text = texts.next()
      let shown = escaped(text)
      #expect(escaped(shown) == shown)
      #expect(escaped(bytes: text.utf8) == shown)
      for character in shown {
        #expect(displayWidth(of: character) > 0, "\(shown.unicodeScalars.map(\.value))")
      }
      for scalar in shown.unicodeScalars {
        let properties = scalar.properties
        #expect(!obeyed.contains(properties.generalCategory) || scalar == "\u{200D}")
        #expect(!properties.isDefaultIgnorableCodePoint || shapingEmoji.contains(scalar))
      }
    }
  }

  private let obeyed: Set<Unicode.GeneralCategory> = [
    .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
  ]
  private let shapingEmoji: Set<Unicode.Scalar> = ["\u{200D}", "\u{FE0E}", "\u{FE0F}"]
}
