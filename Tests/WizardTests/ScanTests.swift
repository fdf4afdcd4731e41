import Testing
import Wizard

struct ScanTests {
  @Test("A new run reads the kubeconfig, and no cluster before a context is chosen")
  func start() {
    let (run, _) = Place.contexts.arrive()
    #expect(run.pending.isEmpty)
    #expect(run.state.contexts?.map(\.name) == ["kind-atk", "prod-east"])
    #expect(run.state.currentContext == "kind-atk")
    #expect(!run.begun.contains(.listNamespaces))
  }

  @Test("Choosing a context lists its namespaces, choosing some scans them")
  func forward() {
    var (run, world) = Place.scanning.arrive()
    #expect(run.state.session.position == Position(.scan, .scanning))
    let scope = ScanScope(context: "kind-atk", namespaces: ["order-prod", "payment-prod"])
    #expect(run.pending.map(\.work) == [.cluster(.scan(scope))])
    run.send(.progress(run.pending[0].id, ScanProgress(resource: "jobs", read: 1, total: 3)))
    #expect(run.state.scanProgress["jobs"]?.read == 1)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.review))
    #expect(run.state.session.stepsCompleted == [.scan])
    #expect(run.state.session.cluster.uid == "uid-of-kube-system")
    #expect(run.state.session.scan?.scannedAt == run.clock)
    #expect(run.state.session.selected.count == 3)
  }

  @Test("What somebody has to choose is not chosen by itself, and the run says so if that is all")
  func reserved() throws {
    var world = SimulatedWorld()
    var (run, _) = Place.scanning.arrive()
    world.workloads[0].reservation = .helmHook
    run.settle(in: &world)
    let reserved = world.workloads[0].key
    #expect(run.state.session.selected.count == world.workloads.count - 1)
    #expect(!run.state.isSelected(reserved))
    run.send(.setWorkloads([reserved], chosen: true))
    #expect(run.state.isSelected(reserved))

    var finished = SimulatedWorld()
    for index in finished.workloads.indices { finished.workloads[index].reservation = .finished }
    let answers = Answers(context: "kind-atk", allNamespaces: true)
    let left = WizardRun.unattended(answers, in: &finished).left
    #expect(left?.reason?.contains("it has finished, and would run again") == true)
    #expect(left?.reason?.contains("--plan") == true)
  }

  @Test("What the cluster puts off is known while it is waited for, and no longer")
  func waits() {
    var (run, world) = Place.scanning.arrive()
    func wait(_ what: String, _ seconds: Double) -> ClusterWait {
      ClusterWait(what: what, why: "it is busy", seconds: seconds, attempt: 2, attempts: 6)
    }
    let id = run.pending[0].id
    run.send(.waiting(id, wait("jobs", 3.2)))
    run.send(.waiting(id, wait("services", 2)))
    #expect(run.state.clusterWaits.map(\.wait.what) == ["services", "jobs"])
    #expect(run.state.clusterWaits.map { $0.until.seconds(since: run.clock) } == [2, 4])
    run.clock = Timestamp(seconds: run.clock.seconds + 2)
    run.send(.progress(id, ScanProgress(resource: "services", read: 1, total: 1)))
    #expect(run.state.clusterWaits.map(\.wait.what) == ["jobs"])
    run.send(.waiting(EffectID(9_999), wait("daemonsets", 60)))
    #expect(run.state.clusterWaits.map(\.wait.what) == ["jobs"], "nobody asks for it")
    run.settle(in: &world)
    #expect(run.state.clusterWaits.isEmpty)
    #expect(run.state.step == .review)
  }

  @Test("Nothing is scanned without a namespace, or with one that is not there")
  func scope() {
    var (run, _) = Place.namespaces.arrive()
    run.send(.setNamespaces(run.state.namespaces ?? [], chosen: false))
    run.send(.goOn)
    #expect(run.state.notice?.contains("namespace") == true)
    run.send(.setNamespaces(["unknown"], chosen: true))
    run.send(.goOn)
    #expect(run.state.problem?.message == "There is no namespace unknown in kind-atk.")
    #expect(run.state.session.position == Position(.scan, .choosing))
    run.send(.setNamespaces(["unknown"], chosen: false))
    #expect(run.state.problem == nil)
    #expect(!run.begun.contains(.scan))
  }

