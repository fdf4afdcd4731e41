/// What an effect brought.
public enum Outcome: Hashable, Sendable {
  /// The warnings say, in sentences, what could not be read and what stands in for it; `tidied`,
  /// which old sessions were archived or deleted before.
  case loaded(FoundSession?, warnings: [String], tidied: [String] = [])
  case sessions([StoredSession])
  /// By the unit of this session.
  case earlierUnits([WorkloadKey: EarlierUnit])
  /// What was done, as a sentence.
  case sessionRestored(String)
  /// The obstacle, a sentence, is why its import cannot be taken back.
  case opened(Session, warnings: [String] = [], obstacleToRemoval: String? = nil)
  /// The warning, a sentence, is about what is not as it should be although the session is saved.
  case saved(generation: Int, warning: String? = nil)
  case contexts([ContextChoice], current: String?)
  case namespaces([String])
  case scanned(ScanResult, ClusterIdentity)
  /// `nil` if it could not be told.
  case identified(ClusterIdentity?)
  /// Cleaned.
  case object(yaml: String)
  case signIn(SignInState)
  case signInEnded(succeeded: Bool)
  case resumeChecked(ResumeCheck)
  case spaces([String])
  /// By slug; `nil` if there is no such App Space.
  case units([String: ListedUnit]?)
  case prepared(UnitContent, existing: ExistingUnit?)
  case changed(Change)
  case workers([Worker])
  /// The manifests of a worker, without its secret.
  case exported(String)
  case targets([Target])
  case previewed(UnitPreview)
  case verified(Report)
  /// Where it is to be, and the copy that this is.
  case syncBegun(SyncState)
  case reconciled(ReconciledSession)
  case arrivals([Arrival])
  case team([TeamSession])
  /// `nil` where there is none to be seen.
  case teamLog(String?)
  /// The id that it has here.
  case arrivalFetched(String)
  case paused
  case failed(Failure)
}

/// What a resumed session finds.
public struct ResumeCheck: Hashable, Sendable {
  /// As the context answers now; `nil` if it could not be read.
  public var cluster: ClusterIdentity?
  public var clusterProblem: String?
  public var signIn: SignInState
  /// Keys of the units in the Spaces; `nil` if they could not be read.
  public var units: Set<OperationKey>?
  public var unitsProblem: String?
  /// Of the session in ConfigHub; `nil` if it is not there, or could not be looked at.
  public var head: SessionHead?
  /// When that was saved.
  public var headSavedAt: Timestamp?

  public init(
    cluster: ClusterIdentity?, clusterProblem: String? = nil, signIn: SignInState,
    units: Set<OperationKey>?, unitsProblem: String? = nil
  ) {
    self.cluster = cluster
    self.clusterProblem = clusterProblem
    self.signIn = signIn
    self.units = units
    self.unitsProblem = unitsProblem
  }
}
