import Subprocess
import Wizard

/// Looks up the objects that own workloads: labels alone can lie.
struct OwnerLookup {
  /// Sorted by kind, namespace and name.
  private(set) var objects: [OwnerObject] = []

  /// What a workload says of its owner.
  private struct Claim: Hashable {
    var namespace: String?
    var name: String
  }

  /// By what Applications say of themselves; empty where they cannot be listed.
  private var applications = AppliedWorkloads()

  /// Objects that are asked for one by one, where all of them may not be listed.
  private static let limit = 100

  /// Looks up the owners of the workloads, and corrects what these say of them.
  ///
  /// - Parameter refusal: why nothing more may be asked for, if so.
  init(lister: Lister, refusal: KubectlError?, apply workloads: inout [Workload]) {
    var claims: [String: Set<Claim>] = [:]
    for workload in workloads {
      for owner in [workload.owner] + workload.otherOwners {
        guard let kind = owner.kind, let name = owner.name, Self.isLookedUp(owner) else { continue }
        claims[kind, default: []].insert(Claim(namespace: owner.namespace, name: name))
      }
    }
    // Argo CD's mark may be a label that others write, too; its Applications tell.
    if claims["Application"] == nil, workloads.contains(where: AppliedWorkloads.mayHold) {
      claims["Application"] = []
    }
    let tasks = Resource.owners.compactMap { resource in
      claims[resource.kind].map { claims in
        { @Sendable in Self.objects(resource, claims, lister, refusal) }
      }
    }
    for found in inParallel(tasks) {
      objects += found.objects
      if !found.applications.isEmpty { applications = found.applications }
    }
    applications.claim(&workloads)
    objects += applications.claimed.filter { !objects.contains($0) }
    objects.sort { ($0.kind, $0.namespace, $0.name) < ($1.kind, $1.namespace, $1.name) }
    correct(&workloads)
  }

  /// What was found out about the owners of one kind.
  private struct Answer {
    var objects: [OwnerObject] = []
    var applications = AppliedWorkloads()
  }

  private static func isLookedUp(_ owner: Owner) -> Bool {
    owner.tool.gitOps?.objectKinds.isEmpty == false
  }

  // MARK: Asking

  private static func objects(
    _ resource: Resource, _ claims: Set<Claim>, _ lister: Lister, _ refusal: KubectlError?
  ) -> Answer {
    if let refusal {
      return Answer(objects: claims.map { object(resource, $0, .unread(refusal.words)) })
    }
    var refusal = KubectlError(.notServed, "")
    for version in resource.apiVersions {
      do throws(KubectlError) {
        return try listed(resource, version, claims, lister)
      } catch {
        refusal = error
        if error.reason == .forbidden {
          return Answer(objects: asked(resource, version, claims, lister))
        }
        if error.reason != .notServed { break }
      }
    }
    let why =
      refusal.reason == .notServed
      ? "this cluster has no \(resource.kind): what owns it may be in another cluster"
      : refusal.words
    return Answer(objects: claims.map { object(resource, $0, .unread(why)) })
  }

  private static func listed(
    _ resource: Resource, _ version: String, _ claims: Set<Claim>, _ lister: Lister
  ) throws(KubectlError) -> Answer {
    let names = Set(claims.map(\.name))
    let cutMarks = claims.map { Owner(.argoCD, name: $0.name, namespace: $0.namespace) }
      .filter { resource.kind == "Application" && $0.isAsLongAsLabels }
    var found: [Claim: OwnerObject] = [:]
    var answer = Answer()
    try lister.list(resource, version, namespace: nil, as: OwningObject.self) { news in
      guard case .item(let item) = news else { return }
      let owner = OwnerObject(resource, item, apiVersion: version)
      answer.applications.note(owner, item)
      let name = item.metadata.name
      let isNamed =
        names.contains(name)
        || cutMarks.contains { mark in
          mark.mayBeCut(from: Owner(.argoCD, name: name, namespace: mark.namespace))
        }
      guard isNamed else { return }
      // What comes twice is the same, or newer.
      found[Claim(namespace: item.metadata.namespace, name: name)] = owner
    }
    var objects: [Claim: OwnerObject] = [:]
    for claim in claims {
      let matching = matches(claim.namespace, claim.name, resource.kind, in: found.values)
      for match in matching {
        objects[Claim(namespace: match.namespace, name: match.name)] = match
      }
      if matching.isEmpty { objects[claim] = object(resource, claim, .missing) }
    }
    answer.objects = Array(objects.values)
    return answer
  }

