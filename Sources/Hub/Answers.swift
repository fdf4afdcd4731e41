import Documents
import Wizard

/// Whether cub has a session that its server accepts.
public enum SignIn: Hashable, Sendable {
  case signedIn(HubIdentity)
  case signedOut(reason: String)
  /// The server was not reached, or answered neither yes nor no.
  case unknown(reason: String)
}

/// What a change left behind, as the server has it.
public struct RemoteEntity: Hashable, Sendable {
  public var id: String?
  /// May differ from what was asked for: cub rewrites slugs. `nil` where cub only repeated our
  /// words, so that the slug must be read.
  public var slug: String?
  public var version: Int?
  /// Of a target: who may see it and pull its releases; `nil` where cub does not say.
  var pullers: Set<String>?

  public init(id: String? = nil, slug: String? = nil, version: Int? = nil) {
    self.id = id
    self.slug = slug
    self.version = version
  }
}

/// How a change ended. Only `done` is success, and only `refused` is certainly none.
public enum ChangeOutcome: Hashable, Sendable {
  case done(RemoteEntity)
  /// Certainly not done.
  case refused(HubFailure)
  /// Something of that name is there already; whether it is what we wanted must be read.
  case exists(String)
  /// It may or may not have been done: settle it by reading.
  case unclear(String)
  /// Not done, as far as cub says; sign in, then settle it by reading.
  case signInNeeded(String)
}

/// A unit as ConfigHub has it.
public struct RemoteUnit: Hashable, Sendable {
  public var slug: String
  public var id: String?
  public var version: Int?
  public var labels: [String: String]
  /// `nil` where it was not asked for (lists) or this cub cannot show it.
  public var content: [UInt8]?
  /// SHA-256 of the content, lower-case hex; of one that was not read, as ConfigHub says.
  public var digest: String?
  public var targetID: String?
  /// ConfigHub has not run its triggers on it yet, so that it cannot be released.
  public var awaitsTriggers: Bool

  public init(
    slug: String, id: String? = nil, version: Int? = nil, labels: [String: String] = [:],
    content: [UInt8]? = nil, digest: String? = nil, targetID: String? = nil,
    awaitsTriggers: Bool = false
  ) {
    self.slug = slug
    self.id = id
    self.version = version
    self.labels = labels
    self.content = content
    self.digest = digest
    self.targetID = targetID
    self.awaitsTriggers = awaitsTriggers
  }

  /// Made, and its content never written.
  public var isEmpty: Bool { content?.isEmpty ?? (digest == Self.digestOfNothing) }

  static let digestOfNothing = SHA256.hex(of: [])

  /// Our mark, if the unit was made by this program.
  public var mark: UnitMark? { UnitMark(labels: labels) }
}
