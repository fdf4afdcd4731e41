import Files
import Glibc
import Hub
import Logs
import SessionFormat
import SessionStore
import Wizard

/// The removals of one undo, and the session that they are written down in.
struct UnitRemoval {
  let undo: SessionUndo
  var document: SessionDocument
  let lock: SessionLock
  /// As every run's, it tells what was done if the session is lost.
  private var log: RunLog?
  private var records = LogRecords()
  /// Where the removals stand that are not done, by the key of their unit.
  private var unsettled: [OperationKey: Int] = [:]
  /// The last of `undo-N` that is taken.
  private var lastNumber = 0

  init(undo: SessionUndo, document: SessionDocument, lock: SessionLock) {
    (self.undo, self.document, self.lock) = (undo, document, lock)
    for (index, operation) in document.session.operations.enumerated() {
      if operation.kind == .deleteUnit {
        unsettled[operation.key] = operation.state == .done ? nil : index
      }
      if operation.id.hasPrefix("undo-"), let number = Int(operation.id.dropFirst(5)) {
        lastNumber = max(lastNumber, number)
      }
    }
    lastNumber = max(lastNumber, document.session.operations.count)
  }

  /// Whether a unit is there, as reading tells.
  private enum Presence { case gone, there, unknown(String) }

  /// What an earlier undo had begun, and what is gone since, was removed by it.
  mutating func settle(_ findings: inout [SessionUndo.Finding]) throws {
    var gone: Set<OperationKey> = []
    for index in findings.indices {
      let key = findings[index].operation.key
      guard case .gone = findings[index].fate, unsettled[key] != nil else { continue }
      gone.insert(key)
      findings[index].fate = .removed
    }
    guard !gone.isEmpty else { return }
    record(gone)
    try save()
  }

  /// Many at once: their intents are saved, the units removed, and what a list then tells is saved.
  /// Throws if the session cannot be saved or nobody is signed in any more.
  mutating func remove(_ findings: inout [SessionUndo.Finding]) throws {
    let removable = findings.indices.filter { findings[$0].isRemovable }
    for (space, all) in Dictionary(grouping: removable, by: { findings[$0].space })
      .sorted(by: { $0.key < $1.key })
    {
      for start in stride(from: 0, to: all.count, by: Self.groupSize) {
        let group = Array(all[start..<min(start + Self.groupSize, all.count)])
        try remove(group, of: &findings, in: space)
      }
    }
  }

  /// How many units one call names at most.
  private static let groupSize = 200

  private mutating func remove(
    _ group: [Int], of findings: inout [SessionUndo.Finding], in space: String
  ) throws {
    // Since they were shown, somebody may have changed one, and cub removes on no condition.
    let before = try undo.hub.listing(of: space)
    for index in group {
      findings[index] = try undo.finding(findings[index].operation, document.session, before)
    }
    let group = group.filter { findings[$0].isRemovable }
    guard !group.isEmpty else { return }
    for index in group { begin(findings[index].operation.key) }
    try save()
    let outcome = undo.hub.deleteUnits(group.map { findings[$0].slug }, space: space)
    if case .signInNeeded(let reason) = outcome {
      for index in group { finish(findings[index].operation.key, .there, reason) }
      try save()
      throw HubFailure(.signInNeeded, reason)
    }
    let after = try undo.hub.listing(of: space)
    var gone: Set<OperationKey> = []
    for index in group {
      let presence = presence(of: findings[index].slug, in: after)
      if case .gone = presence {
        gone.insert(findings[index].operation.key)
        findings[index].fate = .removed
      } else {
        finish(findings[index].operation.key, presence, outcome.reason)
        findings[index].fate = .failed(outcome.reason)
      }
    }
    record(gone)
    try save()
  }

  private func presence(of slug: String, in units: HubClient.Listing) -> Presence {
    switch units {
    case .success(let units): units[slug] == nil ? .gone : .there
    case .failure(let failure): .unknown(failure.message)
    }
  }

  // MARK: Writing it down

  private mutating func begin(_ key: OperationKey) {
    document.session.report = nil
    guard let index = unsettled[key] else {
      lastNumber += 1
      unsettled[key] = document.session.operations.count
      document.session.operations.append(
        Operation(id: "undo-\(lastNumber)", kind: .deleteUnit, key: key))
      return
    }
    document.session.operations[index].state = .intent
    document.session.operations[index].attempt += 1
    document.session.operations[index].reason = nil
  }

  /// They are gone.
  private mutating func record(_ keys: Set<OperationKey>) {
    document.session.recordRemoval(of: keys)
    for key in keys { unsettled[key] = nil }
  }

  private mutating func finish(_ key: OperationKey, _ presence: Presence, _ reason: String) {
    guard let index = unsettled[key] else { return }
    switch presence {
    case .gone: record([key])
    case .there:
      document.session.operations[index].state = .failed
      document.session.operations[index].reason = reason
    // It stays an intent, which the next undo or resume settles by reading.
    case .unknown(let why): document.session.operations[index].reason = "\(reason) \(why)"
    }
  }

  private mutating func save() throws {
    document.session.updatedAt = undo.verbs.now
    let log = self.log ?? beginLog()
    switch lock.save(document, isLatest: false) {
    case .saved(let generation, let warning):
      document.session.generation = generation
      log.write("saved generation \(generation)")
      records.write(document.session, to: log)
      if let warning { MapImport.complain(warning) }
    case .failed(let failure):
      log.write(failure.sentence)
      throw SessionVerbs.Refusal(1, failure.sentence)
    }
  }

  private mutating func beginLog() -> RunLog {
    let log = RunLog(root: undo.verbs.store.root, sessionID: lock.id) {
      Timestamp(seconds: Int64(time(nil)))
    }
    if let failure = log.failure { MapImport.complain(failure) }
    if let path = log.displayPath {
      document.session.logFile = path
      document.session.logs.append(path)
    }
    log.write("sessions undo")
    self.log = log
    return log
  }
}

extension ChangeOutcome {
  /// Why it was not done, or may not have been.
  fileprivate var reason: String {
    switch self {
    case .done: "ConfigHub still has it"
    case .refused(let failure): failure.message
    case .exists(let reason), .unclear(let reason), .signInNeeded(let reason): reason
    }
  }
}
