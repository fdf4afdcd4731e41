import TerminalText

@testable import Screens
@testable import Wizard

/// What a step shows while it reads, when there is nothing, when it failed and when it is done; each
/// with plain names and with wide ones.
struct StepState: Sendable {
  var name: String
  var position: Position
  var keys: [Key] = []
  var change: @Sendable (inout WizardState) -> Void

  init(
    _ name: String, _ position: Position, keys: [Key] = [],
    _ change: @escaping @Sendable (inout WizardState) -> Void
  ) {
    self.name = name
    self.position = position
    self.keys = keys
    self.change = change
  }
}

extension Shot {
  static let states = stepStates.map { changed($0.name, $0.position, keys: $0.keys, $0.change) }
  static let wideStates = stepStates.map {
    wide("\($0.name)-wide", $0.position, keys: $0.keys, $0.change)
  }

  /// The help of one screen of each kind.
  static let helps: [Shot] = {
    var seen: Set<Focus> = [.layer(.help)]
    return (all + wide).compactMap { shot in
      let focus = shot.focus
      guard seen.insert(focus).inserted else { return nil }
      return Shot(
        name: "help-\(name(of: focus))", state: shot.state, keys: shot.keys + [.character("?")],
        ui: shot.ui)
    }
  }()

  private static func name(of focus: Focus) -> String {
    switch focus {
    case .screen(let screen): screen.rawValue
    case .layer(.omissions): "leftOut"
    case .layer(.textEntry): "editing"
    case .layer(.filter): "filtering"
    case .layer(let layer): layer.rawValue
    }
  }

