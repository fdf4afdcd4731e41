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
    case .chooseContext(let context): choose(context)
    case .setNamespaces(let names, let chosen): setNamespaces(names, chosen)
    default: break
    }
  }

  private mutating func setNamespaces(_ names: [String], _ chosen: Bool) {
    if state.session.scope.allNamespaces {
      // Changing one of all means naming the others.
      let excluded = ScanScope.systemNamespaces.union(state.session.scope.excluded)
      state.session.scope.allNamespaces = false
      state.session.scope.namespaces = (state.namespaces ?? []).filter { !excluded.contains($0) }
    }
    let before = Set(state.session.scope.namespaces)
    let edited =
      (chosen ? Set(names).subtracting(before) : before.intersection(names)).sorted()
    guard !edited.isEmpty else { return }
    make(.namespaces(added: chosen ? edited : [], removed: chosen ? [] : edited))
  }

  private mutating func choose(_ context: String) {
    if state.session.scope.context != context {
      dropScan()
      state.session.scope = ScanScope(context: context)
    }
    state.session.cluster.context = context
    state.namespaces = nil
    state.problem = nil
    let answers = state.answers
    if answers.allNamespaces || !answers.namespaces.isEmpty {
      state.session.scope = ScanScope(
        context: context, namespaces: answers.namespaces.sorted(),
        allNamespaces: answers.allNamespaces, excluded: answers.excluded)
    }
    save()
    begin(.listNamespaces(context: context))
  }

  /// Everything derived from the scan goes with it.
  private mutating func dropScan() {
    state.session.scan = nil
    state.session.selected = []
    state.session.proposal = nil
    state.session.cluster = ClusterIdentity(context: "")
    state.session.stepsCompleted = []
    state.session.undo = []
    state.session.redo = []
  }

  /// `enter` on the list of namespaces.
  mutating func scanChosen() {
    let scope = state.session.scope
    guard !scope.context.isEmpty else { return refuse("Choose a context first.") }
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return refuse("Choose at least one namespace: space chooses one, a all of them.")
    }
    let unknown = scope.namespaces.filter { state.namespaces?.contains($0) == false }
    if let name = unknown.first, state.namespaces?.isEmpty == false {
      return fail(Failure(.other, "There is no namespace \(name) in \(scope.context)."))
    }
    move(to: .scan, .scanning)
    state.scanProgress = [:]
    save()
    begin(.scan(scope))
  }

  mutating func scanResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .contexts(let contexts, let current)):
      state.contexts = contexts
      state.currentContext = current
      guard let wanted = state.answers.context else { return reopenNamespaces() }
      choose(wanted)
    case (_, .namespaces(let names)): state.namespaces = names
    case (_, .scanned(let result, let identity)): scanned(result, identity)
    case (.scan, .failed(let failure)):
      move(to: .scan, .choosing)
      fail(failure)
    case (.listNamespaces, .failed(let failure)) where hasNamespaces:
      // Whoever may not list namespaces may still read the ones that were named.
      if failure.kind == .signInNeeded { fail(failure) } else { state.namespaces = [] }
    case (_, .failed(let failure)): fail(failure)
    default: break
    }
  }

  private var hasNamespaces: Bool {
    state.session.scope.allNamespaces || !state.session.scope.namespaces.isEmpty
  }

  /// A context chosen in an earlier run is kept, if the kubeconfig still has it.
  private mutating func reopenNamespaces() {
    let context = state.session.scope.context
    guard !context.isEmpty else { return }
    if state.contexts?.contains(where: { $0.name == context }) == true {
      begin(.listNamespaces(context: context))
    } else {
      state.notice = "The kubeconfig has no context \(context) any more; choose another one."
      dropScan()
      state.session.scope = ScanScope(context: "")
    }
  }

  private mutating func scanned(_ result: ScanResult, _ identity: ClusterIdentity) {
    let before = state.session.scan
    let selectedBefore = Set(state.session.selected.map(\.key))
    state.session.cluster = identity
    state.session.scan = result
    state.session.scan?.scannedAt = state.now
    // A second scan keeps what was chosen; workloads that are new to it are chosen.
    let known = Set(before?.workloads.map(\.key) ?? [])
    select { !known.contains($0) || selectedBefore.contains($0) }
    complete(.scan, then: .review)
    save()
  }

  mutating func select(where isChosen: (WorkloadKey) -> Bool) {
    state.session.selected = state.choosable.filter { isChosen($0.key) }.map {
      .init(key: $0.key, owner: $0.owner.tool.rawValue)
    }
  }
}
