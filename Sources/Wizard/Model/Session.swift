/// Everything about an import that outlives the process. The session file is this value.
public struct Session: Hashable, Sendable {
  /// `import-YYYY-MM-DD-HHMMSS`, with `-2` and so on for a second one in the same second.
  public var id: String
  /// A UUID for the session's whole life, wherever the file is copied.
  public var lineage: String
  /// What a person calls it.
  public var name: String?
  /// How often it has been saved.
  public var generation: Int
  public var createdAt: Timestamp
  public var updatedAt: Timestamp

  public var cluster: ClusterIdentity
  /// What kubectl starts to sign in to the cluster, as a person was last shown it.
  public var credentialPlugin: String?
  public var position: Position
  /// The finished steps, always a prefix of the seven.
  public var stepsCompleted: [Step]
  /// Finished by leaving them out, as a person or a flag asked.
  public var stepsSkipped: [Step]

  public var scope: ScanScope
  /// What the command lines of its runs answered in advance.
  public var given = GivenAnswers()
  public var scan: ScanResult? {
    didSet {
      let (before, now) = (oldValue?.workloads ?? [], scan?.workloads ?? [])
      if before.sharesStorage(with: now) { return }
      selection = Selection(selection.selected(of: before), in: now)
      undo = undo.map(\.copied)
      redo = redo.map(\.copied)
    }
  }
  public internal(set) var selection = Selection()
  public var pastChoices = PastChoices()
  public var proposal: Proposal?
  /// What a person wants to become of units that ConfigHub has with other content, by the key of the
  /// unit's operation.
  public var decisions: [OperationKey: Decision] = [:]

  /// As last seen; never believed on resume.
  public var hub: HubIdentity?
  /// Who was signed in when the session first saw somebody; others may go on with it.
  public var begunBy: String?
  public var workerMode: WorkerMode?
  public var workerSlug: String?
  /// `connecting`, `ready`, `skipped`, or the worker's condition as last seen.
  public var workerStatus: String?
  public var targetSlug: String?
  public var operations: OperationList
  public var report: Report?

  /// The log of the latest run, e.g. `~/.confighub/logs/tui-import-2026-01-09-143022.log`.
  public var logFile: String?
  /// The logs of all runs, oldest first.
  public var logs: [String]
  /// Steps entered, and when.
  public var history: [Visit]

  /// Choices that can be taken back, and those that were; the latest one is last.
  public var undo: [Edit]
  public var redo: [Edit]

  /// What is known of it in ConfigHub; `nil` if it was never brought there.
  public var sync: SyncState?

  public init(id: String, lineage: String, createdAt: Timestamp) {
    self.id = id
    self.lineage = lineage
    self.generation = 0
    self.createdAt = createdAt
    self.updatedAt = createdAt
    self.cluster = ClusterIdentity(context: "")
    self.position = Position(.scan, .choosing)
    self.stepsCompleted = []
    self.stepsSkipped = []
    self.scope = ScanScope(context: "")
    self.operations = []
    self.logs = []
    self.history = []
    self.undo = []
    self.redo = []
  }

  /// A workload chosen for import, with the owner it had then.
  public struct SelectedWorkload: Hashable, Sendable {
    public var key: WorkloadKey
    public var owner: String

    public init(key: WorkloadKey, owner: String) {
      self.key = key
      self.owner = owner
    }
  }

  public struct Visit: Hashable, Sendable {
    public var position: Position
    public var at: Timestamp
    /// Where a later run went on: when the run before had saved last.
    public var leftAt: Timestamp?

    public init(position: Position, at: Timestamp, leftAt: Timestamp? = nil) {
      self.position = position
      self.at = at
      self.leftAt = leftAt
    }

    public var words: String { position.title + (leftAt == nil ? "" : ", resumed") }
  }

  public var isComplete: Bool { position.step == .complete }

  /// The slugs of the units that exist because of this session, in the order they were recorded.
  public var unitsCreated: [String] {
    operations.filter { $0.kind == .createUnit && $0.state == .done }.map(\.slug)
  }

  /// How many those are.
  public var createdCount: Int { operations.count(.createUnit, .done) }

  /// How many units were given their target.
  public var boundCount: Int { operations.count(.setTarget, .done) }

  /// How many of the units ConfigHub had already, with the same content.
  public var foundCount: Int { operations.count(.createUnit, .done, as: .unchanged) }

  /// How many of the units were not there before.
  public var madeCount: Int { operations.count(.createUnit, .done, as: .created) }

  /// How many of the units were left as ConfigHub has them.
  public var skippedCount: Int { operations.count(.createUnit, .skipped) }

  /// The number of selected workloads whose unit exists.
  public var importedCount: Int {
    let done = Set(operations.filter { $0.kind == .createUnit && $0.state == .done }.map(\.key))
    guard let proposal else { return done.count }
    let units = proposal.units.filter { done.contains(proposal.key(of: $0)) }
    return units.isEmpty
      ? done.count
      : units.reduce(0) { count, unit in
        count + max(1, unit.workloads.count)
      }
  }

  /// A unit was removed again: what was done with it is no more.
  public mutating func recordRemoval(of key: OperationKey) { recordRemoval(of: [key]) }

  /// The same for many, in one pass.
  public mutating func recordRemoval(of keys: Set<OperationKey>) {
    // What it checked is not there any more.
    if !keys.isEmpty { report = nil }
    for index in operations.indices where keys.contains(operations[index].key) {
      switch (operations[index].kind, operations[index].state) {
      case (.deleteUnit, _):
        operations[index].state = .done
        operations[index].reason = nil
      case (.createUnit, .done), (.createUnit, .intent), (.createUnit, .failed),
        (.setTarget, .done), (.setTarget, .intent), (.setTarget, .failed):
        operations[index].state = .skipped
        operations[index].reason = Operation.removedAgain
      default: continue
      }
    }
  }
}
