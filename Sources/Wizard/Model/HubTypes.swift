/// Who is signed in to ConfigHub, and where.
public struct HubIdentity: Hashable, Sendable {
  public var server: String?
  public var organization: String?
  public var organizationID: String?
  public var user: String?
  /// Which cub says so, e.g. `v0.8.12`; found out in each run, never saved.
  public var cubVersion: String?
  /// This cub delivers releases alone, which Argo CD and Flux pull; no worker registers a target.
  public var deliversReleasesOnly = false
  /// This cub still has units applied by a worker (`unit apply`).
  public var appliesUnits = false
  /// What cub says about a server that is older than itself.
  public var versionWarning: String?

  public init(
    server: String? = nil, organization: String? = nil, organizationID: String? = nil,
    user: String? = nil
  ) {
    self.server = server
    self.organization = organization
    self.organizationID = organizationID
    self.user = user
  }

  /// True unless both name a server or organisation and they differ.
  public func isSamePlace(as other: HubIdentity) -> Bool {
    func agree(_ a: String?, _ b: String?) -> Bool { a == nil || b == nil || a == b }
    return agree(server, other.server)
      && (organizationID != nil && other.organizationID != nil
        ? organizationID == other.organizationID : agree(organization, other.organization))
  }
}

public enum SignInState: Hashable, Sendable {
  case signedIn(HubIdentity)
  case signedOut(reason: String)
}

/// A ConfigHub worker: what connects ConfigHub to a cluster.
public struct Worker: Hashable, Sendable {
  public var slug: String
  public var id: String?
  /// `Ready`, `NotReady`, `Unresponsive`, `Disconnected`, or what the server says.
  public var condition: String
  /// The user that it acts as, whom a target for releases has to let in.
  public var userID: String?

  public init(slug: String, id: String? = nil, condition: String, userID: String? = nil) {
    self.slug = slug
    self.id = id
    self.condition = condition
    self.userID = userID
  }

  public var isReady: Bool { condition == "Ready" }
}

/// A place that units can be delivered to.
public struct Target: Hashable, Sendable {
  public var slug: String
  public var id: String?
  public var providerType: String
  public var workerID: String?
  /// From the target's parameters; `nil` where they name none (a worker inside the cluster).
  public var kubeContext: String?
  /// The App Space releases to this one.
  public var isReleaseTarget: Bool
  /// The users who may see it and pull its releases; `nil` where ConfigHub does not say.
  public var pullers: Set<String>?

  public init(
    slug: String, id: String? = nil, providerType: String, workerID: String? = nil,
    kubeContext: String? = nil, isReleaseTarget: Bool = false, pullers: Set<String>? = nil
  ) {
    self.slug = slug
    self.id = id
    self.providerType = providerType
    self.workerID = workerID
    self.kubeContext = kubeContext
    self.isReleaseTarget = isReleaseTarget
    self.pullers = pullers
  }

  /// False only where it is known that the worker may not pull from it.
  public func letsIn(_ worker: Worker) -> Bool {
    guard let pullers, let user = worker.userID else { return true }
    return pullers.contains(user)
  }

  /// True for one that Argo CD or Flux take releases from; today there are no others, and none names
  /// a provider.
  public var takesReleases: Bool { providerType.isEmpty || providerType.lowercased() == "oci" }
}

/// A unit as a list of its App Space tells it.
public struct ListedUnit: Hashable, Sendable {
  public var id: String?
  public var version: Int?
  /// SHA-256 of what it holds, lower-case hex; `nil` where ConfigHub does not tell.
  public var digest: String?
  public var isEmpty: Bool
  /// What its labels say of where it comes from; `nil` if no session made it.
  public var mark: Mark?
  public var targetID: String?
  /// Why what it holds cannot be told, a sentence; `nil` where nobody tried to read it, or could.
  public var problem: String?

  /// The session that made a unit, and the operation that it did that by.
  public struct Mark: Hashable, Sendable {
    public var session: String
    public var operation: String

    public init(session: String, operation: String) {
      self.session = session
      self.operation = operation
    }
  }

  public init(
    id: String? = nil, version: Int? = nil, digest: String? = nil, isEmpty: Bool = false,
    mark: Mark? = nil, targetID: String? = nil
  ) {
    self.id = id
    self.version = version
    self.digest = digest
    self.isEmpty = isEmpty
    self.mark = mark
    self.targetID = targetID
  }

  func isOfEarlierImport(than session: String) -> Bool {
    mark.map { $0.session != session } ?? false
  }

  /// The operation of this session that made it; `nil` if none did.
  public func operation(ofSession id: String, lineage: String) -> String? {
    mark.flatMap {
      $0.session == id && Operation.isOne($0.operation, of: lineage) ? $0.operation : nil
    }
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

/// How the worker step is to be done.
public enum WorkerMode: String, CaseIterable, Sendable {
  case existing, local, cluster, server, skip
}

/// What to do about a unit of our name that holds other content.
public enum ConflictPolicy: String, CaseIterable, Sendable { case ask, skip, update, rename }