  private static let stepStates: [StepState] = [
    StepState("prompt-complete", Position(.complete)) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 32 * 86_400)))
    },
    StepState("prompt-tidied", Position(.review)) { state in
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 7200)))
      state.tidied = [
        "1 archived session is deleted for good (import-2025-09-30-120000), the only record of 2 units "
          + "in ConfigHub; 2 old sessions are archived (import-2026-01-02-101500, "
          + "import-2026-01-01-090000)."
      ]
    },
    StepState("prompt-newer", Position(.review)) { state in
      state.stage = .prompt(
        FoundSession(
          session: state.session, age: Age(seconds: 7200), obstacle: .newer("9.0.0")))
    },
    StepState("opening", Position(.scan)) {
      $0.stage = .starting
      $0.saving = .never
      run(.session(.open(.new(replacing: nil, deleting: false))), &$0)
    },
    StepState("contexts-reading", Position(.scan, .choosing)) {
      $0.session.scope.context = ""
      $0.contexts = nil
      run(.cluster(.listContexts), &$0)
    },
    StepState("contexts-none", Position(.scan, .choosing)) {
      $0.session.scope.context = ""
      $0.contexts = []
    },
    StepState("namespaces-reading", Position(.scan, .choosing)) {
      $0.namespaces = nil
      run(.cluster(.listNamespaces(context: $0.session.scope.context)), &$0)
    },
    StepState("namespaces-refused", Position(.scan, .choosing)) { $0.namespaces = [] },
    StepState("namespaces-named", Position(.scan, .choosing)) {
      $0.namespaces = []
      $0.namespacesProblem = "The connection to the server was refused."
    },
    StepState("namespaces-problem", Position(.scan, .choosing)) {
      $0.namespaces = nil
      $0.problem = failure(
        "The namespaces of \($0.session.scope.context) could not be read", $0)
    },
    StepState("scan-problem", Position(.scan, .choosing)) {
      $0.problem = failure("The workloads of \($0.session.scope.context) could not be read", $0)
    },
    StepState("review-none", Position(.review)) {
      $0.session.scan = ScanResult(
        namespaces: $0.session.scope.namespaces, workloads: [], scannedAt: Sample.created)
      $0.session.selected = []
    },
    StepState("review-again", Position(.review)) { run(.cluster(.scan($0.session.scope)), &$0) },
    StepState("select-problem", Position(.select)) {
      $0.session.proposal?.appSpace = "支払い team"
      $0.session.proposal?.units[0].slug = "payment-fraud"
    },
    StepState(
      "select-merge", Position(.select), keys: [.down, .character("m"), .character("p")]
    ) { select(&$0, 5) },
    StepState(
      "select-marked", Position(.select), keys: [.character(" "), .down, .character(" ")]
    ) {
      select(&$0, 5)
      $0.session.proposal?.units[2].slug = "payment-api"
    },
    StepState(
      "select-merge-marked", Position(.select), keys: [.character("a"), .character("m")]
    ) { select(&$0, 3) },
    StepState(
      "select-labels-marked", Position(.select),
      keys: [.character("a"), .character("L")] + "tier=web, variant=".map { .character($0) }
    ) { select(&$0, 3) },
    StepState(
      "select-spaces", Position(.select),
      keys: [.home, .enter] + "pay".map { .character($0) }
    ) { $0.spaces = ["inventory", "payments", "payments-dev", "platform"] },
    StepState(
      "left-out-units", Position(.select), keys: [.character("D"), .down, .character(" ")]
    ) {
      select(&$0, 3)
      ($0, _) = reduce($0, .leaveOut(units: [Sample.key("payment-fraud")]), at: sampleNow)
    },
    StepState(
      "select-labels", Position(.select), keys: [.down, .down, .character("L"), .character("=")]
    ) { _ in },
    StepState("select-component", Position(.select)) { divide(&$0) },
    StepState("confirming-component", Position(.connect, .confirming)) { divide(&$0) },
    StepState("creating-component", Position(.connect, .creating)) { state in
      divide(&state)
      guard let units = state.session.proposal?.units else { return }
      state.session.operations = [
        Operation(
          id: "op-0001", kind: .createUnit, key: "\(units[0].name)", state: .done, result: .created)
      ]
    },
    StepState("asking", Position(.connect, .signingIn)) {
      $0.signIn = nil
      run(.read(.readSignIn), &$0)
    },
    StepState("confirming-dry-run", Position(.connect, .confirming), keys: [.down, .enter]) {
      $0.answers.run.dryRun = true
      $0.saving = .never
    },
    StepState("confirming-exists", Position(.connect, .confirming)) {
      $0.listings[$0.appSpace]?.exists = true
    },
    StepState("confirming-plan", Position(.connect, .confirming), keys: [.down, .down]) {
      planned(&$0)
    },
    StepState(
      "confirming-replace", Position(.connect, .confirming),
      keys: Array(repeating: .down, count: 5) + [.character("U")]
    ) { planned(&$0) },
    StepState("confirming-decided", Position(.connect, .confirming)) { state in
      planned(&state)
      for (number, unit) in (state.session.proposal?.units ?? []).enumerated() {
        guard case .differs = state.comparisons[unit.id] else { continue }
        state.session.decisions[state.key(of: unit)] = Decision(
          sort: number == 2 ? .skip : .update, digest: "theirs")
      }
    },
    StepState("confirming-difference", Position(.connect, .confirming)) { state in
      planned(&state)
      state.preview = UnitPreview(
        slug: "payment-gateway", written: [],
        differences: [
          .init(.both, "apiVersion: apps/v1"), .init(.both, "kind: Deployment"),
          .init(.both, "spec:"), .init(.onlyInConfigHub, "  replicas: 2"),
          .init(.onlyHere, "  replicas: 3"),
        ])
    },
    StepState("confirming-asking", Position(.connect, .confirming)) {
      $0.listings = [:]
      run(.read(.listUnits(space: $0.appSpace)), &$0)
    },
    StepState("confirming-problem", Position(.connect, .confirming)) {
      $0.listings = [:]
      $0.problem = failure("App Space payment-team could not be read", $0)
    },
    StepState("creating-running", Position(.connect, .creating)) { state in
      state.isCreating = true
      guard let unit = state.session.proposal?.units.first else { return }
      run(
        .read(.prepareUnit(unit, space: state.appSpace, context: "", listed: nil)), &state)
    },
    StepState("creating-conflict", Position(.connect, .creating), keys: [.down]) {
      guard let unit = $0.session.proposal?.units.last else { return }
      $0.conflicts[unit.id] = .init(
        existing: ExistingUnit(id: "u2", version: 3, isSame: false, markedBy: nil),
        content: UnitContent(yaml: "", digest: "", sources: []))
    },
    StepState("creating-unchanged", Position(.connect, .creating), keys: [.enter]) {
      guard let units = $0.session.proposal?.units, let unit = units.last else { return }
      $0.session.operations = [
        Operation(
          id: "op-0001", kind: .createUnit, key: "\($0.appSpace)/\(units[0].slug)", state: .done,
          result: .unchanged)
      ]
      $0.isCreating = true
      $0.conflicts[unit.id] = .init(
        existing: ExistingUnit(id: "u2", version: 3, isSame: false, markedBy: nil),
        content: UnitContent(yaml: "", digest: "", sources: []))
    },
    StepState("creating-failed", Position(.connect, .creating), keys: [.down]) {
      guard let unit = $0.session.proposal?.units.last else { return }
      $0.failures[unit.id] = failure("Unit payment-fraud could not be created", $0).message
    },
    StepState("workers-reading", Position(.worker, .choosing)) {
      $0.workers = nil
      run(.read(.listWorkers(space: $0.appSpace)), &$0)
    },
    StepState("workers-none", Position(.worker, .choosing)) { $0.workers = [] },
    StepState("workers-problem", Position(.worker, .choosing)) {
      $0.workers = nil
      $0.problem = failure("The workers of payment-team could not be read", $0)
    },
    StepState("workers-today", Position(.worker, .choosing)) { $0.takeToday() },
    StepState("workers-today-none", Position(.worker, .choosing)) {
      $0.takeToday()
      $0.workers = []
      $0.isChecked = true
      ($0, _) = reduce($0, .chooseWorker(.local(slug: "payment-team-worker")), at: sampleNow)
    },
    StepState("waiting-today", Position(.targets, .waiting)) { $0.takeToday() },
    StepState("complete-today", Position(.complete)) { $0.release() },
    StepState("complete-today-end", Position(.complete), keys: [.end]) { $0.release() },
    StepState("connecting-problem", Position(.worker, .connecting)) {
      $0.session.workerSlug = "dev"
      $0.problem = Failure(
        .other, "Worker dev ended: exit status 1.", ways: [Way(.retry, "starts it again")])
    },
    StepState("waiting-some", Position(.targets, .waiting)) {
      $0.targets = [
        Target(slug: "東京-ターゲット-🚀", id: "t1", providerType: "OpenTofu"),
        Target(slug: "dev-other", id: "t2", providerType: "Kubernetes"),
      ]
    },
    StepState("waiting-problem", Position(.targets, .waiting)) {
      $0.problem = failure("The targets of payment-team could not be read", $0)
    },
    StepState("binding-running", Position(.targets, .binding)) { state in
      state.session.targetSlug = "dev-kubernetes"
      state.session.operations.append(
        Operation(
          id: "op-0009", kind: .setTarget, key: "payment-team/payment-api", state: .done))
      run(
        .change(.setTargets(units: ["payment-fraud"], target: "dev-kubernetes", space: "")), &state)
    },
    StepState("binding-failed", Position(.targets, .binding), keys: [.down]) {
      $0.session.targetSlug = "dev-kubernetes"
      guard let unit = $0.session.proposal?.units.last else { return }
      $0.failures[unit.id] = failure("Unit payment-fraud could not be bound", $0).message
    },
    StepState("verify-reading", Position(.verify)) { run(.read(.verify($0.session)), &$0) },
    StepState("verify-none", Position(.verify)) { $0.session.report = nil },
    StepState("verify-problem", Position(.verify)) {
      $0.problem = failure("The units of payment-team could not be read back", $0)
    },
    StepState("removal-looking", Position(.complete)) {
      takeBack(&$0, .looking)
      run(.read(.readSignIn), &$0)
    },
    StepState("removal-problem", Position(.complete)) {
      takeBack(&$0, .looking)
      $0.problem = failure("The units of payment-team could not be read", $0)
    },
    StepState("removal-asking", Position(.complete), keys: [.down]) { takeBack(&$0, .asking) },
    StepState("removal-running", Position(.complete)) {
      takeBack(&$0, .removing)
      run(.change(.deleteUnits(["payment-api", "payment-db"], space: $0.appSpace)), &$0)
    },
    StepState("removal-undone", Position(.complete)) { takeBack(&$0, .over) },
    StepState("removal-nothing", Position(.complete)) {
      takeBack(&$0, .over)
      $0.session.operations = []
      $0.removal?.findings = []
    },
    StepState("prompt-undone", Position(.complete)) { state in
      takeBack(&state, .over)
      state.stage = .prompt(FoundSession(session: state.session, age: Age(seconds: 86_400)))
    },
    StepState("panel-undone", Position(.complete), keys: [.character("2")]) {
      takeBack(&$0, .over)
    },
    StepState("panel-signed-out", Position(.connect), keys: [.character("2")]) {
      $0.signIn = .signedOut(reason: "expired")
    },
    StepState("panel-stale", Position(.review), keys: [.character("2")]) { state in
      state.stage = .prompt(
        FoundSession(session: state.session, age: Age(seconds: 3 * 86400)))
    },
    StepState("sessions-reading", Position(.review), keys: [.character("S")]) { _ in },
    StepState("sessions-none", Position(.review), keys: [.character("S")]) { $0.sessions = [] },
    StepState("cluster-problem", Position(.scan, .choosing), keys: [.character("1")]) {
      $0.session.scan = nil
      $0.problem = failure("The workloads of \($0.session.scope.context) could not be read", $0)
    },
    StepState("cluster-scanning", Position(.scan, .choosing), keys: [.character("1")]) {
      $0.session.scope.namespaces = [$0.namespaces?.first ?? ""]
      ($0, _) = reduce($0, .goOn, at: sampleNow)
      $0.session.scan = nil
    },
  ]

  /// The first workloads are chosen, and each is a unit.
  private static func select(_ state: inout WizardState, _ count: Int) {
    let workloads = Sample.workloads.prefix(count)
    state.session.selected = workloads.map { .init(key: $0.key, owner: $0.owner.tool.rawValue) }
    state.session.proposal?.units = workloads.map {
      UnitPlan(
        id: $0.key, slug: $0.key.name,
        labels: [
          "app": $0.key.name, "variant": "prod", "owner": $0.owner.tool.rawValue,
        ], members: [$0.reference] + $0.belongings)
    }
  }

  private static func run(_ work: Work, _ state: inout WizardState) {
    state.running[EffectID(99)] = WizardState.Running(
      work: work, since: Timestamp(seconds: sampleNow.seconds - 4))
  }

  private static func failure(_ what: String, _ state: WizardState) -> Failure {
    let isWide = state.session.cluster.context.unicodeScalars.contains { $0.value > 0x7F }
    return Failure(
      .other,
      isWide ? "\(what): 権限がありません、管理者に問い合わせてください。🚫" : "\(what): forbidden for user viewer.")
  }
}

