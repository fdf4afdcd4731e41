/// One change to the outside world, recorded before it is begun and after it ended.
public struct Operation: Hashable, Sendable {
  public enum Kind: String, Sendable {
    case createSpace = "space.create"
    case createUnit = "unit.create"
    case createWorker = "worker.create"
    case installWorker = "worker.install"
    case createTarget = "target.create"
    case setTarget = "unit.set-target"
    case setReleaseTarget = "space.release-target"
    case publishRelease = "release.publish"
    case deleteUnit = "unit.delete"
  }

  public enum State: String, Sendable {
    /// Begun, or about to be; the outcome is not known and is settled by reading.
    case intent
    /// It is so: created by us, or found as intended.
    case done
    case failed
    /// The person, or the conflict policy, chose to leave what is there.
    case skipped
  }

  /// How a `done` operation came to be done; `updated` stands there from the intent on, so that what
  /// was somebody else's is never taken for created, whatever becomes of the run.
  public enum Result: String, Sendable { case created, unchanged, updated }

  /// See `id(_:lineage:)`.
  public var id: String
  public var kind: Kind
  /// What is changed.
  public var key: OperationKey
  /// The objects the content came from, with the versions that were read.
  public var source: [Source]
  /// SHA-256 of the intended content, lower-case hex; `nil` where there is no content or an
  /// older file did not say.
  public var digest: String?
  public var state: State
  public var result: Result?
  /// 1 for the first try.
  public var attempt: Int
  /// What came back: the id and version that ConfigHub gave it.
  public var remoteID: String?
  public var remoteVersion: Int?
  /// For `failed` and `skipped`, why; where a target is set, which one in `detail`.
  public var reason: String?
  public var detail: String?
  /// In which epoch of the session it was begun last; `nil` before the session was in ConfigHub.
  public var epoch: Int?

  public init(
    id: String, kind: Kind, key: OperationKey, source: [Source] = [], digest: String? = nil,
    state: State = .intent, result: Result? = nil, attempt: Int = 1, remoteID: String? = nil,
    remoteVersion: Int? = nil, reason: String? = nil, detail: String? = nil, epoch: Int? = nil
  ) {
    self.id = id
    self.kind = kind
    self.key = key
    self.source = source
    self.digest = digest
    self.state = state
    self.result = result
    self.attempt = attempt
    self.remoteID = remoteID
    self.remoteVersion = remoteVersion
    self.reason = reason
    self.detail = detail
    self.epoch = epoch
  }

  /// The reason of a creation that was done, and of which the unit was removed.
  public static let removedAgain = "It was removed again."

  /// What an operation is about: the change to one thing, whatever became of it.
  public struct Subject: Hashable, Sendable {
    public var kind: Kind
    public var key: OperationKey

    public init(_ kind: Kind, _ key: OperationKey) {
      self.kind = kind
      self.key = key
    }

    /// The creation of a Space.
    static func ofSpace(_ slug: String) -> Subject { .init(.createSpace, .init(space: slug)) }
  }

  public var subject: Subject { Subject(kind, key) }

  /// What the key names, without the space that it lives in.
  public var slug: String { key.name ?? key.text }

  /// The object a piece of content was read from, and the version it had then.
  public struct Source: Hashable, Sendable {
    public var object: ObjectReference
    public var uid: String?
    public var resourceVersion: String?

    public init(object: ObjectReference, uid: String? = nil, resourceVersion: String? = nil) {
      self.object = object
      self.uid = uid
      self.resourceVersion = resourceVersion
    }
  }
}

// MARK: Ids

extension Operation {
  /// Unique among all sessions, e.g. `op-0003-9f2c41d7`: what was begun elsewhere in the same second has
  /// the session's id, but not its lineage, of which this has the first eight characters. Where the
  /// session is in ConfigHub, `-e4` tells it from what an earlier holder began meanwhile.
  public static func id(_ number: Int, lineage: String, epoch: Int? = nil) -> String {
    let digits = String(number)
    let start = lineage.prefix(lineageDigits)
    return "op-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (start.isEmpty ? "" : "-\(start)" + (epoch.map { "-e\($0)" } ?? ""))
  }

  /// 0 for what is no id.
  public static func number(of id: String) -> Int {
    Int(id.dropFirst("op-".count).prefix(while: \.isNumber)) ?? 0
  }

  /// False for the id of an operation of another lineage; older ones do not tell.
  public static func isOne(_ id: String, of lineage: String) -> Bool {
    let parts = id.split(separator: "-")
    guard parts.count > 2, parts[2].count == lineageDigits else { return true }
    return lineage.hasPrefix(parts[2])
  }

  private static let lineageDigits = 8

  /// What the unit is marked with that it makes.
  func mark(of session: String) -> ListedUnit.Mark { .init(session: session, operation: id) }
}
