/// The end of step 6 where releases deliver: ConfigHub's own worker has a target that Argo CD or
/// Flux pull from, each Space with units releases to it, and releases are published.
extension Turn {
  /// Ends step 6; before that, what a target that takes releases needs.
  mutating func deliver() {
    for space in state.releasedSpaces {
      guard let target = state.target(of: space), target.takesReleases else { continue }
      let steps: [(Operation.Kind, Work)] = [
        (.setReleaseTarget, .setReleaseTarget(target: target.slug, space: space)),
        (.publishRelease, .publishRelease(space: space)),
      ]
      let isItsOwn =
        target.isReleaseTarget && (space == state.appSpace || state.hasOwnTarget(space))
      for (kind, work) in steps {
        if kind == .setReleaseTarget, isItsOwn { continue }
        let earlier = state.operation(kind, on: space)
        if earlier?.state == .done, earlier?.detail == target.slug { continue }
        guard !isRunning({ $0 == work }), !state.afterSave.contains(work) else { return }
        let id = earlier?.id ?? record(kind, key: space)
        update(id) {
          $0.attempt = earlier?.state == .intent ? $0.attempt + 1 : 1
          $0.state = .intent
          $0.detail = target.slug
        }
        return saveThen(work)
      }
    }
    endTargets()
  }

  private mutating func endTargets() {
    complete(.targets, then: .verify)
    save()
    enterVerify()
  }

  // MARK: The target

  /// A target for releases is made by us: no worker registers one.
  mutating func createTarget() {
    guard let worker = state.session.workerSlug else { return }
    let slug = "\(worker)-releases"
    let key = "\(state.appSpace)/\(slug)"
    let work = Work.createTarget(slug: slug, worker: worker, space: state.appSpace)
    guard !isRunning({ $0 == work }), !state.afterSave.contains(work) else { return }
    let earlier = state.operation(.createTarget, on: key)
    let attempt = earlier?.state == .intent ? (earlier?.attempt ?? 0) + 1 : 1
    guard attempt <= Turn.maximumAttempts else {
      let reason = earlier?.reason ?? "ConfigHub gave no clear answer."
      if let earlier { update(earlier.id) { $0.fail(reason) } }
      save()
      return deliveryFailed("Target \(slug) could not be created", reason)
    }
    let id = earlier?.id ?? record(.createTarget, key: key)
    update(id) {
      $0.attempt = attempt
      $0.state = .intent
    }
    saveThen(work)
  }

  /// A target whose creation was unclear is there after all.
  mutating func settleTarget(_ targets: [Target]) {
    for target in targets {
      let key = "\(state.appSpace)/\(target.slug)"
      let operation = state.operation(.createTarget, on: key)
      guard let operation, operation.state == .intent else { continue }
      update(operation.id) { $0.finish(.created, id: target.id, version: nil) }
      save()
    }
  }

  // MARK: Results

  mutating func deliveryResult(_ work: Work, _ outcome: Outcome) {
    let change: Change
    switch outcome {
    case .changed(let made): change = made
    case .failed(let failure): change = .unclear(failure.message)
    default: return
    }
    guard let operation = operation(of: work) else { return }
    switch change {
    case .done(let id, let version, _):
      update(operation.id) { $0.finish(.created, id: id, version: version) }
      if operation.kind == .createTarget { state.isWorkerLetIn = true }
    case .refused(let reason):
      update(operation.id) { $0.fail(reason) }
      save()
      return deliveryFailed(work.failureTitle, reason)
    case .signInNeeded(let reason):
      update(operation.id) { $0.fail(reason) }
      return lostSignIn(reason)
    case .exists(let reason), .unclear(let reason):
      update(operation.id) { $0.reason = reason }
      // A target is read; the other two do the same when they are done again.
      if operation.kind != .createTarget, operation.attempt >= Turn.maximumAttempts {
        update(operation.id) { $0.fail(reason) }
        save()
        return deliveryFailed(work.failureTitle, reason)
      }
    }
    save()
    if operation.kind == .createTarget {
      begin(.listTargets(space: state.appSpace))
    } else {
      deliver()
    }
  }

  private func operation(of work: Work) -> Operation? {
    switch work {
    case .createTarget(let slug, _, _):
      let key = "\(state.appSpace)/\(slug)"
      return state.operation(.createTarget, on: key)
    case .setReleaseTarget(_, let space): return state.operation(.setReleaseTarget, on: space)
    case .publishRelease(let space): return state.operation(.publishRelease, on: space)
    default: return nil
    }
  }

  private mutating func deliveryFailed(_ what: String, _ reason: String) {
    fail(
      Failure(
        .other, "\(what): \(reason.withoutStop).",
        keys: "r tries again, s leaves the targets out."))
  }
}

extension Work {
  fileprivate var failureTitle: String {
    switch self {
    case .createTarget(let slug, _, _): "Target \(slug) could not be created"
    case .setReleaseTarget(let target, let space):
      "Space \(space) could not be made to release to \(target)"
    case .publishRelease(let space): "No release of \(space) could be published"
    default: ""
    }
  }
}

extension WizardState {
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
