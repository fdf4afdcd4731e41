/// The whole state of a run: the session, which outlives it, and what is only true meanwhile.
public struct WizardState: Hashable, Sendable {
  /// What is on the screen.
  public enum Stage: Hashable, Sendable {
    /// Looking for a session, or opening one.
    case starting
    /// Resume, begin anew, or delete?
    case prompt(FoundSession)
    case working
    /// Ended; `Leaving` says how.
    case left(Leaving)
  }

  public enum Saving: Hashable, Sendable {
    /// Nothing was saved yet.
    case never
    case saved(at: Timestamp)
    /// Edits that will be saved within half a second.
    case changed
    case underWay
    /// What is on the screen is in memory only.
    case failed(reason: String)
  }

  public struct Leaving: Hashable, Sendable {
    public var exit: ExitReason
    /// For a person, on stderr; `nil` if all went as it should.
    public var reason: String?

    public init(_ exit: ExitReason, reason: String? = nil) {
      self.exit = exit
      self.reason = reason
    }
  }

  public struct Running: Hashable, Sendable {
    public var work: Work
    public var since: Timestamp
    /// What the cluster put off, by what was asked for; also what is over by now.
    public var waits: [String: Waiting] = [:]
  }

  public struct Waiting: Hashable, Sendable {
    public var wait: ClusterWait
    public var until: Timestamp
  }

  /// A unit of our name that holds other content.
  public struct Conflict: Hashable, Sendable {
    public var existing: ExistingUnit
    public var content: UnitContent
  }

  public var answers: Answers
  /// That a session goes on which nobody named; a sentence.
  public var goingOn: String?
  /// As they were given, before a session was resumed with them: another session begins with these.
  var commandLine: Answers
  /// Without a scope given in advance: the kubeconfig says a namespace for the context that is meant.
  var hasOwnNamespace = false
  public var now: Timestamp
  public var stage: Stage = .starting
  public var session: Session
  public var saving: Saving = .never
  public var running: [EffectID: Running] = [:]
  /// Why the step cannot go on; a sentence. `r` tries again.
  public var problem: Failure?
  /// An answer to the last key, or news; gone with the next key.
  public var reply: Notice? { didSet { if reply != nil { noticeCount += 1 } } }
  public var notice: String? { reply?.sentence }
  /// How many of them there were: one that is given again is new.
  public private(set) var noticeCount = 0
  /// What was wrong with the session files, and what stands in for them; sentences.
  public var warnings: [String] = []
  /// What became of old sessions when the run began; sentences, empty once a person has answered the
  /// prompt that says them.
  public internal(set) var tidied: [String] = []
  /// What is kept, newest first; `nil` until it was asked for.
  public var sessions: [StoredSession]?
  /// What became of a restore, to be said when the sessions have been read again.
  var restoration: String?
  /// The session to open as soon as this one is saved.
  var switchingTo: String?
  /// There was nothing to resume when the run began.
  public internal(set) var hasFoundNone = false
  /// Set while a person who wants to leave is asked whether to wait.
  public var isAskedToLeave = false

