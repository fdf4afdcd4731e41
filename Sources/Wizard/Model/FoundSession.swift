/// A session that was found on disk, and how trustworthy it looks.
public struct FoundSession: Hashable, Sendable {
  /// Perhaps without its workloads and units: opening it reads them.
  public var session: Session
  /// What is told of it before that.
  public var header: SessionHeader
  /// Since it was last saved.
  public var age: Age
  /// Why it can be looked at but not resumed, as a sentence.
  public var obstacle: Obstacle?
  /// Sound, but not as this program wrote it: whether to take it is a person's choice.
  public var isEditedByHand: Bool
  /// It was looked for by the context given, and is of its cluster, whatever it calls that.
  public var isOfContextGiven: Bool

  public init(
    session: Session, header: SessionHeader? = nil, age: Age, obstacle: Obstacle? = nil,
    isEditedByHand: Bool = false, isOfContextGiven: Bool = false
  ) {
    self.session = session
    self.header = header ?? SessionHeader(session)
    self.age = age
    self.obstacle = obstacle
    self.isEditedByHand = isEditedByHand
    self.isOfContextGiven = isOfContextGiven
  }

  public enum Obstacle: Hashable, Sendable {
    /// Another map-import has it open; who and since when.
    case held(String)
    /// A later version wrote it.
    case newer(String)

    public var sentence: String {
      switch self {
      case .held(let holder): "It is open in another map-import: \(holder)."
      case .newer(let version): "A later version of map-import (\(version)) wrote it."
      }
    }
  }
}
