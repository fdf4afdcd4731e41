/// Repeatable random texts out of everything that makes widths and escapes hard.
struct RandomText {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private static let pieces: [String] =
    ["a", "B", "7", "#", " ", "-", "é", "e\u{301}", "世", "界", "한", "\u{1112}\u{1161}\u{11AB}"]
    + ["⚠", "⚠\u{FE0F}", "1\u{FE0F}\u{20E3}", "😀", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇩", "क्ष", "ا", "א"]
    + ["\u{200D}", "\u{FE0F}", "\u{FE0E}", "\u{301}", "\u{20E3}", "🏽", "\u{1161}", "\u{0D4E}"]
    + ["\u{1B}", "\n", "\t", "\r\n", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{2028}"]
    + ["\u{E0041}", "\u{FEFF}", "\u{E000}", "\u{FFFF}", "\u{3000}", "\u{A0}", "\u{10FFFF}"]

  mutating func next() -> String {
    let length = number(below: 24)
    return (0..<length).map { _ in Self.pieces[number(below: Self.pieces.count)] }.joined()
  }

  /// SplitMix64.
  mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
