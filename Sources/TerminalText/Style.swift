/// What a piece of text means; the terminal decides which colour or attribute that is.
public enum Tone: Sendable { case plain, accent, good, warning, bad, muted }

/// How a cell looks, in terms that hold with and without colours.
public struct Style: Hashable, Sendable {
  public var tone: Tone
  public var bold: Bool
  public var reversed: Bool
  public var underlined: Bool

  /// As the terminal shows text by itself.
  public static let plain = Style()

  public init(
    _ tone: Tone = .plain, bold: Bool = false, reversed: Bool = false, underlined: Bool = false
  ) {
    self.tone = tone
    self.bold = bold
    self.reversed = reversed
    self.underlined = underlined
  }
}