extension WizardState {
  /// The cub at hand delivers releases alone.
  mutating func takeToday() {
    guard case .signedIn(var identity)? = signIn else { return }
    identity.cubVersion = "v0.8.12"
    identity.deliversReleasesOnly = true
    signIn = .signedIn(identity)
  }

  /// All of it was released with such a cub.
  mutating func release() {
    takeToday()
    session.workerSlug = "payment-team-worker"
    session.workerMode = .server
    session.targetSlug = "payment-team-worker-releases"
    session.operations.append(
      Operation(id: "op-0009", kind: .publishRelease, key: "\(appSpace)", state: .done))
    session.report = Report(checks: Sample.report.checks.filter { $0.verdict == .ok })
    operationIndex.follow(session)
  }
}

/// The units were all created, and are taken back: of every three one stays, and one is not removed.
func takeBack(_ state: inout WizardState, _ phase: Removal.Phase) {
  var removal = Removal(phase, isAskedFor: true)
  state.session.operations = [
    Operation(
      id: "op-0001", kind: .createSpace, key: "\(state.appSpace)", state: .done, result: .created)
  ]
  for (number, unit) in (state.session.proposal?.units ?? []).enumerated() {
    let key = state.key(of: unit)
    let operation = Operation(
      id: "op-1\(number)", kind: .createUnit, key: key, state: .done, result: .created)
    state.session.operations.append(operation)
    let fate: Removal.Fate =
      switch number % 3 {
      case 1: .stays("its content was changed since, or cannot be read")
      case 2 where phase == .over: .failed("ConfigHub refused it: a trigger protects it.")
      case 2: .removable
      default: phase == .asking ? .removable : .removed
      }
    if fate == .removed {
      state.session.operations.append(Operation(id: "op-2\(number)", kind: .deleteUnit, key: key))
      state.session.recordRemoval(of: key)
    }
    if phase != .looking { removal.findings.append(.init(operation: operation, fate: fate)) }
  }
  state.removal = removal
  state.operationIndex = OperationIndex()
  state.operationIndex.follow(state.session)
}

