import CNcurses
import TerminalText

/// How a style looks on this terminal: attributes of curses, and one of its colour pairs (0 is none).
struct Appearance: Equatable {
  var isBold = false
  var isDim = false
  var isReversed = false
  var isUnderlined = false
  var pair: Int16

  init(_ style: Style, _ palette: Palette) {
    isBold = style.bold
    isReversed = style.reversed
    isUnderlined = style.underlined
    pair = palette.pair(of: style.tone)
    guard pair == 0 else { return }
    switch style.tone {
    case .plain, .good: break
    case .muted: isDim = true
    case .accent: isBold = true
    case .warning: isUnderlined = true
    case .bad:
      isBold = true
      isUnderlined = true
    }
  }

  var attributes: attr_t {
    (isBold ? shim_bold : 0) | (isDim ? shim_dim : 0) | (isReversed ? shim_reverse : 0)
      | (isUnderlined ? shim_underline : 0)
  }
}
