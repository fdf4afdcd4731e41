import TestWorld

/// Repeatable random texts out of everything that makes widths and escapes hard.
struct RandomText {
  var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  private static let pieces: [String] =
    ["a", "B", "7", "#", " ", "-", "é", "e\u{301}", "世", "界", "한", "\u{1112}\u{1161}\u{11AB}"]
    + ["⚠", "⚠\u{FE0F}", "1\u{FE0F}\u{20E3}", "😀", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇩", "क्ष", "ا", "א"]
    + ["\u{200D}", "\u{FE0F}", "\u{FE0E}", "\u{301}", "\u{20E3}", "🏽", "\u{1161}", "\u{0D4E}"]
    + ["\u{1B}", "\n", "\t", "\r\n", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{2028}"]
    + ["\u{E0041}", "\u{FEFF}", "\u{E000}", "\u{FFFF}", "\u{3000}", "\u{A0}", "\u{10FFFF}"]

  mutating func next() -> String {
    let length = random.below(24)
    return (0..<length).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
  }
}
