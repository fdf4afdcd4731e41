/// The end of the step where releases deliver: ConfigHub's own worker has a target that Argo CD or
/// Flux pull from, each Space with units releases to it, and releases are published.
extension Reducer {
  /// Ends the step; before that, what a target that takes releases needs.
  mutating func deliver() {
    guard state.step == .targets, !leavesTargetsOut() else { return }
    guard let proposal = state.session.proposal else { return complete(.targets) }
    while let space = spaceToRelease(of: proposal) {
      if let target = state.target(of: space), target.takesReleases {
        let isItsOwn =
          target.isReleaseTarget && (space == state.appSpace || state.hasOwnTarget(space))
        if !isItsOwn, !isDone(.setReleaseTarget(target: target.slug, space: space), target) {
          return
        }
        if !isDone(.publishRelease(space: space), target) { return }
      }
      state.spaceIndex.firstUnreleased += 1
    }
    complete(.targets)
  }

  /// The first one with units of this session that were bound, past those that are released: a release
  /// of others would deliver nothing.
  private mutating func spaceToRelease(of proposal: Proposal) -> String? {
    var index = state.spaceIndex
    defer { state.spaceIndex = index }
    index.follow(proposal)
    let units = index
    return index.open(from: \.firstUnreleased, of: proposal, atMost: 1) { space in
      let own = proposal.layout == .component ? units.units(of: space) : proposal.units
      return own.contains { state.binding(of: $0)?.state == .done }
    }.first
  }

  /// True if it was done for that target; else it begins, unless it is under way.
  private mutating func isDone(_ change: HubChange, _ target: Target) -> Bool {
    guard let subject = change.subjects.first else { return true }
    let earlier = state.operation(subject)
    if earlier?.state == .done, earlier?.detail == target.slug { return true }
    if isUnderWay({ $0 == change }) { return false }
    if intend(subject, { $0.detail = target.slug }) != nil {
      saveThen(change)
    } else {
      releaseFailed(change, earlier?.reasonOfGivingUp ?? "")
    }
    return false
  }

  // MARK: The target

  /// A target for releases is made by us: no worker registers one.
  mutating func createTarget() {
    guard let worker = state.session.workerSlug else { return }
    let slug = "\(worker)-releases"
    let change = HubChange.createTarget(slug: slug, worker: worker, space: state.appSpace)
    if isUnderWay({ $0 == change }) { return }
    if intend(state.targetSubject(slug)) != nil { return saveThen(change) }
    targetFailed(slug, state.operation(state.targetSubject(slug))?.reasonOfGivingUp ?? "")
  }

  /// A target whose creation was unclear is there after all.
  mutating func settleTarget(_ targets: [Target]) {
    for target in targets { settleIntent(state.targetSubject(target.slug), id: target.id) }
  }

  mutating func targetCreated(_ slug: String, _ change: HubChange, _ made: Change) {
    switch settle(change, made) {
    case .done: state.isWorkerLetIn = true
    // It shows in the list.
    case .unclear: break
    case .failed(let reason): return targetFailed(slug, reason)
    case .signedOut: return
    }
    save()
    begin(.listTargets(space: state.appSpace))
  }

  private mutating func targetFailed(_ slug: String, _ reason: String) {
    giveUp(state.targetSubject(slug), reason)
    save()
    deliveryFailed("Target \(slug) could not be created", reason)
  }

  // MARK: Results

  /// What is unclear is done again, which does the same.
  mutating func released(_ change: HubChange, _ made: Change) {
    switch settle(change, made) {
    case .done, .unclear: break
    case .failed(let reason): return releaseFailed(change, reason)
    case .signedOut: return
    }
    save()
    deliver()
  }

  private mutating func releaseFailed(_ change: HubChange, _ reason: String) {
    for subject in change.subjects { giveUp(subject, reason) }
    save()
    if case .setReleaseTarget(let target, let space) = change {
      deliveryFailed("Space \(space) could not be made to release to \(target)", reason)
    } else if let space = change.subjects.first?.key.space {
      deliveryFailed("No release of \(space) could be published", reason)
    }
  }

  private mutating func deliveryFailed(_ what: String, _ reason: String) {
    fail(
      Failure(
        .other, "\(what): \(reason.withoutStop).",
        ways: [.retry, Way(.skip, "leaves the targets out")]))
  }
}

extension WizardState {
  fileprivate func targetSubject(_ slug: String) -> Operation.Subject {
    .init(.createTarget, .init(space: appSpace, name: slug))
  }

  /// The Spaces that units of this session are in, of which releases are made.
  var releasedSpaces: [String] {
    guard let proposal = session.proposal else { return [] }
    guard proposal.layout == .component else { return [proposal.appSpace] }
    let used = Set(
      session.operations.filter { $0.kind == .createUnit && $0.state == .done }.map(\.space))
    return proposal.spaceSlugs.filter(used.contains)
  }

  func hasOwnTarget(_ space: String) -> Bool { (ownTargets[space] ?? nil) != nil }

  /// For a sentence: the targets that are there and lead elsewhere.
  var otherTargets: String {
    let others = (targets ?? []).map { target in
      target.kubeContext.map { "\(target.slug) for \($0)" } ?? target.slug
    }
    return others.isEmpty ? "" : " (there is \(others.joined(separator: ", ")))"
  }
}
