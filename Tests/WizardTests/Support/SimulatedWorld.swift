import Wizard

/// How the world treats one piece of work.
enum Fate: Hashable, Sendable {
  case done
  /// Done, but nobody hears of it: for a change `.unclear`.
  case lostAfter
  /// Not done, and nobody hears of that either.
  case lostBefore
  /// Done, and then the program that did it broke.
  case brokenAfter(Failure.Kind)
  /// Not done, for the reason named.
  case broken(Failure.Kind)
  /// For a change: refused, said to exist already, or said to need a sign-in; not done.
  case refused, exists, signInNeeded

  static let kinds: [Failure.Kind] = [
    .other, .cancelled, .signInNeeded, .noSession, .held, .timedOut, .anotherCluster,
  ]

  static let ofChanges: [Fate] =
    [.done, .lostAfter, .lostBefore, .refused, .exists, .signInNeeded]
    + kinds.flatMap { [.broken($0), .brokenAfter($0)] }

  static let ofReads: [Fate] = [.done] + kinds.map { .broken($0) }

  static func all(of kind: WorkKind) -> [Fate] {
    if kind.isChange { return ofChanges }
    switch kind {
    case .save: return ofReads + [.brokenAfter(.other)]
    case .poll, .saveRetry, .autosave: return [.done]
    default: return ofReads
    }
  }
}

/// A cluster, a ConfigHub and a disk in memory. It counts what is created, so that nothing can be
/// created twice unnoticed.
struct SimulatedWorld {
  struct Unit: Hashable {
    /// Of one that was made and never written.
    static let nothing = "digest of nothing"

    var digest: String
    var id: String
    var version = 1
    var markedBy: String?
    /// The session that the mark names; the latest one if `nil`.
    var session: String?
    var target: String?
  }

  struct HubWorker: Hashable {
    var id: String
    /// How often it is listed before it is ready; `nil` for one that never is.
    var listsUntilReady: Int?

    /// ConfigHub's own: no target but those that are made for it.
    var isServer = false

    var condition: String { listsUntilReady == 0 ? "Ready" : "Disconnected" }
  }

  /// What other sessions have made of the same.
  var earlierUnits: [WorkloadKey: EarlierUnit] = [:]

  // The cluster.
  var contexts = ["kind-atk", "prod-east"]
  /// What kubectl starts to sign in, by context.
  var plugins: [String: String] = [:]
  /// The namespaces that the kubeconfig has for contexts.
  var ownNamespaces: [String: String] = [:]
  var currentContext: String? = "kind-atk"
  var clusterUID: String? = "uid-of-kube-system"
  /// Of contexts that lead to other clusters.
  var otherUIDs = ["prod-east": "uid-of-prod-east"]
  /// What has changed in every object of the cluster.
  var drift = ""
  /// Objects that were deleted and made anew, by name, with their uids by now.
  var uidsAnew: [String: String] = [:]
  var namespaces = ["kube-system", "order-prod", "payment-prod"]
  var workloads: [Workload]
  /// What becomes of others.
  var objects: [FoundObject] = []

  // ConfigHub.
  var hub: HubIdentity? = HubIdentity(
    server: "https://hub.confighub.com", organization: "acme-corp", organizationID: "org-1",
    user: "user@example.com")
  /// Who the next sign-in brings.
  var nextHub: HubIdentity? = HubIdentity(
    server: "https://hub.confighub.com", organization: "acme-corp", organizationID: "org-1",
    user: "user@example.com")
  var spaces: Set<String> = []
  var units: [String: Unit] = [:]
  /// False for a hub that makes a unit of ours a second time, which `created` then shows.
  var hasUniqueNames = true
  var workers: [String: HubWorker] = [:]
  /// Targets for releases, by `space/slug`, with the id of their worker.
  var releaseTargets: [String: String] = [:]
  /// Today's cub: who may pull from them.
  var pullers: [String: Set<String>] = [:]
  /// Where each space releases to.
  var releasing: [String: String] = [:]
  var releases = 0
  /// What was applied to the cluster.
  var applied: [String] = []
  /// How often the targets are listed before a ready worker has one.
  var listsUntilTarget = 1
  /// How often a worker that is started is listed before it is ready.
  var startedListsUntilReady: Int? = 2

  // The disk.
  var sessions: [String: Session] = [:]
  var latest: String?
  var archived: [String] = []
  var deleted: [String] = []
  var saves = 0

  /// How often each thing was created: `space x`, `unit x/y`, `worker x/y`.
  private(set) var created: [String: Int] = [:]
  /// How often each unit was removed.
  private(set) var removals: [String: Int] = [:]
  /// What was asked to be removed and was not there.
  private(set) var removedInVain: [String] = []
  /// What was asked to be created while it was there.
  private(set) var createdInVain: [String] = []
  private(set) var changes = 0
  private var lastID = 0

  init(workloads: Int = 3) {
    self.workloads = (0..<workloads).map { .sample($0) }
  }

  mutating func count(_ name: String) {
    created[name, default: 0] += 1
    changes += 1
  }

