/// One character cell of a terminal.
public struct TerminalCell: Equatable, Sendable {
  /// The character with all that joins it; empty in the right half of a wide character.
  public var text: String
  /// How many columns it takes: 1, 2, or 0 in the right half of a wide character.
  public var width: Int
  /// How it is drawn.
  public var style: TerminalStyle

  static func blank(_ style: TerminalStyle = TerminalStyle()) -> TerminalCell {
    TerminalCell(text: " ", width: 1, style: style)
  }
}

/// The attributes and colours that SGR sequences set (ECMA-48 §8.3.117).
public struct TerminalStyle: Equatable, Sendable {
  /// A colour of a cell's text or background.
  public enum Color: Equatable, Sendable {
    /// The terminal's own.
    case standard
    /// One of the 256 of the palette.
    case indexed(Int)
    /// Red, green, blue, 0 to 255.
    case direct(Int, Int, Int)
  }

  public var bold = false
  public var dim = false
  public var italic = false
  public var underline = false
  public var blink = false
  public var reverse = false
  public var invisible = false
  public var crossedOut = false
  public var foreground = Color.standard
  public var background = Color.standard

  /// Whether a colour other than the terminal's own was chosen.
  public var isColored: Bool { foreground != .standard || background != .standard }

  /// Applies the parameters of one SGR sequence; answers the ones it does not know.
  mutating func apply(_ parameters: [[Int?]]) -> [Int] {
    var unknown: [Int] = []
    var rest = parameters[...]
    while let parameter = rest.popFirst() {
      let code = (parameter.first ?? nil) ?? 0
      switch code {
      case 38, 48:
        guard let color = Self.color(parameter, &rest) else {
          unknown.append(code)
          continue
        }
        if code == 38 { foreground = color } else { background = color }
      default:
        if !apply(code) { unknown.append(code) }
      }
    }
    return unknown
  }

  private mutating func apply(_ code: Int) -> Bool {
    switch code {
    case 0: self = TerminalStyle()
    case 1: bold = true
    case 2: dim = true
    case 3: italic = true
    case 4: underline = true
    case 5: blink = true
    case 7: reverse = true
    case 8: invisible = true
    case 9: crossedOut = true
    case 22: (bold, dim) = (false, false)
    case 23: italic = false
    case 24: underline = false
    case 25: blink = false
    case 27: reverse = false
    case 28: invisible = false
    case 29: crossedOut = false
    case 30...37: foreground = .indexed(code - 30)
    case 39: foreground = .standard
    case 40...47: background = .indexed(code - 40)
    case 49: background = .standard
    case 90...97: foreground = .indexed(code - 90 + 8)
    case 100...107: background = .indexed(code - 100 + 8)
    default: return false
    }
    return true
  }

  /// `38;5;N` and `38;2;R;G;B`, and the same with colons (where an empty colour space may come
  /// before the red).
  private static func color(_ parameter: [Int?], _ rest: inout ArraySlice<[Int?]>) -> Color? {
    var parts = parameter.dropFirst().map { $0 ?? 0 }
    if parts.isEmpty {
      guard let kind = rest.first?.first ?? nil else { return nil }
      let count = kind == 5 ? 2 : 4
      parts = rest.prefix(count).map { ($0.first ?? nil) ?? 0 }
      rest = rest.dropFirst(count)
    }
    if parts.count == 5, parts[0] == 2 { parts.remove(at: 1) }
    switch (parts.first, parts.count) {
    case (5, 2): return .indexed(parts[1])
    case (2, 4): return .direct(parts[1], parts[2], parts[3])
    default: return nil
    }
  }
}
