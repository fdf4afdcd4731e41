/// Everything that can happen to the state: what a person wants, or the result of an effect.
public enum Event: Hashable, Sendable {
  /// The first event of every run.
  case begin(Start)

  // MARK: What a person wants
  case resume, startNew, deleteAndStartNew
  /// Resume from the newest backup, because the file was edited by hand.
  case resumeBackup
  /// Read which sessions there are.
  case listSessions
  /// Save this session, let go of it, and open another one.
  case switchSession(String)
  /// Make an archived session active again, or an earlier generation the next one.
  case restoreSession(String, generation: Int?)
  case chooseContext(String)
  case setNamespaces([String], chosen: Bool)
  case setWorkloads(WorkloadKeys, chosen: Bool)
  case rename(unit: WorkloadKey, slug: String)
  case leaveOut(unit: WorkloadKey)
  /// Put a unit's members into the unit of that name.
  case merge(unit: WorkloadKey, into: String)
  /// One unit for each of its workloads.
  case split(unit: WorkloadKey)
  /// Put one member into the unit of that name, or into a new one.
  case move(ObjectReference, of: WorkloadKey, to: String)
  /// As typed: `app=api, variant=prod`.
  case setLabels(unit: WorkloadKey, String)
  /// The whole proposal, as a person has edited it in a file.
  case replaceProposal(Plan)
  case preview(unit: WorkloadKey)
  case closePreview
  case setAppSpace(String)
  case setHub(String)
  /// Divide what was chosen into units and Spaces anew.
  case setLayout(Layout)
  case setUnitContents(UnitContents)
  case signIn
  /// Begin to write to ConfigHub.
  case confirm
  case resolve(unit: WorkloadKey, Resolution)
  /// The same about all units that differ and are not decided; a rename takes a free name for each.
  case resolveAll(Resolution.Sort)
  /// Show what would be written beside what ConfigHub has.
  case compare(unit: WorkloadKey)
  case chooseWorker(WorkerChoice)
  /// The word that was typed below what would be applied to the cluster; only `yes` applies it.
  case confirmInstallation(String)
  /// Whether a worker started here goes on when the run ends.
  case keepWorker(Bool)
  /// Try one failed unit again.
  case retryOne(unit: WorkloadKey)
  /// Leave this step out (worker, targets).
  case skip
  case goOn, goBack, retry, cancel
  /// Look at an object as the cluster has it.
  case readObject(ObjectReference)
  /// Take back the last choice of this step, or make it again.
  case undo, redo
  /// Leave; asks first while something is being written.
  case leave
  /// Leave now, saved.
  case leaveNow(WizardState.Leaving)
  /// Take back a `leave` that was asked about.
  case stay

  // MARK: What happened
  case progress(EffectID, ScanProgress)
  /// The cluster was busy, and is asked again.
  case waiting(EffectID, ClusterWait)
  /// Workloads that a scan under way has read; what belongs to them is not known yet.
  case found(EffectID, [Workload])
  case workerEnded(slug: String, reason: String)
  /// What the worker that we keep running says is not kept, or not all of it; why, as a sentence.
  case workerNotLogged(reason: String)
  case finished(EffectID, Outcome)
  /// Time passed; nothing else did.
  case tick
}

/// How a run begins.
public enum Start: Hashable, Sendable {
  /// Ask if there is something to resume, else begin anew.
  case automatic
  /// Resume without asking; nothing to resume is an error.
  case resume(sessionID: String?)
  /// Begin anew; an existing session is archived.
  case new
}

public enum WorkerChoice: Hashable, Sendable {
  case existing(slug: String)
  case local(slug: String)
  /// Installed in the cluster, after what is applied was shown.
  case cluster(slug: String)
  /// ConfigHub's own; what it delivers are releases.
  case server(slug: String)
  case skip
}

/// What to do about a unit of our name that holds other content.
public enum Resolution: Hashable, Sendable {
  case skip, update
  case rename(String)

  public enum Sort: Hashable, Sendable { case skip, update, rename }
}

/// How far a scan is, for one resource.
public struct ScanProgress: Hashable, Sendable {
  /// The resource, as the API names it: `deployments`.
  public var resource: String
  public var read: Int
  /// `nil` while the server has not said how many there are.
  public var total: Int?

  public init(resource: String, read: Int, total: Int?) {
    self.resource = resource
    self.read = read
    self.total = total
  }
}

/// What an effect brought.
public enum Outcome: Hashable, Sendable {
  /// The warnings say, in sentences, what could not be read and what stands in for it; `tidied`,
  /// which old sessions were archived or deleted before.
  case loaded(FoundSession?, warnings: [String], tidied: [String] = [])
  case sessions([KeptSession])
  /// What was done, as a sentence.
  case sessionRestored(String)
  case opened(Session, warnings: [String] = [])
  /// The warning, a sentence, is about what is not as it should be although the session is saved.
  case saved(generation: Int, warning: String? = nil)
  case contexts([ContextChoice], current: String?)
  case namespaces([String])
  case scanned(ScanResult, ClusterIdentity)
  /// Cleaned.
  case object(yaml: String)
  case signIn(SignInState)
  case signInEnded(succeeded: Bool)
  case rechecked(Recheck)
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
  case paused
  case failed(Failure)
}

