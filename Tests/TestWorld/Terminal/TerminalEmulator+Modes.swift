// Modes that are set and reset, and questions that are answered.
extension TerminalEmulator {
  mutating func switchMode(_ name: String, _ parameters: [[Int?]]) -> Bool {
    let modes = parameters.map { ($0.first ?? nil) ?? 0 }
    let on = name.hasSuffix("h")
    switch name {
    case "h", "l": return modes.map { setMode($0, on) }.allSatisfy { $0 }
    case "?h", "?l": return modes.map { setPrivateMode($0, on) }.allSatisfy { $0 }
    case "!p":
      insertMode = false
      autowrap = true
      cursorVisible = true
      applicationCursorKeys = false
      scrollRegion = 0...(rows - 1)
      cursor.style = TerminalStyle()
      cursor.drawingSets = [false, false]
      cursor.activeSet = 0
    case "t": return [22, 23].contains(modes.first)  // The title's stack: titles are not seen.
    case " q", "?c": break  // The cursor's shape; the second is the Linux console's.
    default: return false
    }
    return true
  }

  private mutating func setMode(_ mode: Int, _ on: Bool) -> Bool {
    switch mode {
    case 4: insertMode = on
    case 34: break  // The cursor's shape, in screen's cnorm and cvvis.
    default: return false
    }
    return true
  }

  private mutating func setPrivateMode(_ mode: Int, _ on: Bool) -> Bool {
    switch mode {
    case 1: applicationCursorKeys = on
    case 3, 4, 12, 1034: break  // 132 columns, smooth scrolling, blinking, meta key: not shown.
    case 5:
      if on && !reverseScreen { bells += 1 }
      reverseScreen = on
    case 7: autowrap = on
    case 69: return !on  // Left and right margins, which tput init takes away.
    case 25: cursorVisible = on
    case 47, 1047: showAlternateScreen(on, clearing: mode == 1047 && !on)
    case 1048: if on { savedCursor = cursor } else { restoreCursor() }
    case 1049:
      if on && !isAlternateScreen { savedCursor = cursor }
      let left = !on && isAlternateScreen
      showAlternateScreen(on, clearing: on)
      if left { restoreCursor() }
    case 1000, 1002, 1003, 1005, 1006, 1015:
      if on { mouseModes.insert(mode) } else { mouseModes.remove(mode) }
    case 2004: bracketedPaste = on
    case 1004: reportsFocus = on
    default: return false
    }
    return true
  }

  private mutating func showAlternateScreen(_ on: Bool, clearing: Bool) {
    guard on != isAlternateScreen else { return }
    if clearing && !on { grid = Self.blankGrid(columns, rows) }
    swap(&grid, &otherGrid)
    isAlternateScreen = on
    if on { alternateScreensTaken += 1 }
    if clearing && on {
      grid = Array(repeating: Array(repeating: erased, count: columns), count: rows)
    }
  }

  mutating func report(_ name: String, _ parameters: [[Int?]]) -> Bool {
    switch (name, number(parameters, 0, default: 0)) {
    case ("n", 5): reply("\u{1B}[0n")
    case ("n", 6): reply("\u{1B}[\(cursor.row + 1);\(cursor.column + 1)R")
    case ("c", 0): reply("\u{1B}[?1;2c")
    case (">c", 0): reply("\u{1B}[>0;0;0c")
    default: return false
    }
    return true
  }

  private mutating func reply(_ text: String) { replies += Array(text.utf8) }
}