  public var contexts: [ContextChoice]?
  /// As read before the session was looked for, and not taken up since.
  var contextsAtStart: [ContextChoice]?
  public var currentContext: String?
  public var namespaces: [String]?
  /// Why they cannot be listed, where they were named and can be scanned all the same.
  public var namespacesProblem: String?
  public var scanProgress: [String: ScanProgress] = [:]
  /// What the scan under way has read so far, in the order it came.
  public var arriving = WorkloadBatches()
  /// Since the scan before the latest one; `nil` if there was none.
  public var changes: ScanChanges?
  /// The object that was asked for last, to be looked at.
  public var viewed: ViewedObject?
  /// What was read last to be shown beside a list.
  public internal(set) var glance: Glance?
  /// A unit that is looked at before anything is written.
  public var preview: UnitPreview?
  public var signIn: SignInState?
  /// Who is signed in, asked while the cluster was read; only what stands in no one's way is kept.
  var signInAhead: HubIdentity?
  /// As far as it was asked in this run, here or ahead.
  public var knownSignIn: SignInState? { signIn ?? signInAhead.map(SignInState.signedIn) }
  /// To choose the App Space from; `nil` where they are not known.
  public var spaces: [String]?
  /// By the slug of the Space.
  public var listings: [String: SpaceListing] = [:]
  /// Keys of units about which only another list can tell: what was begun since, and is unclear.
  var unlisted: Set<OperationKey> = []
  /// How the units that were listed compare with what is to be written, before the confirmation.
  public internal(set) var comparisons: [WorkloadKey: Comparison] = [:]
  /// Where other sessions have put the workloads of units, before the confirmation.
  public internal(set) var earlierUnits: [WorkloadKey: EarlierUnit] = [:]
  /// SHA-256 of what those that differ are to hold.
  var intendedDigests: [WorkloadKey: String] = [:]
  public var conflicts: [WorkloadKey: Conflict] = [:]
  public var workers: [Worker]?
  var workersReadAt: Timestamp?
  public var targets: [Target]?
  /// The targets that Spaces beside the App Space release to already; without an entry where that is
  /// not known, `nil` where there is none.
  var ownTargets: [String: Target?] = [:]
  /// A worker started here goes on when the run ends.
  public var keepsWorker = false
  /// What would put the worker into the cluster, without its secret, while a person is asked.
  public var manifest: String?
  /// When the wait for a worker or its targets began.
  public var waitingSince: Timestamp?

  /// The import is being taken back, or was; it stands in place of the step.
  public internal(set) var removal: Removal?

  /// Whether the session went up to ConfigHub; `nil` where it does not go there.
  public internal(set) var syncStatus: Uploader.Status?
  /// Who drives it, if this copy does not.
  public internal(set) var otherHolder: OtherHolder?
  /// That what ConfigHub had took the place of what was here; a sentence.
  public internal(set) var syncConflict: String?
  /// What ConfigHub has is compared as soon as nothing is being written.
  var isToReconcile = false

  /// The sessions that ConfigHub keeps of everybody, as far as they may be seen; `nil` before they were
  /// read.
  public internal(set) var team: [TeamSession]?
  /// Why they could not be read, a sentence.
  public internal(set) var teamProblem: String?
  /// What was logged of one of them, as its unit has it.
  public internal(set) var teamLog: TeamLog?

  /// The sessions of this user that ConfigHub keeps and this machine does not; `nil` where they were not
  /// asked for.
  public internal(set) var arrivals: [Arrival]?
  /// One of them is to be chosen, or something else done.
  public internal(set) var isChoosingArrival = false
  /// The one whose cluster has no context of its name here.
  public internal(set) var placing: String?
  var contextsOfArrivals: [ContextChoice]?
  /// There is nothing to resume here, so that what is elsewhere is waited for.
  var isWaitingForArrivals = false
  var isTakingArrival = false

  /// The scan under way was told to stop, and brings what it has read.
  public internal(set) var isStopping = false

