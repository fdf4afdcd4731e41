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

  /// Objects that are asked for one by one, where all of them may not be listed.
  private static let limit = 100

  /// Looks up the owners of the workloads, and corrects what these say of them.
  ///
  /// - Parameter refusal: why nothing more may be asked for, if so.
  init(lister: Lister, refusal: Refusal?, apply workloads: inout [Workload]) {
    var claims: [String: Set<Claim>] = [:]
    for workload in workloads {
      for owner in [workload.owner] + workload.otherOwners {
        guard let kind = owner.kind, let name = owner.name, Self.isLookedUp(owner) else { continue }
        claims[kind, default: []].insert(Claim(namespace: owner.namespace, name: name))
      }
    }
    let tasks = Resource.owners.compactMap { resource in
      claims[resource.kind].map { claims in
        { @Sendable in Self.objects(resource, claims, lister, refusal) }
      }
    }
    objects = inParallel(tasks).flatMap(\.self)
      .sorted { ($0.kind, $0.namespace, $0.name) < ($1.kind, $1.namespace, $1.name) }
    correct(&workloads)
  }

  private static func isLookedUp(_ owner: Owner) -> Bool { owner.tool.reverts }

  // MARK: Asking

  private static func objects(
    _ resource: Resource, _ claims: Set<Claim>, _ lister: Lister, _ refusal: Refusal?
  ) -> [OwnerObject] {
    if let refusal { return claims.map { object(resource, $0, .unread(refusal.words)) } }
    var refusal = Refusal(.notServed, "")
    for version in resource.apiVersions {
      do throws(Refusal) {
        return try listed(resource, version, claims, lister)
      } catch {
        refusal = error
        if error.reason == .forbidden { return asked(resource, version, claims, lister) }
        if error.reason != .notServed { break }
      }
    }
    let why =
      refusal.reason == .notServed
      ? "this cluster has no \(resource.kind): what owns it may be in another cluster"
      : refusal.words
    return claims.map { object(resource, $0, .unread(why)) }
  }

  private static func listed(
    _ resource: Resource, _ version: String, _ claims: Set<Claim>, _ lister: Lister
  ) throws(Refusal) -> [OwnerObject] {
    let names = Set(claims.map(\.name))
    var found: [Claim: OwnerObject] = [:]
    try lister.list(resource, version, namespace: nil, as: OwningObject.self) { news in
      // What comes twice is the same, or newer.
      guard case .item(let item) = news, names.contains(item.metadata.name) else { return }
      let claim = Claim(namespace: item.metadata.namespace, name: item.metadata.name)
      found[claim] = OwnerObject(resource, item, apiVersion: version)
    }
    let byName = Dictionary(grouping: found.values, by: \.name)
    var objects: [Claim: OwnerObject] = [:]
    for claim in claims {
      let matching = (byName[claim.name] ?? []).filter {
        claim.namespace == nil || claim.namespace == $0.namespace
      }
      for match in matching {
        objects[Claim(namespace: match.namespace, name: match.name)] = match
      }
      if matching.isEmpty { objects[claim] = object(resource, claim, .missing) }
    }
    return Array(objects.values)
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
        do throws(Refusal) {
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
      guard Self.isLookedUp(owner), let name = owner.name else { return owner }
      let matching = (byName[name] ?? []).filter {
        $0.kind == owner.kind && (owner.namespace ?? $0.namespace) == $0.namespace
      }
      guard matching.count == 1, let object = matching.first else { return owner }
      var owner = owner
      if object.standing == .missing { owner.confidence = .low }
      if object.standing == .found { owner.namespace = object.namespace }
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