  @Test("Whoever may not list namespaces may scan the ones that were named")
  func forbidden() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(context: "kind-atk", namespaces: ["payment-prod"]))
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.contains(.listNamespaces) }
    run.answer(.listNamespaces, in: &world, as: .broken(.other))
    #expect(run.state.problem == nil)
    #expect(run.state.namespacesProblem != nil, "the screen says why")
    run.go(to: .review, in: &world)
    #expect(run.state.session.scan?.namespaces == ["payment-prod"])
  }

  @Test("The namespace of the context is chosen at first, unless others were named")
  func ownNamespace() {
    var world = SimulatedWorld()
    world.ownNamespaces = ["kind-atk": "order-prod"]
    var run = WizardRun(Answers(context: "kind-atk"))
    run.send(.begin(.automatic))
    run.settle(in: &world)
    #expect(run.state.session.scope.namespaces == ["order-prod"])
    #expect(run.state.session.position == Position(.scan, .choosing))
    run.send(.setNamespaces(["order-prod"], chosen: false))
    run.send(.setNamespaces(["payment-prod"], chosen: true))
    #expect(run.state.session.scope.namespaces == ["payment-prod"])
    run.send(.chooseContext("kind-atk"))
    #expect(run.state.session.scope.namespaces == ["payment-prod"], "it is a choice of the person")

    let named = Answers(context: "kind-atk", namespaces: ["payment-prod"])
    run = WizardRun.unattended(named, in: &world)
    #expect(run.state.session.scan?.namespaces == ["payment-prod"])
    var other = SimulatedWorld()
    other.ownNamespaces = ["kind-atk": "order-prod"]
    run = WizardRun.unattended(Answers(context: "kind-atk"), in: &other)
    #expect(run.state.session.scan?.namespaces == ["order-prod"])
  }

  @Test("Where no namespace was named, not being able to list them is a problem; r tries again")
  func forbiddenUnnamed() {
    var (run, world) = Place.readingNamespaces.arrive()
    run.answer(.listNamespaces, in: &world, as: .broken(.other))
    #expect(run.state.problem != nil)
    run.send(.retry)
    #expect(run.state.problem == nil)
    run.answer(.listNamespaces, in: &world)
    #expect(run.state.namespaces?.count == 3)
  }

  @Test("Backspace gives a scan up, and leads back to what was chosen")
  func back() {
    var (run, world) = Place.scanning.arrive()
    let scan = run.pending[0]
    run.send(.goBack)
    #expect(run.begun.contains(.cancel))
    #expect(run.state.session.position == Position(.scan, .choosing))
    #expect(run.state.session.scope.namespaces == ["order-prod", "payment-prod"])
    run.send(.finished(scan.id, world.outcome(of: scan.work, as: .done, at: run.clock)))
    #expect(run.state.session.scan == nil, "a late result is nobody's")
    run.go(to: .review, in: &world)
  }

  /// A scan of which only the first workload was read.
  static func part(of world: SimulatedWorld) -> Outcome {
    .scanned(
      ScanResult(
        namespaces: ["payment-prod"], workloads: Array(world.workloads.prefix(1)),
        leftOut: [Omission(what: "deployments", why: "stopped", isGap: true)]),
      ClusterIdentity(context: "kind-atk", uid: "uid-of-kube-system"))
  }

  @Test("A scan that is stopped keeps what it has read, which does not look complete")
  func stop() throws {
    let (start, world) = Place.scanning.arrive()
    var run = start
    let scan = try #require(run.pending.first)
    run.send(.found(scan.id, Array(world.workloads.prefix(1))))
    #expect(run.state.arriving.count == 1)
    run.send(.cancel)
    run.send(.cancel)
    #expect(run.begun.filter { $0 == .cancel }.count == 1)
    #expect(run.state.isStopping)
    run.answer(.scan, Self.part(of: world))
    #expect(run.state.session.position == Position(.review))
    #expect(run.state.session.scan?.workloads.count == 1)
    #expect(run.state.session.scan?.isPartial == true)
    #expect(!run.state.isStopping && run.state.arriving.isEmpty)
  }

  @Test("A scan that is stopped before it has read anything leads back to the choice, unblamed")
  func stopEarly() {
    var (run, world) = Place.scanning.arrive()
    run.send(.cancel)
    run.answer(.scan, .failed(Failure(.cancelled, "It was cancelled.")))
    #expect(run.state.session.position == Position(.scan, .choosing))
    #expect(run.state.problem == nil)
    run.go(to: .review, in: &world)
  }

  @Test("A second scan that is stopped, or fails, leaves the first one as it was")
  func secondScan() {
    var (run, world) = Place.review.arrive()
    let first = run.state.session.scan
    run.send(.retry)
    run.saveAll(in: &world)
    run.send(.cancel)
    run.answer(.scan, Self.part(of: world))
    #expect(run.state.session.position == Position(.review))
    #expect(run.state.session.scan == first)
    #expect(run.state.notice?.contains("is still there") == true)
    run.send(.retry)
    run.saveAll(in: &world)
    run.answer(.scan, .failed(Failure(.timedOut, "It did not answer.")))
    #expect(run.state.session.position == Position(.review))
    #expect(run.state.session.scan == first)
    #expect(run.state.problem?.kind == .timedOut)
    run.send(.retry)
    #expect(run.kinds.contains(.scan))
  }

  @Test("A second scan says what is new, gone and changed, and nothing is gone from half a scan")
  func changes() {
    var (run, world) = Place.review.arrive()
    #expect(run.state.changes == nil)
    let gone = world.workloads.removeLast()
    world.workloads[0].generation = 2
    world.workloads[1].isReady = false
    world.workloads.append(.sample(9))
    run.send(.retry)
    run.settle(in: &world)
    let changes = run.state.changes
    // What the first scan did not know has not changed.
    #expect(
      changes
        == ScanChanges(
          new: [Workload.sample(9).key], gone: [gone.key], changed: [world.workloads[1].key]))
    world.workloads[0].generation = 3
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.changes == ScanChanges(changed: [world.workloads[0].key]))
    run.send(.retry)
    run.saveAll(in: &world)
    run.answer(.scan, Self.part(of: world))
    #expect(run.state.changes?.gone == [])
  }

  @Test("What the scan before was not to read is not new; a namespace that has come since is")
  func newNamespace() {
    var (run, world) = Place.review.arrive()
    run.settle(in: &world)
    let other = Workload(
      key: WorkloadKey(kind: .deployment, namespace: "shop-prod", name: "web"),
      apiVersion: "apps/v1", owner: .native, labels: [:])
    world.workloads.append(other)
    world.namespaces.append("shop-prod")
    func scanned(_ names: [String]) -> ScanChanges? {
      run.send(.goBack)
      run.settle(in: &world)
      run.send(.setNamespaces(names, chosen: true))
      run.send(.goOn)
      run.settle(in: &world)
      return run.state.changes
    }
    #expect(run.state.session.scope.allNamespaces == false)
    #expect(scanned(["shop-prod"]) == ScanChanges())
    #expect(run.state.session.scan?.workloads.contains { $0.key == other.key } == true)
    let late = Workload(
      key: WorkloadKey(kind: .deployment, namespace: "shop-prod", name: "late"),
      apiVersion: "apps/v1", owner: .native, labels: [:])
    world.workloads.append(late)
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.changes?.new == [late.key])
  }

  @Test("Resumed, the review shows the scan before at once, and what is new without choosing it")
  func lookedAgain() {
    var (before, world) = Place.review.arrive()
    before.settle(in: &world)
    let gone = world.workloads.removeLast()
    world.workloads.append(.sample(9))
    var run = WizardRun.resumed(in: &world)
    #expect(run.state.session.scan == before.durable?.scan)
    #expect(run.kinds == [.scan])
    #expect(run.state.arriving.isEmpty)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.review))
    #expect(
      run.state.changes == ScanChanges(new: [Workload.sample(9).key], gone: [gone.key]))
    #expect(run.state.isSelected(world.workloads[0].key))
    #expect(!run.state.isSelected(Workload.sample(9).key) && !run.state.isSelected(gone.key))
    #expect(run.state.notice?.contains("1 of the workloads") == true)
    #expect(run.durable?.scan == run.state.session.scan)
  }

  @Test("What cannot be read again, or not in full, leaves the scan before as it was")
  func notLookedAgain() {
    for fate in [
      Outcome.failed(Failure(.timedOut, "It did not answer.")),
      Outcome.failed(Failure(.cancelled, "Stopped.")),
    ] {
      var (before, world) = Place.review.arrive()
      before.settle(in: &world)
      var run = WizardRun.resumed(in: &world)
      run.answer(.scan, fate)
      #expect(run.state.session.scan == before.durable?.scan)
      #expect(run.state.problem == nil && run.state.changes == nil)
      run.send(.retry)
      #expect(run.state.session.position == Position(.scan, .scanning))
    }
    var (before, world) = Place.review.arrive()
    before.settle(in: &world)
    var run = WizardRun.resumed(in: &world)
    run.answer(.scan, Self.part(of: world))
    #expect(run.state.session.scan == before.durable?.scan)
    #expect(run.state.notice?.contains("in full") == true)
  }

  @Test("Whoever goes on waits for no scan, and a late one changes nothing")
  func goneOn() {
    var (before, world) = Place.review.arrive()
    before.settle(in: &world)
    var run = WizardRun.resumed(in: &world)
    run.send(.goOn)
    #expect(run.state.step == .select)
    #expect(!run.kinds.contains(.scan))
  }

  @Test("What is read only on request is found, but not chosen by itself; its units are its own")
  func onRequest() {
    var (run, world) = Place.scanning.arrive()
    world.workloads.append(
      Workload(key: WorkloadKey(kind: .namespace, namespace: "", name: "shop"), apiVersion: "v1"))
    run.answer(
      .scan,
      .scanned(
        ScanResult(namespaces: ["payment-prod"], workloads: world.workloads),
        ClusterIdentity(context: "kind-atk", uid: "uid-of-kube-system")))
    #expect(run.state.choosable.count == 4)
    #expect(run.state.session.selected.count == 3)
    let units = Naming.propose(for: world.workloads).units
    #expect(units.map(\.slug).contains("shop-namespace"))
    #expect(units.first { $0.slug == "shop-namespace" }?.members.first?.namespace == nil)
  }

  @Test("A scan that fails says why at the choice it came from", arguments: Fate.kinds)
  func failure(kind: Failure.Kind) {
    var (run, world) = Place.scanning.arrive()
    run.answer(.scan, in: &world, as: .broken(kind))
    #expect(run.state.session.position == Position(.scan, .choosing))
    #expect(run.state.problem?.kind == kind)
    run.go(to: .review, in: &world)
    #expect(run.state.problem == nil)
  }

  // MARK: Changing one's mind

  @Test("The namespaces shown are those of the context chosen last")
  func twoContexts() throws {
    var (run, world) = Place.readingNamespaces.arrive()
    let first = try #require(run.pending.last)
    run.send(.chooseContext("prod-east"))
    run.saveAll(in: &world)
    let second = try #require(run.pending.last)
    #expect(second.work == .cluster(.listNamespaces(context: "prod-east")))
    run.send(.finished(second.id, .namespaces(["east"])))
    run.send(.finished(first.id, .namespaces(["west"])))
    #expect(run.state.namespaces == ["east"])
  }

  @Test("A scan gives up the lists it was chosen from, so that none of them comes late")
  func listsGivenUp() {
    var (run, world) = Place.review.arrive()
    run.send(.goBack)
    #expect(run.kinds.contains(.listContexts))
    run.send(.goOn)
    run.saveAll(in: &world)
    #expect(run.kinds == [.scan])
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.contexts != nil)
    #expect(run.state.namespaces != nil)
  }

  @Test("A list of namespaces that does not come can be left")
  func backWhileListing() {
    var (run, _) = Place.readingNamespaces.arrive()
    let listing = run.pending[0]
    run.send(.goBack)
    #expect(run.state.session.scope.context == "")
    #expect(run.begun.last != .listNamespaces)
    run.send(.finished(listing.id, .namespaces(["late"])))
    #expect(run.state.namespaces == nil)
  }

  @Test("Choosing the same context again keeps what was found and chosen there")
  func sameContext() {
    var (run, world) = Place.select.arrive()
    run.send(.setAppSpace("mine"))
    for _ in 0..<3 {
      run.send(.goBack)
      run.settle(in: &world)
    }
    #expect(run.state.session.scope.context == "")
    run.send(.chooseContext("kind-atk"))
    run.settle(in: &world)
    #expect(run.state.session.scope.namespaces == ["order-prod", "payment-prod"])
    #expect(run.state.session.scan != nil)
    run.go(to: .select, in: &world)
    #expect(run.state.appSpace == "mine")
  }

  @Test("Choosing another context drops exactly what came from the first one")
  func otherContext() {
    var (run, world) = Place.select.arrive()
    let id = run.state.session.id
    for _ in 0..<3 {
      run.send(.goBack)
      run.settle(in: &world)
    }
    run.send(.chooseContext("prod-east"))
    run.settle(in: &world)
    let session = run.state.session
    #expect(session.id == id)
    var scope = ScanScope(context: "prod-east")
    scope.allNamespaces = true
    #expect(session.scope == scope, "all are proposed anew")
    #expect(session.cluster == ClusterIdentity(context: "prod-east"))
    #expect(session.scan == nil)
    #expect(session.selected == [])
    #expect(session.proposal == nil)
    #expect(session.stepsCompleted == [])
  }

  @Test("Answers given in advance are taken once, and not again over a person's own")
  func answersOnce() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(context: "prod-east", namespaces: ["order-prod"]))
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.state.namespaces != nil && $0.pending.isEmpty }
    #expect(run.state.session.scope.namespaces == ["order-prod"])
    run.send(.goBack)
    run.send(.chooseContext("kind-atk"))
    run.settle(in: &world)
    run.send(.setNamespaces(["payment-prod"], chosen: true))
    run.go(to: .review, in: &world)
    let scan = run.state.session.scan
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.session.scope.context == "kind-atk")
    #expect(run.state.session.scope.namespaces == ["order-prod", "payment-prod"])
    #expect(run.state.session.scan == scan)
  }

  @Test("A context given in advance that the kubeconfig does not have is a problem")
  func unknownContext() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(context: "nowhere"))
    run.send(.begin(.automatic))
    run.settle(in: &world)
    #expect(run.state.problem?.message.contains("no context nowhere") == true)
    run.send(.chooseContext("kind-atk"))
    #expect(run.state.problem == nil)
    run.go(to: .review, in: &world)
  }

  @Test("A second scan keeps what was chosen and chooses what is new")
  func rescan() {
    var (run, world) = Place.review.arrive()
    let first = world.workloads[0].key
    run.send(.setWorkloads([first], chosen: false))
    world.workloads.append(.sample(8))
    world.workloads.remove(at: 1)
    run.send(.retry)
    #expect(run.state.session.position == Position(.scan, .scanning))
    #expect(run.state.session.stepsCompleted == [])
    run.settle(in: &world)
    #expect(Set(run.state.session.selected.map(\.key)) == Set(world.workloads[1...].map(\.key)))
  }

  @Test("What a controller made or ConfigHub has is found but not chosen")
  func unchoosable() {
    var world = SimulatedWorld(workloads: 1)
    world.workloads.append(.sample(2, owner: Owner(.controller, name: "a-operator")))
    world.workloads.append(.sample(4, owner: Owner(.configHub)))
    world.workloads.append(.sample(6, owner: Owner(.flux, name: "apps")))
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .review, in: &world)
    #expect(run.state.session.scan?.detected == 4)
    #expect(run.state.session.selected.map(\.key.name) == ["app0", "app6"])
    #expect(run.state.contest.count == 1 && run.state.contest.tools == [.flux])
    run.send(.setWorkloads([world.workloads[1].key], chosen: true))
    #expect(run.state.notice?.contains("a-operator") == true)
    run.send(.setWorkloads([world.workloads[2].key], chosen: true))
    #expect(run.state.notice?.contains("in ConfigHub already") == true)
    #expect(run.state.session.selected.count == 2)
  }
}
