import Wizard

@testable import Sync

/// ConfigHub as far as the contract relies on it: creation by slug is atomic, data is written whatever is
/// there, metadata only over the Version that was named.
struct ModelHub {
  enum Request {
    case read
    case create(Session, Hold)
    case update(Session)
    case setHold(Hold, over: Int)
  }

  enum Reply {
    case head(SessionHead?, Session?)
    case conflict
  }

  private(set) var revisions: [Session] = []
  private(set) var hold = Hold(epoch: 0)
  private var version = 0
  private(set) var creations = 0
  /// What the session's units are marked with, by their keys.
  var units: [OperationKey: String] = [:]

  private var head: Reply {
    guard let content = revisions.last else { return .head(nil, nil) }
    let head = SessionHead(
      revision: revisions.count, dataHash: "h\(revisions.count)", version: version, hold: hold)
    return .head(head, content)
  }

  /// - Parameter isConditional: false where nobody heeds Versions.
  mutating func answer(_ request: Request, isConditional: Bool) -> Reply {
    switch request {
    case .read: return head
    case .create(let session, let hold):
      guard revisions.isEmpty else { return .conflict }
      creations += 1
      self.hold = hold
      revisions = [session]
      version = 2
    case .update(let session):
      guard !revisions.isEmpty else { return .conflict }
      revisions.append(session)
      // Triggers move it once more.
      version += 2
    case .setHold(let hold, let version):
      guard !revisions.isEmpty, version == self.version || !isConditional else { return .conflict }
      self.hold = hold
      self.version += 1
    }
    return head
  }
}

/// What the model breaks on purpose: each has to be found.
struct ModelPolicy: Hashable {
  var keepsConflictCopies = true
  var asksClocks = false
  var heedsEpochs = true
  var joinsFacts = true

  static let contract = ModelPolicy()
  static let mutants: [(name: String, policy: ModelPolicy)] = [
    ("no conflict copy", ModelPolicy(keepsConflictCopies: false)),
    ("the clock decides", ModelPolicy(asksClocks: true)),
    ("the epoch is ignored", ModelPolicy(heedsEpochs: false)),
    ("facts are not joined", ModelPolicy(joinsFacts: false)),
  ]
}

/// What must never be.
struct Violation: Error, CustomStringConvertible {
  let description: String
}