  // What the reducer alone needs.
  /// Why the import cannot be taken back, a sentence; `nil` if nothing is known that stands in the way.
  var obstacleToRemoval: String?
  /// The plan of the command line was taken, once.
  var isPlanTaken = false
  var nextEffect = 1
  var start: Start = .automatic
  /// The session that was found is of the cluster of the context given.
  var isOfContextGiven = false
  var leaving: Leaving?
  /// What the session's scan was asked for; `nil` if that is not known any more.
  var scannedScope: ScanScope?
  /// The session changed after the save under way began.
  var isDirty = false
  /// To be begun when what kubectl starts to sign in was shown.
  var held: [Work] = []
  /// To be begun when the save that precedes them is durable.
  var afterSave: [HubChange] = []
  /// How many of them, the first ones, the save under way precedes.
  var coveredBySave = 0
  /// Units whose intent is saved, and that are created or updated as soon as fewer are.
  var ready: [HubChange] = []
  /// Set once the checks of a resume have been passed, or when there is nothing to check.
  var isChecked = true
  /// Set from the confirmation until every unit is settled.
  public internal(set) var isCreating = false {
    didSet {
      guard isCreating != oldValue else { return }
      pace = isCreating ? Pace(since: now, before: session.createdCount) : nil
    }
  }
  /// Of what is written or removed one by one now.
  var pace: Pace?
  /// The worker of the flags was taken in this run, or is not to be.
  var isWorkerAnswerTaken = false
  /// The namespaces of the flags were read in this run, or a person chose others.
  var isScopeAnswerTaken = false
  /// All namespaces are chosen because nobody has said anything of them.
  var isScopeProposed = false
  /// This run has started the local worker, or is about to.
  var isWorkerStarted = false
  /// It ended by itself, and was not started again.
  var hasWorkerEnded = false
  /// What was chosen in later steps before what failed was tried again; it holds once more.
  var chosenBefore: ChosenBefore?
  /// The target for releases was made in this run, or its worker let in: that is not done again.
  var isWorkerLetIn = false
  /// The targets are left out as soon as what is being written has ended.
  var isLeavingTargetsOut = false
  /// Units that ConfigHub would not create because their name is taken there, though nothing of that
  /// name is shown.
  var takenNames: Set<WorkloadKey> = []
  /// Units whose last try failed, until a retry is asked for.
  public internal(set) var failures: [WorkloadKey: String] = [:]
  var operationIndex = OperationIndex()
  var spaceIndex = SpaceIndex()
  /// All units before this one are settled or under way.
  var firstOpenUnit = 0

  public init(answers: Answers = Answers(), now: Timestamp) {
    self.answers = answers
    commandLine = answers
    self.now = now
    self.session = Session(id: "", lineage: "", createdAt: now)
    self.keepsWorker = answers.run.keepWorker
  }

  /// What is shown: the session that may be resumed, before it is.
  public var shownSession: Session {
    if case .prompt(let found) = stage { found.session } else { session }
  }

  /// A person is asked whether to resume the session that was found.
  var isAsking: Bool { if case .prompt = stage { true } else { false } }

  /// The context that this run is meant for, if the session that may be resumed is of another one.
  public var otherContext: String? {
    let context = shownSession.cluster.context
    guard case .prompt(let found) = stage, !found.isOfContextGiven, !context.isEmpty,
      let meant = answers.context ?? currentContext
    else {
      return nil
    }
    return meant == context ? nil : meant
  }

  /// The App Space that the units go to.
  public var appSpace: String { session.proposal?.appSpace ?? "" }

  public var step: Step { session.position.step }
  public var phase: Phase? { session.position.phase }

  /// Something is being written, so leaving waits for it or asks.
  public var isWriting: Bool {
    running.values.contains { $0.work.changesOutside }
  }

  /// The operation that creates or updates this unit, if one was begun.
  public func operation(for unit: UnitPlan) -> Operation? { operation(subject(of: unit)) }

  /// Why a unit was not created at the last try.
  public func failure(of unit: UnitPlan) -> String? { failures[unit.id] }

  /// Its intent is being saved; then it is created or updated.
  public func isAboutToWrite(_ unit: UnitPlan) -> Bool {
    (afterSave + ready).contains { $0.unit?.id == unit.id }
  }

  /// Some unit failed at the last try of this run.
  public var hasFailures: Bool { !failures.isEmpty }

  /// How many units failed at the last try, by this run or the one before it.
  public var failureCount: Int {
    let kind: Operation.Kind = step == .targets ? .setTarget : .createUnit
    return max(failures.count, session.operations.count(kind, .failed))
  }

  /// Nothing is begun outside where another copy drives, or may be ahead.
  var mayChangeOutside: Bool { otherHolder == nil && !isReconciling }

  /// What ConfigHub has is, or is about to be, compared with what is here.
  var isReconciling: Bool {
    isToReconcile
      || running.values.contains {
        if case .sync(let work) = $0.work { work.writes } else { false }
      }
  }

  /// True once something was, or may have been, written to ConfigHub.
  public var hasWritten: Bool { session.hasWritten }
}

extension WizardState {
  /// A resumed session is being compared with the world.
  public var isChecking: Bool { !isChecked }

  /// A person has left, and what is being written is waited for.
  public var isLeaving: Bool { leaving != nil }
}
