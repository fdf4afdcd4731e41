import Testing

import TerminalText

@Suite("Width")
struct WidthTests {
  @Test(
    "Characters take the columns a terminal gives them",
    arguments: [
      ("a", 1), (" ", 1), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("\u{1B}", 0), ("\r\n", 0),
      ("世", 2), ("ア", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("\u{3000}", 2), ("😀", 2), ("⚠", 1), ("⚠\u{FE0F}", 2), ("✓", 1), ("○", 1), ("│", 1), ("…", 1),
      ("1\u{FE0F}\u{20E3}", 2), ("👍🏽", 2), ("☝🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🏳️‍🌈", 2), ("❤️‍🔥", 2), ("🇩🇪", 2),
      ("🇩", 1), ("क्ष", 2), ("का", 2), ("ก", 1), ("ก้", 1), ("𠀋", 2),
    ])
  func characters(text: String, columns: Int) throws {
    let character = try #require(text.first)
    #expect(text.count == 1)
    #expect(displayWidth(of: character) == columns)
  }

  @Test("A text is measured as it will be shown")
  func texts() {
    #expect(displayWidth(of: "") == 0)
    #expect(displayWidth(of: "shop 世界 👩‍👩‍👧‍👦!") == 13)
    #expect(displayWidth(of: "a\tb") == 4)
    #expect(displayWidth(of: "\u{202E}") == 8)
  }
}
