/// What a terminal has said about its colours.
struct Looks: Equatable, Sendable {
  var background: Colour?
  /// Of its own sixteen, those that it has told.
  var sixteen: [Int16: Colour] = [:]

  /// The colour of a number, as far as it is known: no theme changes those from 16 on.
  func colour(_ number: Int16) -> Colour? {
    switch number {
    case 0..<16: sixteen[number]
    case 16..<232: Self.level(number: Int(number) - 16)
    case 232..<256:
      Colour(UInt32(8 + 10 * (Int(number) - 232)) * 0x01_01_01)
    default: nil
    }
  }

  private static func level(number: Int) -> Colour {
    let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
    return Colour(
      levels[number / 36] << 16 | levels[number / 6 % 6] << 8 | levels[number % 6])
  }

  /// Takes an answer of the terminal's, without what it begins and ends with: `11;rgb:1e1e/1e1e/1e1e`
  /// for the background, `4;1;rgb:…` for one of the sixteen. Any other one is passed over.
  mutating func take(answer: String) {
    let parts = answer.split(separator: ";")
    guard let colour = parts.last.flatMap({ Colour(answer: $0) }) else { return }
    switch (String(parts[0]), parts.count) {
    case ("11", 2): background = colour
    case ("4", 3):
      guard let number = Int16(parts[1]), (0..<16).contains(number) else { return }
      sixteen[number] = colour
    default: break
    }
  }

  /// What asks for the background and for those of the sixteen that are used (OSC 11, OSC 4).
  static let question: String =
    "\u{1B}]11;?\u{1B}\\"
    + Set(Palette.tones.flatMap(Palette.candidates)).sorted().map {
      "\u{1B}]4;\($0);?\u{1B}\\"
    }.joined()
}
