extension WizardState {
  /// The changes that failed, or ended without an outcome, and that the import as it is now chosen
  /// still needs: whoever went on with another worker, or without one, no longer wants the first.
  var standingFailures: [Operation] {
    let failed = Array(
      session.operations.lazy.filter { $0.state == .failed || $0.state == .intent })
    guard !failed.isEmpty, let proposal = session.proposal else { return failed }
    let units = Set(proposal.units.map(proposal.key))
    let spaces = Set(proposal.spaceSlugs)
    return failed.filter { isWanted($0, units, spaces) }
  }

  private func isWanted(
    _ operation: Operation, _ units: Set<OperationKey>, _ spaces: Set<String>
  ) -> Bool {
    let hasTargets = !session.stepsSkipped.contains(.targets)
    switch operation.kind {
    // Of one that was begun something may be in ConfigHub, whatever is chosen now.
    case .createUnit: return operation.state == .intent || units.contains(operation.key)
    case .deleteUnit: return false
    case .createSpace: return spaces.contains(operation.space)
    case .createWorker, .installWorker:
      return session.makesWorker && operation.key.name == session.workerSlug
        && operation.space == appSpace
    case .createTarget:
      return hasTargets && (session.targetSlug ?? operation.key.name) == operation.key.name
    case .setTarget: return hasTargets && units.contains(operation.key)
    case .setReleaseTarget, .publishRelease: return hasTargets && spaces.contains(operation.space)
    }
  }
}

extension Session {
  /// Where there is a worker already, or none is wanted, nothing is made.
  fileprivate var makesWorker: Bool {
    switch workerMode {
    case .local, .cluster, .server: !stepsSkipped.contains(.worker)
    case .existing, .skip, nil: false
    }
  }
}