/// A session that was found on disk, and how trustworthy it looks.
public struct FoundSession: Hashable, Sendable {
  /// Perhaps without its workloads and units: opening it reads them.
  public var session: Session
  /// What is told of it before that.
  public var header: SessionHeader
  /// Since it was last saved.
  public var age: Age
  /// Why it can be looked at but not resumed, as a sentence.
  public var hindrance: Hindrance?
  /// Sound, but not as this program wrote it: whether to take it is a person's choice.
  public var isEditedByHand: Bool
  /// It was looked for by the context given, and is of its cluster, whatever it calls that.
  public var isOfContextGiven: Bool

  public init(
    session: Session, header: SessionHeader? = nil, age: Age, hindrance: Hindrance? = nil,
    isEditedByHand: Bool = false, isOfContextGiven: Bool = false
  ) {
    self.session = session
    self.header = header ?? SessionHeader(session)
    self.age = age
    self.hindrance = hindrance
    self.isEditedByHand = isEditedByHand
    self.isOfContextGiven = isOfContextGiven
  }

  public enum Hindrance: Hashable, Sendable {
    /// Another map-import has it open; who and since when.
    case held(String)
    /// A later version wrote it.
    case newer(String)

    public var sentence: String {
      switch self {
      case .held(let holder): "It is open in another map-import: \(holder)."
      case .newer(let version): "A later version of map-import (\(version)) wrote it."
      }
    }
  }
}

/// A context of the kubeconfig.
public struct ContextChoice: Hashable, Sendable {
  public var name: String
  public var server: String?
  /// The program that the kubeconfig runs for credentials, with its arguments.
  public var credentialPlugin: String?

  public init(name: String, server: String? = nil, credentialPlugin: String? = nil) {
    self.name = name
    self.server = server
    self.credentialPlugin = credentialPlugin
  }
}

public enum SignInState: Hashable, Sendable {
  case signedIn(HubIdentity)
  case signedOut(reason: String)
}

/// What a resumed session finds.
public struct Recheck: Hashable, Sendable {
  /// As the context answers now; `nil` if it could not be read.
  public var cluster: ClusterIdentity?
  public var clusterProblem: String?
  public var signIn: SignInState
  /// Keys (`SPACE/SLUG`) of the units in the Spaces; `nil` if they could not be read.
  public var units: Set<String>?
  public var unitsProblem: String?

  public init(
    cluster: ClusterIdentity?, clusterProblem: String? = nil, signIn: SignInState,
    units: Set<String>?, unitsProblem: String? = nil
  ) {
    self.cluster = cluster
    self.clusterProblem = clusterProblem
    self.signIn = signIn
    self.units = units
    self.unitsProblem = unitsProblem
  }
}

/// What ConfigHub already has under a unit's name.
public struct ExistingUnit: Hashable, Sendable {
  public var id: String?
  public var version: Int?
  /// Holds exactly the intended content.
  public var isSame: Bool
  /// Holds nothing: it was made, and its content was never written.
  public var isEmpty: Bool
  /// The operation that our mark on it names, if there is one.
  public var markedBy: String?
  /// SHA-256 of what it holds, lower-case hex; `nil` where nobody can tell.
  public var digest: String?

  public init(
    id: String?, version: Int?, isSame: Bool, isEmpty: Bool = false, markedBy: String?,
    digest: String? = nil
  ) {
    self.id = id
    self.version = version
    self.digest = digest
    self.isSame = isSame
    self.isEmpty = isEmpty
    self.markedBy = markedBy
  }
}

/// What became of a change to ConfigHub.
public enum Change: Hashable, Sendable {
  case done(id: String?, version: Int?, slug: String?)
  /// Certainly not done.
  case refused(String)
  /// Something of that name is there already.
  case exists(String)
  /// Nobody can tell; to be settled by reading.
  case unclear(String)
  case signInNeeded(String)
}

/// Why an effect failed: a sentence, and the kind that exit codes and screens depend on.
public struct Failure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case other, cancelled, signInNeeded, noSession, held, timedOut
    /// What a person gave does not fit; exit 2.
    case wrongUsage
    /// A program that nobody was shown would be started.
    case unseenPlugin
  }

  public var kind: Kind
  /// What failed, on what, why in the tool's own words, what to do next.
  public var message: String
  /// Which key does that, a sentence; of no use where nobody is.
  public var keys: String?

  public init(_ kind: Kind = .other, _ message: String, keys: String? = nil) {
    self.kind = kind
    self.message = message
    self.keys = keys
  }

  /// For whoever has the keys.
  public var told: String { keys.map { "\(message) \($0)" } ?? message }
}

extension String {
  /// Where a sentence goes on after it, or ends with a stop of its own.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
