import Wizard

extension SimulatedWorld {
  private static let signedOut = "Not signed in to ConfigHub."

  mutating func hubOutcome(of work: Work) -> Outcome {
    switch work {
    case .read(.readSignIn):
      return .signIn(hub.map { .signedIn($0) } ?? .signedOut(reason: Self.signedOut))
    case .read(.signIn):
      hub = nextHub
      return .signInEnded(succeeded: hub != nil)
    case .read(.recheck(let session)): return .resumeChecked(recheck(session))
    default: break
    }
    guard hub != nil else { return .failed(Failure(.signInNeeded, Self.signedOut)) }
    switch work {
    case .read(.listSpaces): return .spaces(spaces.sorted())
    case .read(.listUnits(let space)): return .units(listUnits(of: space))
    case .read(.readUnits(let slugs, let space)):
      return .units(listUnits(of: space)?.filter { slugs.contains($0.key) })
    case .read(.prepareUnit(let unit, _, _, let listed)): return prepare(unit, listed)
    case .read(.listWorkers(let space)): return .workers(listWorkers(of: space))
    case .read(.exportWorker(let slug, _)): return .exported("kind: Deployment of \(slug)")
    case .read(.listTargets(let space)): return .targets(listTargets(of: space))
    case .cluster(.preview(let unit, _)), .cluster(.glance(.unit(let unit), _)):
      let content = content(of: unit)
      return .previewed(
        UnitPreview(
          slug: unit.slug, written: content.yaml.split(separator: "\n").map(String.init),
          live: [.init("status: {}", isLeftOut: true)]))
    case .read(.compare(let unit, let space, _)), .read(.glance(let unit, let space, _)):
      guard let theirs = units["\(space)/\(unit.slug)"]?.digest else {
        return .failed(Failure(.other, "There is no such unit."))
      }
      return .previewed(
        UnitPreview(
          slug: unit.slug, written: [content(of: unit).digest],
          differences: [
            .init(.onlyInConfigHub, theirs), .init(.onlyHere, content(of: unit).digest),
          ]))
    case .read(.verify(let session)): return .verified(verify(session))
    case .sync(.begin(let space)):
      return .syncBegun(SyncState(space: space, unit: "import-1-l", epoch: 1, copy: "0a0a0a0a"))
    case .sync(.end): return .paused
    default: return .failed(Failure(.other, "\(work.title) is not known here."))
    }
  }

  // MARK: Reading

  private func recheck(_ session: Session) -> ResumeCheck {
    let cluster = uid(of: session.cluster.context).map {
      ClusterIdentity(
        context: session.cluster.context, server: "https://\(session.cluster.context)", uid: $0)
    }
    guard let hub else {
      return ResumeCheck(cluster: cluster, signIn: .signedOut(reason: Self.signedOut), units: nil)
    }
    let spaces = Set(session.proposal?.spaceSlugs ?? [])
    let keys = units.keys.filter { spaces.contains(String($0.prefix { $0 != "/" })) }
    return ResumeCheck(
      cluster: cluster, clusterProblem: "The cluster cannot be read.", signIn: .signedIn(hub),
      units: Set(keys.map { OperationKey(text: $0) }))
  }

  func content(of unit: UnitPlan) -> UnitContent {
    let names = unit.members.map { "\($0.kind)/\($0.namespace ?? "")/\($0.name)" }
    return UnitContent(
      yaml: names.joined(separator: "\n---\n"), digest: "digest of \(names)\(drift)",
      sources: unit.members.map {
        .init(object: $0, uid: uidsAnew[$0.name] ?? "uid", resourceVersion: "1")
      })
  }

  /// By slug.
  private func listUnits(of space: String) -> [String: ListedUnit]? {
    let held = units.filter { $0.key.hasPrefix(space + "/") }
    guard spaces.contains(space) else { return nil }
    return Dictionary(
      uniqueKeysWithValues: held.map { key, unit in
        (
          String(key.dropFirst(space.count + 1)),
          ListedUnit(
            id: unit.id, version: unit.version, digest: unit.digest,
            isEmpty: unit.digest == Unit.nothing,
            mark: unit.markedBy.map { .init(session: unit.session ?? latest ?? "", operation: $0) },
            targetID: unit.target)
        )
      })
  }

  private func prepare(_ unit: UnitPlan, _ listed: ListedUnit?) -> Outcome {
    let content = content(of: unit)
    let existing = listed.map {
      ExistingUnit(
        id: $0.id, version: $0.version, isSame: $0.digest == content.digest, isEmpty: $0.isEmpty,
        markedBy: $0.operation(
          ofSession: latest ?? "", lineage: sessions[latest ?? ""]?.lineage ?? ""),
        digest: $0.digest)
    }
    return .prepared(content, existing: existing)
  }

