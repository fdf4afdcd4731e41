/// Matches an effect with its result, so that a late answer is never taken for another one's.
public struct EffectID: Hashable, Comparable, Sendable {
  public var number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (a: EffectID, b: EffectID) -> Bool { a.number < b.number }
}

/// Something to be done outside the state machine. Its result comes back as
/// `Event.finished(id, outcome)`.
public struct Effect: Hashable, Sendable {
  public var id: EffectID
  public var work: Work

  public init(id: EffectID, work: Work) {
    self.id = id
    self.work = work
  }
}

/// What is to be done. The comment names the outcome that a success brings; every one may bring
/// `.failed` instead.
public enum Work: Hashable, Sendable {
  /// Find the latest session, or the one named; before the latest of another cluster, the newest
  /// unfinished one of the context: `.loaded`.
  case load(sessionID: String?, context: String? = nil)
  /// Take the lock, begin the run's log, archive or delete what is replaced: `.opened`.
  case open(Opening)
  /// What is kept, the archive included: `.sessions`.
  case listSessions
  /// `.sessionRestored`
  case restoreSession(String, generation: Int?)
  /// Make it durable: `.saved`.
  case save(Session)

  /// `.contexts`. Reads the kubeconfig only.
  case listContexts
  /// `.namespaces`
  case listNamespaces(context: String)
  /// `.scanned`, with `Event.progress` meanwhile.
  case scan(ScanScope)
  /// `.object`: to be looked at, nothing else.
  case readObject(ObjectReference, context: String)

  /// `.signIn`
  case readSignIn
  /// `cub auth login` on the real terminal: `.signInEnded`.
  case signIn
  /// Is everything still as the session says: `.rechecked`.
  case recheck(Session)
  /// The App Spaces that there are, to choose from: `.spaces`.
  case listSpaces
  /// All that a Space holds: `.units`.
  case listUnits(space: String)
  /// `.changed`
  case createSpace(SpacePlan)
  /// Fetch and clean the unit's content, and compare it with what was listed under its name; what
  /// was not listed is not there: `.prepared`.
  case prepareUnit(UnitPlan, space: String, context: String, listed: ListedUnit?)
  /// `.changed`
  case createUnit(UnitPlan, space: String, operation: Operation, content: UnitContent)
  /// `.changed`
  case updateUnit(UnitPlan, space: String, operation: Operation, content: UnitContent)
  /// `.workers`
  case listWorkers(space: String)
  /// Create the worker if it is missing and keep it running: `.changed`.
  case startWorker(slug: String, space: String)
  /// Make a worker known that does not run here: `.changed`.
  case createWorker(slug: String, space: String, isServer: Bool)
  /// What would put the worker into the cluster, without its secret: `.exported`.
  case exportWorker(slug: String, space: String)
  /// Apply what was shown, and the secret with it, to the cluster: `.changed`.
  case installWorker(slug: String, space: String, context: String, shown: String)
  /// `.targets`
  case listTargets(space: String)
  /// A target that takes releases: `.changed`.
  case createTarget(slug: String, worker: String, space: String)
  /// `.changed`
  case setReleaseTarget(target: String, space: String)
  /// `.changed`
  case publishRelease(space: String)
  /// Binds them all in one call: `.changed`, and only all of them make it done.
  case setTargets(units: [String], target: String, space: String)
  /// A unit's content, and the live objects beside it: `.previewed`.
  case preview(UnitPlan, context: String)
  /// A unit's content beside what ConfigHub has under its name: `.previewed`.
  case compare(UnitPlan, space: String, context: String)
  /// `.verified`
  case verify(Session)

  /// `.paused` after that long.
  case pause(Pause)
  /// Give up an effect that is under way; brings nothing back itself.
  case cancel(EffectID)

  /// True for work whose outcome has to be known before the process may end.
  public var changesOutside: Bool {
    switch self {
    case .save, .open, .restoreSession: true
    default: changesConfigHub
    }
  }

  /// What is running, for the status line and the log.
  public var title: String {
    switch self {
    case .load: "looking for a session"
    case .open: "opening the session"
    case .save: "saving"
    case .listSessions: "reading the sessions"
    case .restoreSession(let id, _): "restoring \(id)"
    case .listContexts: "reading the kubeconfig"
    case .listNamespaces(let context): "reading the namespaces of \(context)"
    case .scan(let scope): "scanning \(scope.context)"
    case .readObject(let object, _): "reading \(object.kind) \(object.name)"
    case .readSignIn: "asking ConfigHub who is signed in"
    case .signIn: "signing in with cub"
    case .recheck: "checking that everything is still as it was"
    case .listSpaces: "reading the App Spaces"
    case .listUnits(let space): "reading what Space \(space) holds"
    case .createSpace(let space): "creating \(space.title)"
    case .prepareUnit(let unit, _, _, _): "preparing unit \(unit.name)"
    case .createUnit(let unit, _, _, _): "creating unit \(unit.name)"
    case .updateUnit(let unit, _, _, _): "updating unit \(unit.name)"
    case .listWorkers(let space): "reading the workers of \(space)"
    case .startWorker(let slug, _): "starting worker \(slug)"
    case .createWorker(let slug, _, _): "creating worker \(slug)"
    case .exportWorker(let slug, _): "asking cub for the manifests of worker \(slug)"
    case .installWorker(let slug, _, let context, _): "installing worker \(slug) in \(context)"
    case .createTarget(let slug, _, _): "creating target \(slug)"
    case .setReleaseTarget(let target, _): "releasing to target \(target)"
    case .publishRelease(let space): "publishing a release of \(space)"
    case .listTargets(let space): "reading the targets of \(space)"
    case .setTargets(let units, let target, _):
      units.count == 1
        ? "binding unit \(units[0]) to target \(target)"
        : "binding \(units.count) units to target \(target)"
    case .preview(let unit, _): "reading what unit \(unit.name) holds"
    case .compare(let unit, _, _): "comparing unit \(unit.name)"
    case .verify: "reading everything back"
    case .pause: "waiting"
    case .cancel: "cancelling"
    }
  }
}

/// What is waited for.
public enum Pause: Hashable, Sendable {
  /// Before a worker or its targets are asked for again.
  case poll
  /// Before a failed save is tried again.
  case saveRetry
  /// Between an edit and its save, so that a burst of edits is one save.
  case autosave
  /// Before a run ends although a change is still under way: its intent is saved, and the next run
  /// settles it by reading.
  case leaving

  public var milliseconds: Int {
    switch self {
    case .poll: 2000
    case .saveRetry: 5000
    case .autosave: 400
    case .leaving: 5000
    }
  }
}

/// How a session is to be opened.
public enum Opening: Hashable, Sendable {
  case resume(sessionID: String)
  /// The same, from its newest backup; the file itself is set aside.
  case resumeBackup(sessionID: String)
  /// The replaced session is archived, or deleted if that was asked for; it is left alone if `nil`.
  case new(replacing: String?, deleting: Bool)
}

/// What a unit is to hold: every member, cleaned, as YAML documents separated by `---`.
public struct UnitContent: Hashable, Sendable {
  public var yaml: String
  /// SHA-256 of the YAML's UTF-8 bytes, lower-case hex.
  public var digest: String
  public var sources: [Operation.Source]

  public init(yaml: String, digest: String, sources: [Operation.Source]) {
    self.yaml = yaml
    self.digest = digest
    self.sources = sources
  }
}
