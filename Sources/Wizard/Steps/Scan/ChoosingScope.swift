/// Which cluster is read, and which of its namespaces.
extension Reducer {
  mutating func chooseContext(_ context: String) {
    guard isChoosingScope() else { return }
    guard hasContext(context) else {
      return refuse("The kubeconfig has no context \(context).")
    }
    guard !state.hasWritten || context == state.session.cluster.context else {
      return refuse(state.whatStays)
    }
    choose(context)
    // It stands beside the context that was chosen.
    if !state.isPluginSeen { allowPlugin() }
  }

  private mutating func isChoosingScope() -> Bool {
    if state.step == .scan, state.phase == .choosing { return true }
    refuse("The cluster is chosen in step \(Step.scan.number).", Way(.goBack, "leads back to it"))
    return false
  }

  mutating func setNamespaces(_ names: [String], _ chosen: Bool) {
    guard isChoosingScope() else { return }
    guard !state.session.scope.context.isEmpty else { return refuse("Choose a context first.") }
    state.problem = nil
    state.isScopeProposed = false
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
      state.isScopeProposed = false
      if !hasNamespaces { proposeScope(of: context) }
    }
    state.session.scope.context = context
    state.namespaces = nil
    state.problem = nil
    save()
    abandonScope()
    begin(.listNamespaces(context: context))
  }

  /// Whoever has set one in the kubeconfig means it, until they say otherwise. Else all are proposed, as
  /// `-A` reads them, where somebody is there to say otherwise.
  private mutating func proposeScope(of context: String) {
    let own = state.contexts?.first { $0.name == context }?.namespace
    state.session.scope.namespaces = own.map { [$0] } ?? []
    state.isScopeProposed = own == nil && !state.answers.run.isUnattended
    state.session.scope.allNamespaces = state.isScopeProposed
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
    guard !scope.context.isEmpty else { return refuseWithoutContext() }
    guard state.contexts == nil || state.isPluginSeen else {
      return refuse("The program was not allowed to run yet.", Way(.retry, "lets it run"))
    }
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return refuse(
        "Choose at least one namespace.", Way(.choose, "chooses one"),
        Way(.chooseShown, "chooses all of them"))
    }
    let unknown = scope.namespaces.filter { state.namespaces?.contains($0) == false }
    if let name = unknown.first, state.namespaces?.isEmpty == false {
      return fail(Failure(.other, "There is no namespace \(name) in \(scope.context)."))
    }
    abandonScope()
    state.session.stepsCompleted = []
    move(to: .scan, .scanning)
    state.scanProgress = [:]
    endScan()
    save()
    begin(.scan(scope))
    askForSignInAhead()
  }

  private mutating func refuseWithoutContext() {
    switch state.contexts?.isEmpty {
    case nil where state.problem != nil: refuse("The kubeconfig could not be read.", .retry)
    case nil: refuse("The kubeconfig is still being read.")
    case true?: refuse("The kubeconfig has no contexts.", Way(.retry, "reads it again"))
    case false?: refuse("Choose a context first.")
    }
  }

  /// Back to the choice of the context.
  mutating func leaveContext() {
    abandon { if case .cluster(.listNamespaces) = $0 { true } else { false } }
    state.namespaces = nil
    state.problem = nil
    state.session.scope.context = ""
    saveSoon()
    if state.contexts == nil { enterScan() }
  }

  // MARK: What there is to choose from

  /// A run without a person has read them a moment ago, to know which session it is about.
  mutating func readContexts() {
    guard let contexts = state.contextsAtStart else { return begin(.listContexts) }
    state.contextsAtStart = nil
    contextsRead(contexts, state.currentContext)
  }

  mutating func contextsRead(_ contexts: [ContextChoice], _ current: String?) {
    switch state.stage {
    case .starting: contextsReadAtStart(contexts, current)
    case .prompt:
      state.currentContext = current
      state.contextsOfArrivals = contexts
    case .working:
      let isFirst = state.contexts == nil
      state.contexts = contexts
      state.currentContext = current
      if state.step == .scan, state.phase == .choosing { reopen(isFirst: isFirst) }
      releaseHeld()
    case .left: break
    }
  }

  mutating func contextsNotRead(_ failure: Failure) {
    switch state.stage {
    case .starting where state.isChoosingArrival: refuse(failure.message)
    case .starting: cannotStart(failure)
    case .prompt, .left: break
    case .working: fail(failure)
    }
  }

  private mutating func propose(all: Bool) {
    guard state.session.scope.allNamespaces != all else { return }
    state.session.scope.allNamespaces = all
    save()
  }

  mutating func namespacesRead(_ names: [String]) {
    state.namespaces = names
    if state.isScopeProposed { propose(all: true) }
    scanWhatWasGiven()
  }

  /// Whoever may not list namespaces may still read the ones that were named.
  mutating func namespacesNotRead(_ failure: Failure) {
    if state.isScopeProposed { propose(all: false) }
    guard hasNamespaces, failure.kind != .signInNeeded else { return fail(failure) }
    state.namespaces = []
    state.namespacesProblem = failure.message
    scanWhatWasGiven()
  }

  /// A question that a flag of this run has answered is not asked, the first time that it comes up.
  private mutating func scanWhatWasGiven() {
    guard !state.isScopeAnswerTaken, !state.answers.run.isUnattended, state.commandLine.hasScope,
      state.step == .scan, state.phase == .choosing, state.problem == nil
    else { return }
    state.isScopeAnswerTaken = true
    scanChosen()
  }

  private var hasNamespaces: Bool {
    state.session.scope.allNamespaces || !state.session.scope.namespaces.isEmpty
  }

  /// Takes the context given in advance, once, or the only one that there is, or else keeps the one
  /// chosen before. It has to be in the kubeconfig.
  private mutating func reopen(isFirst: Bool) {
    let given = isFirst ? state.answers.context ?? onlyContext : nil
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

  /// Ends what fills the lists that the scope is chosen from.
  private mutating func abandonScope() {
    abandon {
      switch $0 {
      case .cluster(let work): work.readsScope
      case .session, .read, .change, .sync, .pause, .cancel: false
      }
    }
  }

  /// Where there is nothing to choose from, a person is not asked.
  private var onlyContext: String? {
    guard state.session.scope.context.isEmpty, !state.answers.run.isUnattended,
      state.contexts?.count == 1
    else { return nil }
    return state.contexts?.first?.name
  }

  private func hasContext(_ name: String) -> Bool {
    state.contexts?.contains { $0.name == name } == true
  }
}
