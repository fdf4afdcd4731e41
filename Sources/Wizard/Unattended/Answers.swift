/// Answers given in advance, on the command line; each is one screen's answer and wins over what a
/// resumed session remembers.
public struct Answers: Hashable, Sendable {
  /// What the session is to be called; a usable one.
  public var name: String?
  public var context: String?
  public var namespaces: [String]
  public var allNamespaces: Bool
  public var excluded: [String]
  /// A label selector; empty for all, `nil` if nothing was said of it.
  public var selector: String?
  /// Sorted by name; empty for all that run applications.
  public var kinds: [WorkloadKind]
  public var includesSystem: Bool
  public var appSpace: String?
  public var hub: String?
  public var layout: Layout?
  public var unitContents: UnitContents?
  public var replicas: Replicas?
  public var unclaimed: Unclaimed?
  public var workerMode: WorkerMode?
  public var worker: String?
  public var onConflict: ConflictPolicy
  /// The proposal that a file gave, in place of ours.
  public var plan: Plan?
  public var run: Run

  /// There is something to scan without asking.
  var hasScope: Bool { allNamespaces || !namespaces.isEmpty }

  public init(
    context: String? = nil, namespaces: [String] = [], allNamespaces: Bool = false,
    excluded: [String] = [], selector: String? = nil, kinds: [WorkloadKind] = [],
    includesSystem: Bool = false, appSpace: String? = nil, hub: String? = nil,
    layout: Layout? = nil, unitContents: UnitContents? = nil, replicas: Replicas? = nil,
    unclaimed: Unclaimed? = nil,
    workerMode: WorkerMode? = nil,
    worker: String? = nil, onConflict: ConflictPolicy = .ask,
    keepWorker: Bool = false, parallel: Int = 4, bulk: Int = 200, plan: Plan? = nil,
    dryRun: Bool = false, isUnattended: Bool = false, staleAfter: Int64 = Age.usualStaleAfter
  ) {
    self.context = context
    self.namespaces = namespaces
    self.allNamespaces = allNamespaces
    self.excluded = excluded
    self.selector = selector
    self.kinds = kinds
    self.includesSystem = includesSystem
    self.appSpace = appSpace
    self.hub = hub
    self.layout = layout
    self.unitContents = unitContents
    self.replicas = replicas
    self.unclaimed = unclaimed
    self.workerMode = workerMode
    self.worker = worker
    self.onConflict = onConflict
    self.plan = plan
    run = Run(
      keepWorker: keepWorker, parallel: parallel, bulk: bulk, dryRun: dryRun,
      isUnattended: isUnattended, staleAfter: staleAfter)
  }

  /// How this run works, whatever session it is about.
  public struct Run: Hashable, Sendable {
    /// A worker started here goes on when the run ends.
    public var keepWorker = false
    /// How many units are created or bound at once.
    public var parallel = 4
    /// How many units one call names at most.
    public var bulk = 200
    /// Everything except writing to ConfigHub or the cluster; no session is kept either.
    public var dryRun = false
    /// Nobody is there to ask: `Autopilot` answers.
    public var isUnattended = false
    /// Seconds without a change after which a session may be stale.
    public var staleAfter = Age.usualStaleAfter
    /// For sentences that name a command of this program.
    public var wayBack = WayBack()
    public var kept = Kept()
    public var sync = SyncAnswers()
    /// As in the session before: proposed where nothing is given.
    public var lastLayout: Layout?
    public var lastUnitContents: UnitContents?
  }

  /// How much a session remembers; the oldest is forgotten.
  public struct Kept: Hashable, Sendable {
    /// Choices that can be taken back.
    public var edits: Int
    /// Screens that were entered.
    public var visits: Int

    public init(edits: Int = 100, visits: Int = 1000) {
      self.edits = edits
      self.visits = visits
    }
  }
}
