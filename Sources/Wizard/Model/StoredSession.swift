/// A session that is kept, as far as a list of them tells.
public struct StoredSession: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    case active
    /// Under that day.
    case archived(day: String)
    /// It could not be read and was moved away.
    case corrupt
  }

  /// An earlier state of the session, which can be restored.
  public struct Generation: Hashable, Sendable {
    public var number: Int
    public var savedAt: Timestamp?
    /// Why it cannot be used.
    public var problem: String?

    public init(number: Int, savedAt: Timestamp?, problem: String? = nil) {
      self.number = number
      self.savedAt = savedAt
      self.problem = problem
    }
  }

  public var id: String
  public var place: Place
  /// `nil` where that is not told.
  public var status: SessionStatus?
  /// `nil` if it cannot be read, and then `remark` says why.
  public var header: SessionHeader?
  /// For whoever looks into it: its logs, steps and latest operations. Perhaps without the
  /// workloads, the units and earlier operations.
  public var session: Session?
  public var age: Age
  /// What is particular about it, or who has it open; a sentence's end.
  public var remark: String?
  /// Newest first; none for what is not active.
  public var generations: [Generation]

  public init(
    id: String, place: Place, header: SessionHeader? = nil, session: Session?, age: Age,
    remark: String? = nil,
    generations: [Generation] = []
  ) {
    self.id = id
    self.place = place
    self.header = header ?? session.map(SessionHeader.init)
    self.session = session
    self.age = age
    self.remark = remark
    self.generations = generations
  }
}
