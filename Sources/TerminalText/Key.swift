/// What a person did at the keyboard, or with the mouse.
public enum Key: Hashable, Sendable {
  case character(Character)
  /// A lower-case letter, held with ctrl.
  case control(Character)
  case enter, escape, tab, backtab, backspace, delete
  case up, down, left, right, pageUp, pageDown, home, end
  /// ctrl or alt with left or right.
  case wordLeft, wordRight
  /// Text that arrived at once, raw, with `\n` for every end of line.
  case paste(String)
  /// The first button of the mouse, pressed at a place.
  case click(CellPosition)
  /// The wheel of the mouse, by one notch.
  case wheelUp, wheelDown
  /// A key without a use here, by the name to tell the person, for example `F5`.
  case other(String)

  /// The name for a help text, for example `ctrl-r`.
  public var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): escaped(String(character))
    case .control(let letter): "ctrl-\(letter)"
    case .enter: "enter"
    case .escape: "esc"
    case .tab: "tab"
    case .backtab: "shift-tab"
    case .backspace: "backspace"
    case .delete: "del"
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "home"
    case .end: "end"
    case .wordLeft: "ctrl-left"
    case .wordRight: "ctrl-right"
    case .paste: "paste"
    case .click: "a click"
    case .wheelUp, .wheelDown: "the wheel"
    case .other(let name): name
    }
  }
}
