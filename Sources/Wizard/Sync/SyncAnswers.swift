/// Whether sessions are kept in ConfigHub, and where: what was said for this run, and what was answered
/// before.
public struct SyncAnswers: Hashable, Sendable {
  /// Where nothing else was said.
  public static let usualSpace = "import-sessions"

  /// What a person answered for an organisation.
  public struct Answer: Hashable, Sendable {
    public var isOn: Bool
    /// `nil` for the usual Space.
    public var space: String?

    public init(isOn: Bool, space: String? = nil) {
      self.isOn = isOn
      self.space = space
    }
  }

  /// For this run, whatever was answered before; `nil` if nothing was said.
  public var given: Bool?
  /// The Space, for this run.
  public var givenSpace: String?
  /// By the organisation.
  public var remembered: [String: Answer] = [:]

  /// The organisation that was signed in to last.
  public var lastOrganization: String?

  public init() {}

  /// `nil` if nobody was asked yet.
  public func isOn(in organization: String?) -> Bool? {
    given ?? organization.flatMap { remembered[$0]?.isOn }
  }

  public func space(in organization: String?) -> String {
    givenSpace ?? organization.flatMap { remembered[$0]?.space } ?? Self.usualSpace
  }
}
