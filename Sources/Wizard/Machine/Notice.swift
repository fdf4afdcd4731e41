/// What is said beside the problem of the step.
public struct Notice: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// What was asked for makes no sense here, and nothing was done.
    case refused
    /// What was asked for is done.
    case done
    /// Something to know that nobody asked for.
    case news
  }

  public let kind: Kind
  public let sentence: String
  public let ways: [Way]

  init(_ kind: Kind, _ sentence: String, _ ways: [Way] = []) {
    self.kind = kind
    self.sentence = sentence
    self.ways = ways
  }
}
