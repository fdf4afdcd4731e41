import CNcurses
import TerminalText

/// How a style looks on this terminal: attributes of curses, and one of its colour pairs (0 is none).
struct Appearance: Equatable {
  var isBold = false
  var isDim = false
  var isReversed = false
  var isUnderlined = false
  var pair: Int16 = 0

  /// The foreground colours of the pairs from 1 on; the background is always the terminal's own.
  static let colours = [COLOR_CYAN, COLOR_GREEN, COLOR_YELLOW, COLOR_RED]

  init(_ style: Style, inColour: Bool) {
    isBold = style.bold
    isDim = style.dimmed
    isReversed = style.reversed
    isUnderlined = style.underlined
    switch style.tone {
    case .plain: break
    // Dim and not the grey colour 8, which some palettes make the same as the background.
    case .muted: isDim = true
    case .accent: if inColour { pair = 1 } else { isBold = true }
    case .good: if inColour { pair = 2 }
    case .warning: if inColour { pair = 3 } else { isUnderlined = true }
    case .bad:
      if inColour {
        pair = 4
      } else {
        isBold = true
        isUnderlined = true
      }
    }
  }

  var attributes: attr_t {
    (isBold ? shim_bold : 0) | (isDim ? shim_dim : 0) | (isReversed ? shim_reverse : 0)
      | (isUnderlined ? shim_underline : 0)
  }
}
