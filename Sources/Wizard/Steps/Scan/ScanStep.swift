enum ScanStep: StepRules {
  static let firstPhase: Phase? = .choosing

  static func enter(_ reducer: inout Reducer) { reducer.enterScan() }
  static func enterAgain(_ reducer: inout Reducer) { reducer.enterScan() }

  static func resume(_ reducer: inout Reducer) -> Bool {
    reducer.enterScan()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {}
  static func poll(_ reducer: inout Reducer) {}

  static func goOn(_ reducer: inout Reducer) {
    if reducer.state.phase == .choosing { reducer.scanChosen() } else { reducer.goOnLater() }
  }

  static func goBack(_ reducer: inout Reducer) {
    if reducer.state.phase == .scanning {
      reducer.leaveScan()
    } else if !reducer.state.session.scope.context.isEmpty {
      reducer.leaveContext()
    } else {
      reducer.refuse("This is the first step.")
    }
  }

  static func retry(_ reducer: inout Reducer) {
    let context = reducer.state.session.scope.context
    guard reducer.state.phase == .choosing else { return reducer.refuse(Reducer.nothingToRetry) }
    if reducer.state.contexts != nil, !context.isEmpty {
      reducer.begin(.listNamespaces(context: context))
    } else {
      reducer.enterScan()
    }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) {
    if reducer.state.phase == .scanning { reducer.stopScan() } else { reducer.goBack() }
  }

  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard state.phase == .choosing else { return .wait }
    if state.session.scope.context.isEmpty {
      guard state.contexts != nil else { return .wait }
      guard let context = state.answers.context ?? state.currentContext else {
        return .stop(
          .init(.failed, reason: "The kubeconfig has no current context; name one with --context."))
      }
      return .event(.chooseContext(context))
    }
    guard state.namespaces != nil, Autopilot.isQuiet(state) else { return .wait }
    let scope = state.session.scope
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return .stop(Autopilot.missingScope)
    }
    return .event(.goOn)
  }
}

extension Reducer {
  mutating func enterScan() {
    if state.phase != .choosing { move(to: .scan, .choosing) }
    begin(.listContexts)
  }

  // MARK: The scope

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
    refuse("The cluster is chosen in step \(Step.scan.number); backspace leads back to it.")
    return false
  }

  mutating func setNamespaces(_ names: [String], _ chosen: Bool) {
    guard isChoosingScope() else { return }
    guard !state.session.scope.context.isEmpty else { return refuse("Choose a context first.") }
    state.problem = nil
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
    abandonScope()
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
    abandonScope()
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

  // MARK: Results

  mutating func contextsRead(_ contexts: [ContextChoice], _ current: String?) {
    switch state.stage {
    case .starting: contextsReadAtStart(contexts, current)
    case .prompt: state.currentContext = current
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
    case .starting: cannotStart(failure)
    case .prompt, .left: break
    case .working: fail(failure)
    }
  }

  /// Whoever may not list namespaces may still read the ones that were named.
  mutating func namespacesNotRead(_ failure: Failure) {
    guard hasNamespaces, failure.kind != .signInNeeded else { return fail(failure) }
    state.namespaces = []
    state.namespacesProblem = failure.message
  }

  mutating func scanProgressed(_ id: EffectID, _ progress: ScanProgress) {
    if state.running[id] != nil { state.scanProgress[progress.resource] = progress }
  }

  /// Nobody looks at what arrives where nobody is there, or an earlier scan is shown.
  mutating func workloadsArrived(_ id: EffectID, _ workloads: [Workload]) {
    guard state.running[id] != nil, state.step == .scan, !state.answers.isUnattended else { return }
    state.arriving += workloads
  }

  mutating func putOff(_ id: EffectID, _ wait: ClusterWait) {
    let until = Timestamp(seconds: state.now.seconds + Int64(wait.seconds.rounded(.up)))
    state.running[id]?.waits[wait.what] = .init(wait: wait, until: until)
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

  /// Ends what fills the lists that the scope is chosen from.
  private mutating func abandonScope() {
    abandon {
      switch $0 {
      case .cluster(let work): work.readsScope
      case .session, .read, .change, .pause, .cancel: false
      }
    }
  }

  private func hasContext(_ name: String) -> Bool {
    state.contexts?.contains { $0.name == name } == true
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

  /// Back to the choice of the context.
  mutating func leaveContext() {
    abandon { if case .cluster(.listNamespaces) = $0 { true } else { false } }
    state.namespaces = nil
    state.problem = nil
    state.session.scope.context = ""
    saveSoon()
    if state.contexts == nil { enterScan() }
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

  mutating func scanned(_ result: ScanResult, _ identity: ClusterIdentity, _ scope: ScanScope) {
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
    complete(.scan)
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