  private mutating func listWorkers(of space: String) -> [Worker] {
    for (key, worker) in workers where key.hasPrefix(space + "/") {
      if let lists = worker.listsUntilReady, lists > 0 {
        workers[key]?.listsUntilReady = lists - 1
      }
    }
    return workers.filter { $0.key.hasPrefix(space + "/") }.map {
      Worker(
        slug: String($0.key.dropFirst(space.count + 1)), id: $0.value.id,
        condition: $0.value.condition, userID: "user of \($0.value.id)")
    }
  }

  private var isToday: Bool { hub?.deliversReleasesOnly == true }

  private mutating func listTargets(of space: String) -> [Target] {
    guard isToday || workers.values.contains(where: { $0.listsUntilReady == 0 }) else { return [] }
    if listsUntilTarget > 0 {
      listsUntilTarget -= 1
      return []
    }
    return targets(of: space)
  }

  private func targets(of space: String) -> [Target] {
    if isToday {
      let released = releasing[space].map { $0.contains("/") ? $0 : "\(space)/\($0)" }
      return releaseTargets.keys.filter { $0.hasPrefix(space + "/") || $0 == released }.sorted()
        .map {
          Target(
            slug: $0.hasPrefix(space + "/") ? String($0.dropFirst(space.count + 1)) : $0,
            id: "target \($0)", providerType: "", isReleaseTarget: $0 == released,
            pullers: pullers[$0] ?? [])
        }
    }
    let own = releaseTargets.filter { $0.key.hasPrefix(space + "/") }.map {
      Target(
        slug: String($0.key.dropFirst(space.count + 1)), id: "target \($0.key)",
        providerType: "OCI",
        workerID: $0.value)
    }
    return own
      + workers.filter {
        $0.key.hasPrefix(space + "/") && $0.value.listsUntilReady == 0 && !$0.value.isServer
      }.map {
        Target(
          slug: "\($0.key.dropFirst(space.count + 1))-kubernetes-yaml-\(contexts[0])",
          id: "target of \($0.value.id)", providerType: "Kubernetes", workerID: $0.value.id,
          kubeContext: contexts[0])
      }
  }

  private func verify(_ session: Session) -> Report {
    let target = targets(of: session.proposal?.appSpace ?? "")
      .first { $0.slug == session.targetSlug }
    let checks = (session.proposal?.units ?? []).map { plan -> Report.Check in
      let key = session.proposal?.key(of: plan).text ?? ""
      let operation = session.operations.last { $0.kind == .createUnit && $0.key.text == key }
      let subject = "unit \(plan.name)"
      if operation?.state == .skipped {
        return .init(subject: subject, verdict: .notVerified, detail: "left out")
      }
      guard let unit = units[key], operation?.state == .done else {
        return .init(subject: subject, verdict: .mismatch, detail: "not created")
      }
      if session.stepsSkipped.contains(.targets) {
        return .init(subject: subject, verdict: .notVerified, detail: "target left out")
      }
      let isRight = operation?.digest.map { $0 == unit.digest } ?? true
      return .init(
        subject: subject,
        verdict: isRight && unit.target == (ownTarget(of: key) ?? target?.id) ? .ok : .mismatch,
        detail: "read back")
    }
    return Report(checks: checks)
  }

  /// What a Space releases to that is none of ours.
  private func ownTarget(of key: String) -> String? {
    let space = String(key.prefix { $0 != "/" })
    return targets(of: space).first(where: \.isReleaseTarget)?.id
  }

  // MARK: Changing

  mutating func changeOutcome(of work: Work, as fate: Fate) -> Outcome {
    switch fate {
    case .refused: return .changed(.refused("ConfigHub refused it."))
    case .exists: return .changed(.exists("It exists already."))
    case .signInNeeded: return .changed(.signInNeeded(Self.signedOut))
    case .lostBefore: return .changed(.unclear("The connection was lost."))
    case .broken, .done, .lostAfter, .brokenAfter: break
    }
    guard hub != nil else { return .changed(.signInNeeded(Self.signedOut)) }
    let change = perform(work)
    switch fate {
    case .lostAfter: return .changed(.unclear("The connection was lost."))
    case .brokenAfter(let kind): return .failed(Failure(kind, "\(work.title) broke."))
    default: return .changed(change)
    }
  }