  /// Those that a mark may mean: of that name, else the one whose name was cut in a label.
  private static func matches(
    _ namespace: String?, _ name: String, _ kind: String, in objects: some Sequence<OwnerObject>
  ) -> [OwnerObject] {
    let possible = objects.filter {
      $0.kind == kind && (namespace ?? $0.namespace) == $0.namespace
    }
    let exact = possible.filter { $0.name == name }
    guard exact.isEmpty, kind == "Application" else { return exact }
    let mark = Owner(.argoCD, name: name, namespace: namespace)
    let cut = possible.filter {
      mark.mayBeCut(from: Owner(.argoCD, name: $0.name, namespace: namespace))
    }
    return cut.count == 1 ? cut : []
  }

  /// One by one, for who may not list them all.
  private static func asked(
    _ resource: Resource, _ version: String, _ claims: Set<Claim>, _ lister: Lister
  ) -> [OwnerObject] {
    claims.sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }.enumerated()
      .map { number, claim in
        guard number < limit else {
          return object(resource, claim, .unread("there are too many to ask for one by one"))
        }
        let reference = ObjectReference(
          apiVersion: version, kind: resource.kind,
          namespace: claim.namespace ?? resource.owner.gitOps?.namespace,
          name: claim.name)
        do throws(KubectlError) {
          let bytes = try lister.kubectl.object(
            reference, resource, context: lister.context, cancellation: lister.cancellation)
          return OwnerObject(
            resource, try decode(OwningObject.self, bytes), apiVersion: version)
        } catch {
          // Elsewhere it may still be: where it is was only a guess then.
          let isMissing = error.reason == .notFound && claim.namespace != nil
          return object(resource, claim, isMissing ? .missing : .unread(error.words))
        }
      }
  }

  private static func object(
    _ resource: Resource, _ claim: Claim, _ standing: OwnerObject.Standing
  ) -> OwnerObject {
    OwnerObject(
      tool: resource.owner, kind: resource.kind, namespace: claim.namespace ?? "", name: claim.name,
      standing: standing)
  }

  // MARK: Believing

  /// Says where the owner is, if that was not said; and that nobody believes in one that is not.
  private func correct(_ workloads: inout [Workload]) {
    let byName = Dictionary(grouping: objects, by: \.name)
    func corrected(_ owner: Owner) -> Owner {
      guard Self.isLookedUp(owner), let name = owner.name, let kind = owner.kind else {
        return owner
      }
      let matching = Self.matches(owner.namespace, name, kind, in: byName[name] ?? objects)
      guard matching.count == 1, let object = matching.first else { return owner }
      var owner = owner
      switch object.standing {
      // An id that names this very object is believed: its Application may be in the cluster from
      // which Argo CD applies to this one.
      case .missing:
        if owner.tool != .argoCD || owner.confidence != .high { owner.confidence = .low }
      case .found: (owner.namespace, owner.name) = (object.namespace, object.name)
      case .unread: break
      }
      return owner
    }
    guard !objects.isEmpty else { return }
    var known: [Owner: Shared<Owner>] = [:]
    for index in workloads.indices {
      let claimed = workloads[index].owner
      let owner = known[claimed] ?? .value(corrected(claimed))
      known[claimed] = owner
      workloads[index].sharedOwner = owner
      if !workloads[index].otherOwners.isEmpty {
        workloads[index].otherOwners = workloads[index].otherOwners.map(corrected)
      }
    }
  }
}
