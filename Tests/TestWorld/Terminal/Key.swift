/// What a person can type or paste at a terminal; a string literal is its characters, one by one.
public enum Key: Sendable, ExpressibleByStringLiteral {
  /// These characters, as typed.
  case text(String)
  /// This text, as the terminal's paste command sends it: marked as a paste if the program asked
  /// for marks.
  case paste(String)
  /// Control and a letter, or one of `@[\]^_?`.
  case ctrl(Character)
  case enter, escape, tab, backTab, backspace, delete, space
  case up, down, left, right, home, end, pageUp, pageDown

  public init(stringLiteral text: String) { self = .text(text) }

  /// The bytes xterm sends for the key, which depend on modes the program has set.
  func bytes(for terminal: TerminalEmulator) -> [UInt8] {
    func cursorKey(_ letter: String) -> String {
      (terminal.applicationCursorKeys ? "\u{1B}O" : "\u{1B}[") + letter
    }
    let text =
      switch self {
      case .text(let text): text
      case .paste(let text):
        // A terminal sends a pasted line's end as the enter key would.
        if terminal.bracketedPaste {
          "\u{1B}[200~\(text.replacing("\n", with: "\r"))\u{1B}[201~"
        } else {
          text.replacing("\n", with: "\r")
        }
      case .ctrl("?"): "\u{7F}"
      case .ctrl(let character):
        String(
          decoding: character.uppercased().utf8.map { $0 & 0x1F }, as: UTF8.self)
      case .enter: "\r"
      case .escape: "\u{1B}"
      case .tab: "\t"
      case .backTab: "\u{1B}[Z"
      case .backspace: "\u{7F}"
      case .delete: "\u{1B}[3~"
      case .space: " "
      case .up: cursorKey("A")
      case .down: cursorKey("B")
      case .right: cursorKey("C")
      case .left: cursorKey("D")
      case .home: cursorKey("H")
      case .end: cursorKey("F")
      case .pageUp: "\u{1B}[5~"
      case .pageDown: "\u{1B}[6~"
      }
    return Array(text.utf8)
  }
}
