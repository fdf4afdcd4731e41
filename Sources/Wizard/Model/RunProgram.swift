/// A program that was run, for a person to learn from: without secrets.
public struct RunProgram: Hashable, Sendable {
  /// Its name and what it was given, each quoted for a shell.
  public var words: [String]
  /// How it ended, and how long it took: `exit 0, 0.2 s`.
  public var ending: String

  public init(words: [String], ending: String) {
    self.words = words
    self.ending = ending
  }
}