/// Each component and variant to a Space of its own.
private func divide(_ state: inout WizardState) {
  guard let old = state.session.proposal else { return }
  var new = Naming.propose(
    for: state.session.scan?.workloads ?? [], layout: .component, unitContents: .resource)
  (new.hub, new.appSpace) = (old.hub, old.appSpace)
  state.session.proposal = new
  guard !state.listings.isEmpty else { return }
  for (number, space) in new.spaceSlugs.enumerated() {
    state.listings[space] = SpaceListing(exists: number % 4 == 1)
  }
}

/// A plan of all kinds of rows.
private func planned(_ state: inout WizardState) {
  state.session.proposal?.units = Sample.workloads.prefix(7).map {
    UnitPlan(
      id: $0.key, slug: $0.key.name, labels: ["app": $0.key.name],
      members: [$0.reference] + $0.belongings)
  }
  state.listings = [state.appSpace: SpaceListing(exists: true)]
  let comparisons: [Comparison?] = [
    nil, .unchanged, .differs(digest: "theirs"), .differs(digest: "theirs"), .unfinished,
    .failed("Deployment payment-db could not be read: the server took too long to answer."),
  ]
  for (unit, comparison) in zip(state.session.proposal?.units ?? [], comparisons) {
    guard let comparison else { continue }
    state.listings[state.appSpace]?.units[unit.slug] = ListedUnit(id: "u")
    state.comparisons[unit.id] = comparison
  }
}
