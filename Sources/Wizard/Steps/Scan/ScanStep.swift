extension Turn {
  mutating func enterScan() {
    if state.phase != .choosing { move(to: .scan, .choosing) }
    begin(.listContexts)
  }

  mutating func scanChoice(_ event: Event) {
    guard state.step == .scan, state.phase == .choosing else {
      return refuse("The cluster is chosen in step 1; backspace leads back to it.")
    }
    switch event {
    case .chooseContext(let context):
      guard hasContext(context) else {
        return refuse("The kubeconfig has no context \(context).")
      }
      guard !state.hasWritten || context == state.session.cluster.context else {
        return refuse(state.whatStays)
      }
      choose(context)
      // It stands beside the context that was chosen.
      if !state.isPluginSeen { allowPlugin() }
    case .setNamespaces(let names, let chosen):
      guard !state.session.scope.context.isEmpty else { return refuse("Choose a context first.") }
      state.problem = nil
      setNamespaces(names, chosen)
    default: break
    }
  }

  private mutating func setNamespaces(_ names: [String], _ chosen: Bool) {
    let wereAll = state.session.scope.allNamespaces
    if wereAll {
      // Changing one of all means naming the others.
      let system = state.session.scope.includesSystem ? [] : ScanScope.systemNamespaces
      let excluded = system.union(state.session.scope.excluded)
      state.session.scope.allNamespaces = false
      state.session.scope.namespaces = (state.namespaces ?? []).filter { !excluded.contains($0) }
    }
    let before = Set(state.session.scope.namespaces)
    let edited =
      (chosen ? Set(names).subtracting(before) : before.intersection(names)).sorted()
    // The same namespaces, now by name, are a change to be saved, too.
    guard !edited.isEmpty else { return wereAll ? saveSoon() : () }
    make(.namespaces(added: chosen ? edited : [], removed: chosen ? [] : edited))
  }

  private mutating func choose(_ context: String) {
    // To choose the same one again changes nothing.
    if state.session.cluster.context != context {
      // What was given in advance is for whichever cluster is chosen first.
      let isFirst = state.session.cluster.context.isEmpty
      dropScan()
      state.session.cluster.context = context
      if !isFirst { state.session.scope = ScanScope(context: context) }
      takeScope()
    }
    state.session.scope.context = context
    state.namespaces = nil
    state.problem = nil
    save()
    abandon(where: \.readsScope)
    begin(.listNamespaces(context: context))
  }

  /// Everything derived from the scan goes with it, but what a person said to its workloads.
  private mutating func dropScan() {
    state.session.pastChoices[state.session.cluster.context] = state.session.shown
    state.session.scan = nil
    state.scannedScope = nil
    state.changes = nil
    state.session.selected = []
    state.session.proposal = nil
    state.session.cluster = ClusterIdentity(context: "")
    state.session.undo = []
    state.session.redo = []
  }

  /// `enter` on the list of namespaces.
  mutating func scanChosen() {
    let scope = state.session.scope
    guard !scope.context.isEmpty else { return refuse(whyNoContext) }
    guard state.contexts == nil || state.isPluginSeen else {
      return refuse("Press r to let the program run.")
    }
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return refuse("Choose at least one namespace: space chooses one, a all of them.")
    }
    let unknown = scope.namespaces.filter { state.namespaces?.contains($0) == false }
    if let name = unknown.first, state.namespaces?.isEmpty == false {
      return fail(Failure(.other, "There is no namespace \(name) in \(scope.context)."))
    }
    abandon(where: \.readsScope)
    state.session.stepsCompleted = []
    move(to: .scan, .scanning)
    state.scanProgress = [:]
    endScan()
    save()
    begin(.scan(scope))
  }

  private var whyNoContext: String {
    switch state.contexts?.isEmpty {
    case nil where state.problem != nil: "Press r to try again."
    case nil: "The kubeconfig is still being read."
    case true?: "The kubeconfig has no contexts; r reads it again."
    case false?: "Choose a context first."
    }
  }

  mutating func scanResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .contexts(let contexts, let current)):
      let isFirst = state.contexts == nil
      state.contexts = contexts
      state.currentContext = current
      if state.step == .scan, state.phase == .choosing { reopen(isFirst: isFirst) }
      releaseHeld()
    case (_, .namespaces(let names)): state.namespaces = names
    case (.scan(let scope), _) where state.step == .review: lookedAgain(outcome, scope)
    case (.scan(let scope), .scanned(let result, let identity)):
      scanned(result, identity, scope)
    case (.scan(let scope), .failed(let failure)): scanFailed(failure, scope)
    case (.listNamespaces, .failed(let failure)) where hasNamespaces:
      // Whoever may not list namespaces may still read the ones that were named.
      if failure.kind == .signInNeeded { return fail(failure) }
      state.namespaces = []
      state.namespacesProblem = failure.message
    case (_, .failed(let failure)): fail(failure)
    default: break
    }
  }

  private var hasNamespaces: Bool {
    state.session.scope.allNamespaces || !state.session.scope.namespaces.isEmpty
  }

  /// Takes the context given in advance, once, or else keeps the one chosen before. It has to be
  /// in the kubeconfig.
  private mutating func reopen(isFirst: Bool) {
    let given = isFirst ? state.answers.context : nil
    let context = given ?? state.session.scope.context
    guard !context.isEmpty else { return }
    guard hasContext(context) else {
      if given == nil {
        state.session.scope.context = ""
        saveSoon()
      }
      return fail(Failure(.other, "The kubeconfig has no context \(context); choose another one."))
    }
    if isFirst, context == state.session.cluster.context { takeScope() }
    choose(context)
  }

  private func hasContext(_ name: String) -> Bool {
    state.contexts?.contains { $0.name == name } == true
  }

  /// Ends the scan under way; what it has read by then is kept.
  mutating func stopScan() {
    guard !state.isStopping else { return }
    state.isStopping = true
    for (id, running) in state.running.sorted(by: { $0.key < $1.key }) {
      guard case .scan = running.work else { continue }
      effects.append(Effect(id: EffectID(state.nextEffect), work: .cancel(id)))
      state.nextEffect += 1
    }
  }

  /// The choice is to try again, to choose otherwise, or to go on with the scan before, if it was
  /// asked for the same.
  private mutating func scanFailed(_ failure: Failure, _ scope: ScanScope) {
    // Whoever stopped it knows why.
    let isKnown = state.isStopping && failure.kind == .cancelled
    endScan()
    if keepsScan(of: scope) {
      complete(.scan, then: .review)
    } else {
      move(to: .scan, .choosing)
      if isKnown, state.contexts == nil || state.namespaces == nil { enterScan() }
    }
    save()
    if !isKnown { fail(failure) }
  }

  private mutating func endScan() {
    state.arriving = []
    state.isStopping = false
  }

  /// Whether there is an earlier scan to go on with.
  private func keepsScan(of scope: ScanScope) -> Bool {
    state.session.scan?.workloads.isEmpty == false && state.scannedScope == scope
  }

  private mutating func scanned(
    _ result: ScanResult, _ identity: ClusterIdentity, _ scope: ScanScope
  ) {
    let wasStopped = state.isStopping
    endScan()
    if wasStopped, result.isPartial, keepsScan(of: scope) {
      state.notice = "Stopped. What the scan before it found is still there."
      complete(.scan, then: .review)
      return save()
    }
    // What was just read is what a resume would have to check.
    state.isChecked = true
    take(result, of: identity, scope, choosesNew: true)
    complete(.scan, then: .review)
    save()
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
        ? ScanChanges(from: before, to: result, in: scope) { shown[$0] != nil } : nil
    }
    state.scannedScope = scope
    state.session.cluster = identity
    state.session.scan = result
    state.session.scan?.scannedAt = state.now
    select { key in
      shown[key] ?? shown[key.withoutKind]
        ?? (choosesNew && isComparable && key.kind?.runsApplications != false)
    }
    var past = shown
    for workload in result.workloads {
      past[workload.key] = nil
      past[workload.key.withoutKind] = nil
    }
    state.session.pastChoices[identity.context] = past
  }

  mutating func select(where isChosen: (WorkloadKey) -> Bool) {
    state.session.selected = (state.session.scan?.workloads ?? []).compactMap {
      $0.isChoosable && isChosen($0.key)
        ? .init(key: $0.key, owner: $0.owner.tool.rawValue) : nil
    }
  }
}

extension Work {
  /// True for what fills the lists that a scan's scope is chosen from.
  fileprivate var readsScope: Bool {
    switch self {
    case .listContexts, .listNamespaces: true
    default: false
    }
  }
}
