import TerminalText

/// The colours that a person wants for the tones.
public struct Skin: Equatable, Sendable {
  public enum Wish: Hashable, Sendable {
    /// As the terminal shows text by itself.
    case own
    /// One of its colours, by number.
    case number(Int16)
  }

  public var colours: [Tone: Wish]

  public init(_ colours: [Tone: Wish] = [:]) { self.colours = colours }

  /// The names of the sixteen, in their order.
  public static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]
}
