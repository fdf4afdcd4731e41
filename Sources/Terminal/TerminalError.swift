/// Why the terminal cannot be used, as a sentence for a person.
public struct TerminalError: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
