/// The scan under way, and what it brings.
extension Reducer {
  mutating func scanProgressed(_ id: EffectID, _ progress: ScanProgress) {
    if state.running[id] != nil { state.scanProgress[progress.resource] = progress }
  }

  /// Nobody looks at what arrives where nobody is there, or an earlier scan is shown.
  mutating func workloadsArrived(_ id: EffectID, _ workloads: [Workload]) {
    guard state.running[id] != nil, state.step == .scan, !state.answers.run.isUnattended else {
      return
    }
    state.arriving += workloads
  }

  mutating func putOff(_ id: EffectID, _ wait: ClusterWait) {
    let until = Timestamp(seconds: state.now.seconds + Int64(wait.seconds.rounded(.up)))
    state.running[id]?.waits[wait.what] = .init(wait: wait, until: until)
  }

  /// Ends the scan under way; what it has read by then is kept.
  mutating func stopScan() {
    guard !state.isStopping else { return }
    state.isStopping = true
    for (id, running) in state.running.sorted(by: { $0.key < $1.key }) {
      if case .cluster(.scan) = running.work { stop(id) }
    }
  }

  /// Back to the choice of the scope; moving on ends the scan itself.
  mutating func leaveScan() {
    endScan()
    move(to: .scan, .choosing)
    save()
    if state.contexts == nil || state.namespaces == nil { enterScan() }
  }

  /// The choice is to try again, to choose otherwise, or to go on with the scan before, if it was
  /// asked for the same.
  mutating func scanFailed(_ failure: Failure, _ scope: ScanScope) {
    if state.step == .review { return scannedAgainFailed(failure) }
    // Whoever stopped it knows why.
    let isKnown = state.isStopping && failure.kind == .cancelled
    endScan()
    if keepsScan(of: scope) {
      complete(.scan)
    } else {
      move(to: .scan, .choosing)
      if isKnown, state.contexts == nil || state.namespaces == nil { enterScan() }
      save()
    }
    guard !isKnown else { return }
    guard !scope.selector.isEmpty else { return fail(failure) }
    var failure = failure
    failure.message +=
      " What was asked for has -l \(CommandLineText.quoted(scope.selector)); "
      + state.answers.run.wayBack.told("`map-import --resume -l ''` asks for all.")
    fail(failure)
  }

  mutating func endScan() {
    state.arriving = []
    state.isStopping = false
  }

  /// Whether there is an earlier scan to go on with.
  private func keepsScan(of scope: ScanScope) -> Bool {
    state.session.scan?.workloads.isEmpty == false && state.scannedScope == scope
  }

  mutating func scanned(_ result: ScanResult, _ identity: ClusterIdentity, _ scope: ScanScope) {
    state.glance = nil
    if state.step == .review { return scannedAgain(result, identity, scope) }
    let wasStopped = state.isStopping
    endScan()
    if wasStopped, result.isPartial, keepsScan(of: scope) {
      tell("Stopped. What the scan before it found is still there.")
      return complete(.scan)
    }
    // What was just read is what a resume would have to check.
    state.isChecked = true
    take(result, of: identity, scope, choosesNew: true)
    tellOfIdentity()
    complete(.scan)
  }

  /// Said once in a run; nothing stops because of it.
  mutating func tellOfIdentity() {
    guard let warning = state.session.cluster.whyNotPinned, !state.warnings.contains(warning)
    else { return }
    state.warnings.append(warning)
    if !state.answers.run.isUnattended { tell(warning) }
  }

  /// Keeps what a person said to each workload, whenever that was. An older file says only what was
  /// chosen, not what was found, so that nothing is new to it, and nothing has changed.
  mutating func take(
    _ result: ScanResult, of identity: ClusterIdentity, _ scope: ScanScope, choosesNew: Bool
  ) {
    let before = state.session.scan
    let isComparable = before?.detected == before?.workloads.count
    let shown = state.session.shown
    state.changes = before.flatMap { before in
      isComparable
        ? ScanChanges(from: before, in: state.scannedScope, to: result, in: scope) {
          shown[$0] != nil
        } : nil
    }
    state.scannedScope = scope
    state.session.cluster = identity
    state.session.scan = result
    state.session.scan?.scannedAt = state.now
    select { workload in
      shown[workload.key] ?? shown[workload.key.withoutKind]
        ?? (choosesNew && isComparable && workload.isChosenByItself)
    }
    var past = shown
    for workload in result.workloads {
      past[workload.key] = nil
      past[workload.key.withoutKind] = nil
    }
    state.session.pastChoices[identity.context] = past
  }

  mutating func select(where isChosen: (Workload) -> Bool) {
    state.session.selected = (state.session.scan?.workloads ?? []).compactMap {
      $0.isChoosable && isChosen($0)
        ? .init(key: $0.key, owner: $0.owner.tool.rawValue) : nil
    }
  }
}
