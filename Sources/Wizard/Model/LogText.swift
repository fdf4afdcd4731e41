/// A log file's name for people and its lines.
public struct LogText: Hashable, Sendable {
  public var name: String
  public var lines: [String]

  public init(name: String, lines: [String]) {
    self.name = name
    self.lines = lines
  }
}
