/// What a list, a prompt and `--status` tell of a session: little, however large the session is.
public struct SessionHeader: Hashable, Sendable {
  public var id: String
  public var lineage: String
  /// What a person calls it.
  public var name: String?
  public var generation: Int
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  public var cluster: ClusterIdentity
  /// As last seen.
  public var hub: HubIdentity?
  public var position: Position
  public var stepsCompleted: [Step]
  public var stepsSkipped: [Step]
  public var counts: Counts
  /// Something that was asked for could not be read in the scan.
  public var isScanPartial: Bool
  public var workerSlug: String?
  public var logFile: String?
  /// The logs of all runs, oldest first.
  public var logs: [String]
  public var sync: SyncState?

  public struct Counts: Hashable, Sendable {
    /// Workloads that the scan found; `nil` before there is a scan.
    public var detected: Int?
    /// Workloads that are chosen, and those of them whose unit exists.
    public var selected = 0
    public var imported = 0
    /// Units that exist because of the session, and those of them that ConfigHub had already.
    public var created = 0
    public var found = 0
    /// Those that the session made anew: undo removes no others.
    public var made = 0
    /// Changes to ConfigHub whose outcome is not known.
    public var unsettled = 0
    /// What did not go as it may seem.
    public var facts = SessionFacts()

    public init() {}
  }

  public init(id: String, lineage: String, createdAt: Timestamp, position: Position) {
    self.id = id
    self.lineage = lineage
    self.generation = 0
    self.createdAt = createdAt
    self.updatedAt = createdAt
    self.cluster = ClusterIdentity(context: "")
    self.position = position
    self.stepsCompleted = []
    self.stepsSkipped = []
    self.counts = Counts()
    self.isScanPartial = false
    self.logs = []
  }

  public init(_ session: Session) {
    self.init(
      id: session.id, lineage: session.lineage, createdAt: session.createdAt,
      position: session.position)
    name = session.name
    generation = session.generation
    updatedAt = session.updatedAt
    cluster = session.cluster
    hub = session.hub
    stepsCompleted = session.stepsCompleted
    stepsSkipped = session.stepsSkipped
    counts = Counts(session)
    isScanPartial = session.scan?.isPartial ?? false
    workerSlug = session.workerSlug
    logFile = session.logFile
    logs = session.logs
    sync = session.sync
  }

  /// When it last went together with what ConfigHub has.
  public var syncedAt: Timestamp? { sync?.at }
  public var isComplete: Bool { position.step == .complete }
  /// Its import was taken back.
  public var isUndone: Bool { counts.facts.removed > 0 }
  /// There is nothing to go on with.
  public var isOver: Bool { isComplete || isUndone }
}

extension SessionHeader.Counts {
  public init(_ session: Session) {
    detected = session.scan?.detected
    selected = session.selectedCount
    imported = session.importedCount
    created = session.createdCount
    found = session.foundCount
    made = session.madeCount
    facts = SessionFacts(session)
    unsettled = session.operations.count { $0.state == .intent }
  }
}
