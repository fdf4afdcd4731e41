import Documents
import TestWorld

/// Documents made of what is hard to write, the same for the same seed.
struct RandomValues {
  private var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  mutating func document() -> JSONValue { value(depth: 4) }

  private mutating func value(depth: Int) -> JSONValue {
    switch Int.random(in: depth > 0 ? 0..<16 : 0..<10, using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2:
      .integer(
        Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random))
    case 3: .number((Double.random(in: -1...1, using: &random) + 1.5) / 1e7)
    case 4..<10: .string(string())
    case 10..<13:
      .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in (string(), value(depth: depth - 1))
          },
          uniquingKeysWith: { $1 }))
    }
  }

  private mutating func string() -> String {
    let pieces = Bool.random(using: &random) ? Self.words : Self.characters
    return (0..<Int.random(in: 0...6, using: &random)).reduce(into: "") { text, _ in
      text.unicodeScalars += (pieces.randomElement(using: &random) ?? "").unicodeScalars
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
