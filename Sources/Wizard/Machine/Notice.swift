/// What is said beside the problem of the step: a sentence, and what kind of one.
public enum Notice: Hashable, Sendable {
  /// What was asked for makes no sense here, and nothing was done.
  case refused(String)
  /// What was asked for is done.
  case done(String)
  /// Something to know that nobody asked for.
  case news(String)

  public var sentence: String {
    switch self {
    case .refused(let sentence), .done(let sentence), .news(let sentence): sentence
    }
  }
}
