import Wizard

@testable import Sync

/// One machine: what is on its disk, and the run that may be under way.
struct ModelClient {
  enum Purpose: Equatable {
    case open
    case claim
    case release
    case letGo
    case readHead(call: Int)
    case write(call: Int)
    case compare(call: Int)
  }

  struct Run {
    /// Requests whose answers it waits for.
    var waiting: [Int: Purpose] = [:]
    var uploader: Uploader?
    var isDriving = false
    /// Of what was sent, by the call that sent it.
    var sent: (call: Int, digest: String) = (0, "")
  }

  let number: Int
  let skew: Int64
  /// The session's file; every save is durable when it is acknowledged.
  private(set) var disk: Session?
  private(set) var conflicts: [Session] = []
  /// `nil` where it is not running, or crashed.
  var run: Run?
  /// All that its files ever told: what it must not do a second time.
  private(set) var everDone: Set<OperationKey> = []
  private(set) var everRemoved: Set<OperationKey> = []

  init(number: Int, skew: Int64) {
    self.number = number
    self.skew = skew
  }

  var copy: String { "copy-\(number)" }
  var holder: Holder { Holder(user: "u\(number)", host: "h\(number)", copy: copy) }

  mutating func save(_ session: Session, at now: Int64) {
    var session = session
    session.generation += 1
    session.updatedAt = Timestamp(seconds: now / 1000 + skew)
    disk = session
    for operation in session.operations where operation.state == .done {
      if operation.kind == .createUnit { everDone.insert(operation.key) }
      if operation.kind == .deleteUnit { everRemoved.insert(operation.key) }
    }
  }

  mutating func keepAside(_ session: Session) { conflicts.append(session) }

  /// What goes up: what belongs to this machine does not.
  func content(_ session: Session) -> Session {
    var content = session
    content.sync = SyncState(space: "s", unit: "u", copy: copy)
    return content
  }

  static func digest(_ session: Session) -> String {
    var hasher = Hasher()
    hasher.combine(session.name)
    hasher.combine(session.position.text)
    hasher.combine(session.stepsCompleted.count)
    for row in session.operations.rows { hasher.combine(row) }
    return String(hasher.finalize())
  }

  static func mark(_ session: Session) -> SharedMark {
    SharedMark(
      lineage: session.lineage, generation: session.generation, digest: digest(session),
      copy: session.sync?.copy)
  }
}