  /// Removes a unit; false if it is not there.
  mutating func remove(_ key: String) -> Bool {
    guard units.removeValue(forKey: key) != nil else {
      removedInVain.append(key)
      return false
    }
    removals[key, default: 0] += 1
    changes += 1
    return true
  }

  mutating func countChange() { changes += 1 }
  mutating func countVain(_ name: String) { createdInVain.append(name) }

  mutating func newID(_ prefix: String) -> String {
    lastID += 1
    return "\(prefix)-\(lastID)"
  }

  /// Does the work, or not, and says what an effect's runner would say.
  mutating func outcome(of work: Work, as fate: Fate, at now: Timestamp) -> Outcome {
    if case .broken(let kind) = fate { return .failed(Failure(kind, "\(work.title) broke.")) }
    if !work.changes.isEmpty { return changeOutcome(of: work, as: fate) }
    let outcome = readOutcome(of: work, at: now)
    if case .brokenAfter(let kind) = fate { return .failed(Failure(kind, "\(work.title) broke.")) }
    return outcome
  }

  private mutating func readOutcome(of work: Work, at now: Timestamp) -> Outcome {
    switch work {
    case .session(.load(let id, _)): return load(id, at: now)
    case .session(.open(let opening)): return open(opening, at: now)
    case .session(.save(let session)): return save(session)
    case .cluster(.listContexts):
      return .contexts(
        contexts.map {
          ContextChoice(name: $0, namespace: ownNamespaces[$0], credentialPlugin: plugins[$0])
        },
        current: currentContext)
    case .cluster(.listNamespaces): return .namespaces(namespaces)
    case .cluster(.scan(let scope)): return scan(scope)
    case .cluster(.readObject(let object, _)), .cluster(.glance(.object(let object), _)):
      return .object(yaml: "kind: \(object.kind)\n")
    case .cluster(.identify(let context, _)):
      return .identified(
        uid(of: context).map {
          ClusterIdentity(context: context, server: "https://\(context)", uid: $0)
        })
    case .session(.list): return .sessions([])
    case .session(.findEarlierUnits): return .earlierUnits(earlierUnits)
    case .session(.restore(let id, _)): return .sessionRestored("Session \(id) is restored.")
    case .session(.name(let id, _)): return .sessionRestored("Session \(id) is named.")
    case .pause: return .paused
    default: return hubOutcome(of: work)
    }
  }

  func uid(of context: String) -> String? { otherUIDs[context] ?? clusterUID }

  private func scan(_ scope: ScanScope) -> Outcome {
    let found = workloads.filter { workload in
      let namespace = workload.key.namespace
      let isAsked =
        scope.allNamespaces
        ? !ScanScope.systemNamespaces.contains(namespace)
        : scope.namespaces.contains(namespace)
      return isAsked && !scope.excluded.contains(namespace)
        && (scope.kinds.isEmpty || workload.key.kind.map(scope.kinds.contains) == true)
        && (scope.selector.isEmpty || workload.key.name == scope.selector)
    }
    let identity = ClusterIdentity(
      context: scope.context, server: "https://\(scope.context)", uid: uid(of: scope.context))
    return .scanned(
      ScanResult(
        namespaces: Set(found.map(\.key.namespace)).sorted(), workloads: found, objects: objects),
      identity)
  }

  // MARK: The disk

  private func load(_ id: String?, at now: Timestamp) -> Outcome {
    guard let name = id ?? latest, let session = sessions[name] else {
      return .loaded(nil, warnings: [])
    }
    return .loaded(
      FoundSession(session: session, age: Age(since: session.updatedAt, at: now)), warnings: [])
  }

  private mutating func open(_ opening: Opening, at now: Timestamp) -> Outcome {
    switch opening {
    case .resume(let id), .resumeBackup(let id):
      guard let session = sessions[id] else {
        return .failed(Failure(.noSession, "There is no session \(id)."))
      }
      latest = id
      return .opened(session)
    case .undo(let id), .look(let id):
      return sessions[id].map { .opened($0) }
        ?? .failed(Failure(.noSession, "There is no session \(id)."))
    case .new(let replacing, let deleting):
      if let replacing {
        if deleting {
          sessions[replacing] = nil
          deleted.append(replacing)
        } else {
          archived.append(replacing)
        }
      }
      return .opened(
        Session(id: newID("import"), lineage: newID("lineage"), createdAt: now))
    }
  }

  private mutating func save(_ session: Session) -> Outcome {
    var saved = session
    saved.generation += 1
    sessions[session.id] = saved
    latest = session.id
    saves += 1
    return .saved(generation: saved.generation)
  }
}

extension Workload {
  static func sample(
    _ index: Int, kind: WorkloadKind = .deployment, owner: Owner = .native
  ) -> Workload {
    Workload(
      key: WorkloadKey(
        kind: kind, namespace: index % 2 == 0 ? "payment-prod" : "order-prod",
        name: "app\(index)"),
      apiVersion: "apps/v1", owner: owner)
  }
}
