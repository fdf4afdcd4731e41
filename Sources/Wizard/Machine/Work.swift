/// What is to be done, by what it may touch. Every one may bring `.failed` in place of the outcome that
/// its comment names.
public enum Work: Hashable, Sendable {
  /// The session's files.
  case session(SessionWork)
  /// The kubeconfig and the cluster, which are only read.
  case cluster(ClusterRead)
  /// Asks ConfigHub, and changes nothing there.
  case read(HubRead)
  /// Changes ConfigHub or the cluster: begun only after its intent was saved.
  case change(HubChange)

  /// The session in ConfigHub.
  case sync(SyncWork)

  /// `.paused` after that long.
  case pause(Pause)
  /// Give up an effect that is under way; brings nothing back itself.
  case cancel(EffectID)

  /// True for work whose outcome has to be known before the process may end.
  public var changesOutside: Bool {
    switch self {
    case .session(let work): work.writes
    case .change: true
    case .sync(let work): work.writes
    case .cluster, .read, .pause, .cancel: false
    }
  }

  /// What is changed; `nil` for work that changes neither ConfigHub nor the cluster.
  public var change: HubChange? {
    switch self {
    case .change(let change): change
    case .session, .cluster, .read, .sync, .pause, .cancel: nil
    }
  }

  /// True for what kubectl is asked and the cluster has to answer.
  var reachesCluster: Bool {
    switch self {
    case .cluster(let work): work.reachesCluster
    case .read(let work): work.reachesCluster
    // What changes something follows a check that has reached it.
    case .session, .change, .sync, .pause, .cancel: false
    }
  }

  /// The unit that step `connect` is working on.
  public var unit: UnitPlan? {
    switch self {
    case .read(let work): work.unit
    case .change(let change): change.unit
    case .session, .cluster, .sync, .pause, .cancel: nil
    }
  }

  /// What is running, for the status line and the log.
  public var title: String {
    switch self {
    case .session(let work): work.title
    case .cluster(let work): work.title
    case .read(let work): work.title
    case .change(let change): change.title
    case .sync(let work): work.title
    case .pause: "waiting"
    case .cancel: "cancelling"
    }
  }
}

/// Work with the files of sessions.
public enum SessionWork: Hashable, Sendable {
  /// Find the latest session, or the one named; before the latest of another cluster, the newest
  /// unfinished one of the context: `.loaded`.
  case load(sessionID: String?, context: String? = nil)
  /// Take the lock, begin the run's log, archive or delete what is replaced: `.opened`.
  case open(Opening)
  /// What is kept, the archive included: `.sessions`.
  case list
  /// `.sessionRestored`
  case restore(String, generation: Int?)
  /// `.sessionRestored`, too: it is changed.
  case name(String, String)
  /// Where other sessions have put what this one is about to create: `.earlierUnits`.
  case findEarlierUnits(Session)
  /// Make it durable: `.saved`.
  case save(Session)

  var writes: Bool {
    switch self {
    case .save, .open, .restore, .name: true
    case .load, .list, .findEarlierUnits: false
    }
  }

  var title: String {
    switch self {
    case .load: "looking for a session"
    case .open: "opening the session"
    case .save: "saving"
    case .list: "reading the sessions"
    case .findEarlierUnits: "looking for earlier imports"
    case .restore(let id, _): "restoring \(id)"
    case .name(let id, _): "naming \(id)"
    }
  }
}

/// What is read with kubectl alone.
public enum ClusterRead: Hashable, Sendable {
  /// `.contexts`. Reads the kubeconfig only.
  case listContexts
  /// `.namespaces`
  case listNamespaces(context: String)
  /// `.scanned`, with `Event.progress` meanwhile.
  case scan(ScanScope)
  /// `.object`: to be looked at, nothing else.
  case readObject(ObjectReference, context: String)
  /// Which cluster another context leads to than the session's; no credential plugin is run for it
  /// but the one that was shown for the session: `.identified`.
  case identify(context: String, for: Session)
  /// A unit's content, and the live objects beside it: `.previewed`.
  case preview(UnitPlan, context: String)
  /// An object or a unit, to be shown beside a list: `.object` or `.previewed`.
  case glance(at: Glance.Subject, context: String)

