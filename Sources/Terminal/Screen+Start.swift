import CNcurses
import Glibc
import TerminalText

extension Screen {
  static func startCurses() throws(TerminalError) {
    guard withoutCursesHandlers({ shim_newterm() }) != nil else {
      let type = getenv("TERM").map { String(cString: $0) } ?? ""
      let reason =
        type.isEmpty
        ? "TERM is not set, so the terminal's type is not known"
        : "The terminal type \(escaped(type)) is not known to this system"
      throw TerminalError("\(reason): set TERM to one that is, for example xterm-256color.")
    }
    guard capability("cup") != nil else {
      endwin()
      throw TerminalError(
        "This terminal cannot be drawn on: its type has no way to place the cursor.")
    }
    if getenv("ESCDELAY") == nil { set_escdelay(25) }
    raw()
    noecho()
    nonl()
    nodelay(shim_screen(), true)
    keypad(shim_screen(), true)
    // Else a drawing is left half done when keys arrive meanwhile.
    typeahead(-1)
  }

  /// None where colours would need a background of ours.
  static func startColours(_ skin: Skin) -> Palette {
    guard has_colors(), start_color() == OK, use_default_colors() == OK else { return .mono }
    return colours(Looks(), skin)
  }

  /// Takes the colours that suit the looks; what is on the screen changes with them.
  static func colours(_ looks: Looks, _ skin: Skin) -> Palette {
    let palette = Palette(
      count: Int(shim_colours()), hasDim: capability("dim") != nil, looks: looks, skin: skin)
    for tone in Palette.tones {
      if let colour = palette.colours[tone] { init_pair(palette.pair(of: tone), colour, -1) }
    }
    return palette
  }

  static func defineKeys(withPaste: Bool) {
    if withPaste {
      define_key("\u{1B}[200~", KeyDecoder.pasteStart)
      define_key("\u{1B}[201~", KeyDecoder.pasteEnd)
    }
    define_key("\u{1B}[I", KeyDecoder.lookedAt)
    define_key("\u{1B}[O", KeyDecoder.lookedAway)
    for modifier in ["3", "5"] {
      define_key("\u{1B}[1;\(modifier)D", KeyDecoder.wordLeft)
      define_key("\u{1B}[1;\(modifier)C", KeyDecoder.wordRight)
    }
    // Terminals that take no notice of being switched to the keypad's own sequences.
    let plain = [
      ("A", KEY_UP), ("B", KEY_DOWN), ("C", KEY_RIGHT), ("D", KEY_LEFT), ("H", KEY_HOME),
      ("F", KEY_END), ("Z", KEY_BTAB), ("3~", KEY_DC), ("5~", KEY_PPAGE), ("6~", KEY_NPAGE),
    ]
    for (final, code) in plain where key_defined("\u{1B}[\(final)") == 0 {
      define_key("\u{1B}[\(final)", code)
    }
  }

  /// Curses sets handlers that are not safe at any moment; the signals are read from a queue instead.
  private static func withoutCursesHandlers<T>(_ body: () -> T) -> T {
    let old = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH].map { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return (signal, action)
    }
    defer { FatalSignalHandler.uninstall(old) }
    return body()
  }
}