  private mutating func perform(_ work: Work) -> Change {
    guard case .change(let change) = work else { return .refused("\(work.title) is no change.") }
    switch change {
    case .createSpace(let space):
      let slug = space.slug
      guard spaces.insert(slug).inserted else {
        countVain("space \(slug)")
        return .exists("Space \(slug) exists.")
      }
      count("space \(slug)")
      return .done(id: newID("space"), version: nil, slug: slug)
    case .createUnit(let plan, let space, let operation, let content):
      return create(plan, "\(space)/\(plan.slug)", operation, content)
    case .updateUnit(let plan, let space, let operation, let content):
      let key = "\(space)/\(plan.slug)"
      guard var unit = units[key] else { return .refused("There is no unit \(key).") }
      countChange()
      unit.digest = content.digest
      unit.version += 1
      unit.markedBy = operation.id
      unit.session = latest
      units[key] = unit
      return .done(id: unit.id, version: unit.version, slug: plan.slug)
    case .startWorker(let slug, let space):
      return startWorker(slug, "\(space)/\(slug)")
    case .createWorker(let slug, let space, let isServer):
      let change = startWorker(slug, "\(space)/\(slug)")
      workers["\(space)/\(slug)"]?.isServer = isServer
      workers["\(space)/\(slug)"]?.listsUntilReady = isServer ? 0 : nil
      return change
    case .installWorker(let slug, let space, _, let shown):
      countChange()
      applied.append(shown)
      workers["\(space)/\(slug)"]?.listsUntilReady = startedListsUntilReady
      return .done(id: nil, version: nil, slug: slug)
    case .createTarget(let slug, let worker, let space):
      guard let id = workers["\(space)/\(worker)"]?.id else { return .refused("No worker.") }
      let isThere = releaseTargets["\(space)/\(slug)"] != nil
      if isToday { pullers["\(space)/\(slug)", default: []].insert("user of \(id)") }
      if isThere, isToday { return .done(id: "target \(space)/\(slug)", version: nil, slug: slug) }
      guard !isThere else { return .exists("It exists.") }
      count("target \(space)/\(slug)")
      releaseTargets["\(space)/\(slug)"] = id
      return .done(id: "target \(space)/\(slug)", version: nil, slug: slug)
    case .setReleaseTarget(let target, let space):
      countChange()
      releasing[space] = target
      return .done(id: nil, version: nil, slug: space)
    case .publishRelease(let space):
      guard releasing[space] != nil else { return .refused("It has no release target.") }
      countChange()
      releases += 1
      return .done(id: nil, version: nil, slug: nil)
    case .setTargets(let slugs, let target, let space):
      let parts = target.split(separator: "/").map(String.init)
      let place = parts.count == 2 ? parts[0] : space
      guard let id = targets(of: place).first(where: { $0.slug == parts.last })?.id else {
        return .refused("There is no target \(target).")
      }
      let keys = slugs.map { "\(space)/\($0)" }
      guard keys.allSatisfy({ units[$0] != nil }) else { return .refused("One is not there.") }
      for key in keys {
        countChange()
        units[key]?.target = id
      }
      return .done(id: nil, version: nil, slug: nil)
    case .deleteUnits(let slugs, let space):
      let removed = slugs.filter { remove("\(space)/\($0)") }
      return removed.count == slugs.count
        ? .done(id: nil, version: nil, slug: nil) : .refused("One is not there.")
    }
  }

  private mutating func create(
    _ plan: UnitPlan, _ key: String, _ operation: Operation, _ content: UnitContent
  ) -> Change {
    guard spaces.contains(String(key.prefix { $0 != "/" })) else {
      return .refused("There is no such space.")
    }
    let isOurs = units[key]?.markedBy != nil
    guard units[key] == nil || (isOurs && !hasUniqueNames) else {
      countVain("unit \(key)")
      return .exists("Unit \(key) exists.")
    }
    count("unit \(key)")
    let unit = Unit(
      digest: content.digest, id: newID("unit"), markedBy: operation.id, session: latest)
    units[key] = unit
    return .done(id: unit.id, version: unit.version, slug: plan.slug)
  }

  /// Runs it, and creates it first if it is missing.
  private mutating func startWorker(_ slug: String, _ key: String) -> Change {
    if workers[key] == nil {
      workers[key] = HubWorker(id: newID("worker"))
      count("worker \(key)")
    }
    if workers[key]?.listsUntilReady != 0 { workers[key]?.listsUntilReady = startedListsUntilReady }
    return .done(id: workers[key]?.id, version: nil, slug: slug)
  }
}