  var reachesCluster: Bool {
    switch self {
    case .listContexts, .identify: false
    case .listNamespaces, .scan, .readObject, .preview, .glance: true
    }
  }

  /// True for what fills the lists that a scan's scope is chosen from.
  var readsScope: Bool {
    switch self {
    case .listContexts, .listNamespaces: true
    case .scan, .readObject, .identify, .preview, .glance: false
    }
  }

  var title: String {
    switch self {
    case .listContexts: "reading the kubeconfig"
    case .listNamespaces(let context): "reading the namespaces of \(context)"
    case .scan(let scope): "scanning \(scope.context)"
    case .readObject(let object, _): "reading \(object.kind) \(object.name)"
    case .identify(let context, _): "looking where context \(context) leads"
    case .preview(let unit, _): "reading what unit \(unit.name) holds"
    case .glance(.object(let object), _): "looking at \(object.kind) \(object.name)"
    case .glance(.unit(let unit), _), .glance(.difference(let unit), _):
      "looking at what unit \(unit.name) holds"
    }
  }
}

/// What ConfigHub is asked, some of it together with the cluster.
public enum HubRead: Hashable, Sendable {
  /// `.signIn`
  case readSignIn
  /// `cub auth login` on the real terminal: `.signInEnded`.
  case signIn
  /// Is everything still as the session says: `.resumeChecked`.
  case recheck(Session)
  /// The App Spaces that there are, to choose from: `.spaces`.
  case listSpaces
  /// All that a Space holds: `.units`.
  case listUnits(space: String)
  /// What a Space holds under these names, with the digest of each: `.units`.
  case readUnits([String], space: String)
  /// Fetch and clean the unit's content, and compare it with what was listed under its name; what
  /// was not listed is not there: `.prepared`.
  case prepareUnit(UnitPlan, space: String, context: String, listed: ListedUnit?)
  /// A unit's content beside what ConfigHub has under its name: `.previewed`.
  case compare(UnitPlan, space: String, context: String)
  /// The same, to be shown beside a list.
  case glance(at: UnitPlan, space: String, context: String)
  /// `.workers`
  case listWorkers(space: String)
  /// What would put the worker into the cluster, without its secret: `.exported`.
  case exportWorker(slug: String, space: String)
  /// `.targets`
  case listTargets(space: String)
  /// `.verified`
  case verify(Session)

  var reachesCluster: Bool {
    switch self {
    case .recheck, .prepareUnit, .compare, .glance, .verify: true
    case .readSignIn, .signIn, .listSpaces, .listUnits, .readUnits, .listWorkers, .exportWorker,
      .listTargets:
      false
    }
  }

  var unit: UnitPlan? {
    switch self {
    case .prepareUnit(let unit, _, _, _): unit
    case .readSignIn, .signIn, .recheck, .listSpaces, .listUnits, .readUnits, .compare, .glance,
      .listWorkers, .exportWorker, .listTargets, .verify:
      nil
    }
  }

  var title: String {
    switch self {
    case .readSignIn: "asking ConfigHub who is signed in"
    case .signIn: "signing in with cub"
    case .recheck: "checking that everything is still as it was"
    case .listSpaces: "reading the App Spaces"
    case .listUnits(let space): "reading what Space \(space) holds"
    case .readUnits(_, let space): "reading what this session made in Space \(space)"
    case .prepareUnit(let unit, _, _, _): "preparing unit \(unit.name)"
    case .compare(let unit, _, _): "comparing unit \(unit.name)"
    case .glance(let unit, _, _): "looking at how unit \(unit.name) differs"
    case .listWorkers(let space): "reading the workers of \(space)"
    case .exportWorker(let slug, _): "asking cub for the manifests of worker \(slug)"
    case .listTargets(let space): "reading the targets of \(space)"
    case .verify: "reading everything back"
    }
  }
}
