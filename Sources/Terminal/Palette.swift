import CNcurses
import TerminalText

/// The colours of the tones on one terminal; the background is always the terminal's own, light or
/// dark, and no tone is told by its colour alone.
struct Palette: Equatable {
  /// The foreground of the colour pairs from 1 on, in the order accent, good, warning, bad, muted.
  let colours: [Int16]

  /// No colours, or none wanted.
  static let mono = Palette(count: 0, hasDim: true)

  /// - Parameters:
  ///   - count: how many colours the terminal has.
  ///   - hasDim: whether it can show text dim.
  init(count: Int, hasDim: Bool) {
    let usual = [COLOR_CYAN, COLOR_GREEN, COLOR_YELLOW, COLOR_RED].map { Int16($0) }
    switch count {
    case ..<8: colours = []
    case 8..<16: colours = usual
    // The bright ones cannot be read on white. Of these only the grey is of use, and where there is
    // dim not even that: some themes make it the same as the background.
    case 16..<256: colours = hasDim ? usual : usual + [8]
    // No theme changes these; each is dark enough for white and light enough for black.
    case 256: colours = [31, 28, 130, 160, 243]
    // Of direct colours (xterm-direct), a number is red, green and blue, but for the first eight.
    default: colours = usual
    }
  }

  /// The pair of a tone; 0 where it has no colour.
  func pair(of tone: Tone) -> Int16 {
    let number: Int16 =
      switch tone {
      case .plain: 0
      case .accent: 1
      case .good: 2
      case .warning: 3
      case .bad: 4
      case .muted: 5
      }
    return number <= colours.count ? number : 0
  }
}
