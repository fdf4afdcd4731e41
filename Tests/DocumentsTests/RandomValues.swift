import Documents

/// Documents made of what is hard to write, the same for the same seed (SplitMix64).
struct RandomValues: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func document() -> JSONValue { value(depth: 4) }

  private mutating func value(depth: Int) -> JSONValue {
    switch Int.random(in: depth > 0 ? 0..<16 : 0..<10, using: &self) {
    case 0: .null
    case 1: .bool(Bool.random(using: &self))
    case 2:
      .integer(
        Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0...63, using: &self))
    case 3: .number((Double.random(in: -1...1, using: &self) + 1.5) / 1e7)
    case 4..<10: .string(string())
    case 10..<13:
      .array((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0...4, using: &self)).map { _ in (string(), value(depth: depth - 1))
          },
          uniquingKeysWith: { $1 }))
    }
  }

  private mutating func string() -> String {
    let pieces = Bool.random(using: &self) ? Self.words : Self.characters
    return (0..<Int.random(in: 0...6, using: &self)).reduce(into: "") { text, _ in
      text.unicodeScalars += (pieces.randomElement(using: &self) ?? "").unicodeScalars
    }
  }

  private static let words = [
    "no", "yes", "y", "null", "~", "1e3", "0777", "0x1F", "12:30", ".inf", "2001-01-01", "=", "<<",
    "- ", "-", "--", "---", "...", "# ", " #", ": ", ":", "a", "word", "100m", "\n", "\n", "\n",
    " ", "  ", "line\n", " line\n", "line \n", "|", ">", "%", "@", "!", "&", "*", "?", "? ",
  ]
  private static let characters = [
    "a", "b", "E", "0", "1", ".", "-", "+", "_", ":", "#", "\"", "'", "\\", "{", "}", "[", "]", ",",
    " ", "\n", "\t", "\r", "\u{0}", "\u{1b}", "\u{7f}", "\u{85}", "\u{a0}", "\u{200b}", "\u{2028}",
    "\u{feff}", "\u{ffff}", "\u{301}", "é", "日", "😀", "\u{10ffff}",
  ]
}
