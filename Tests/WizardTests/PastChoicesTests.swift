import struct TestWorld.Seeded
import Testing
import Wizard

@Suite("What was left out stays left out")
struct PastChoicesTests {
  private let both = ["order-prod", "payment-prod"]

  /// Back from the review to the namespaces, changed there, and scanned.
  private func rescan(
    _ run: inout WizardRun, _ world: inout SimulatedWorld, _ change: (inout WizardRun) -> Void
  ) {
    run.send(.goBack)
    run.settle(in: &world)
    change(&run)
    run.settle(in: &world)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.step == .review)
  }

  @Test("when its namespace is unchosen and chosen again by undo, and it is not new")
  func undoneScope() {
    var (run, world) = Place.review.arrive()
    let key = world.workloads[0].key
    run.send(.setWorkloads([key], chosen: false))
    rescan(&run, &world) { $0.send(.setNamespaces(["payment-prod"], chosen: false)) }
    #expect(!run.state.isSelected(key))
    #expect(run.state.changes == ScanChanges(), "what was only unchosen is not gone")
    rescan(&run, &world) { $0.send(.undo) }
    #expect(run.state.session.scope.namespaces == both)
    #expect(
      run.state.session.selected.map(\.key) == [world.workloads[1].key, world.workloads[2].key])
    #expect(run.state.changes == ScanChanges(), "what was shown once is not new")
    #expect(run.state.session.pastChoices == PastChoices(), "what the scan holds is kept there")
  }

  @Test("across a resume, with a scope given anew, whatever it lets through")
  func acrossResume() {
    for narrow in [
      Answers(context: "kind-atk", allNamespaces: true, excluded: ["payment-prod"]),
      Answers(context: "kind-atk", namespaces: ["order-prod"]),
      Answers(context: "kind-atk", namespaces: both, selector: "app1"),
      Answers(context: "kind-atk", namespaces: both, kinds: [.job]),
    ] {
      var (run, world) = Place.review.arrive()
      let key = world.workloads[0].key
      run.send(.setWorkloads([key], chosen: false))
      run.send(.goBack)
      run.settle(in: &world)
      // What the flags name is scanned at once.
      run = .resumed(in: &world, narrow)
      run.settle(in: &world)
      #expect(run.state.changes == ScanChanges(), "\(narrow)")
      run.send(.goBack)
      run.settle(in: &world)
      run = .resumed(
        in: &world, Answers(context: "kind-atk", allNamespaces: true, kinds: [.deployment]))
      run.settle(in: &world)
      run.send(.goBack)
      run.settle(in: &world)
      run.send(.setNamespaces(["payment-prod"], chosen: false))
      run.send(.undo)
      run.send(.setNamespaces(both, chosen: true))
      // A selector cannot be taken back but by another one.
      if narrow.selector == nil {
        run.send(.goOn)
        run.settle(in: &world)
        #expect(!run.state.isSelected(key), "\(narrow)")
        #expect(run.state.session.selectedCount == 2, "\(narrow)")
        #expect(run.state.changes?.new == [], "\(narrow)")
      }
    }
  }

  @Test("when another context was chosen in between")
  func otherContext() {
    var (run, world) = Place.review.arrive()
    let key = world.workloads[0].key
    run.send(.setWorkloads([key], chosen: false))
    for context in ["prod-east", "kind-atk"] {
      run.send(.goBack)
      run.settle(in: &world)
      run.send(.goBack)
      run.send(.chooseContext(context))
      run.settle(in: &world)
      run.send(.setNamespaces(both, chosen: true))
      run.send(.goOn)
      run.settle(in: &world)
      #expect(run.state.isSelected(key) == (context == "prod-east"))
    }
  }

  @Test("when it is gone and comes back; and a no can be taken back while it is out of sight")
  func comesBack() {
    var (run, world) = Place.review.arrive()
    let workload = world.workloads.removeFirst()
    run.send(.setWorkloads([workload.key], chosen: false))
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.changes?.gone == [workload.key])
    world.workloads.insert(workload, at: 0)
    run.send(.retry)
    run.settle(in: &world)
    #expect(!run.state.isSelected(workload.key) && run.state.changes?.new == [])
    world.workloads.removeFirst()
    run.send(.retry)
    run.settle(in: &world)
    run.send(.undo)
    #expect(run.state.notice?.contains("Undone") == true)
    world.workloads.insert(workload, at: 0)
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.isSelected(workload.key))
  }

  @Test("when it was chosen by hand, too: a yes is kept like a no")
  func yes() {
    var (run, world) = Place.review.arrive()
    let shop = Workload(
      key: WorkloadKey(kind: .customResourceDefinition, namespace: "", name: "shop"),
      apiVersion: "v1")
    func scan(_ workloads: [Workload]) {
      run.send(.retry)
      run.saveAll(in: &world)
      run.answer(
        .scan,
        .scanned(
          ScanResult(namespaces: both, workloads: workloads),
          ClusterIdentity(context: "kind-atk", uid: "uid-of-kube-system")))
      run.settle(in: &world)
    }
    scan(world.workloads + [shop])
    #expect(!run.state.isSelected(shop.key))
    run.send(.setWorkloads([shop.key], chosen: true))
    scan(world.workloads)
    #expect(run.state.changes == ScanChanges(), "a kind that was not asked for is not gone")
    scan(world.workloads + [shop])
    #expect(run.state.isSelected(shop.key))
  }

  @Test(
    "after any sequence of scopes, scans, undo, redo and resume", arguments: 0..<40 as Range<UInt64>
  )
  func anything(seed: UInt64) {
    var walk = Walk(seed: seed)
    for _ in 0..<60 { walk.step() }
    #expect(walk.checks > 10)
  }
}

/// Somebody who changes their mind at random, and a model of what they said last.
private struct Walk {
  var run: WizardRun
  var world: SimulatedWorld
  private var random: Seeded
  private var leftOut: [String: Set<WorkloadKey>] = [:]
  private var shown: [String: Set<WorkloadKey>] = [:]
  private var done: [String] = []
  private let pool: [Workload]
  private(set) var checks = 0
  private var scansSeen = 0

  init(seed: UInt64) {
    (run, world) = Place.review.arrive(workloads: 6)
    pool = world.workloads
    random = Seeded(seed)
    look()
  }

  private var context: String { run.state.session.cluster.context }

  mutating func step() {
    let what = random.below(12)
    done.append("\(what)")
    switch what {
    case 0, 1, 2: choose()
    case 3: takeBack(.undo)
    case 4: takeBack(.redo)
    case 5: run.send(.retry)
    case 6, 7: run.send(.goBack)
    case 8:
      run.send(
        .setNamespaces(
          [["order-prod", "payment-prod"][random.below(2)]], chosen: random.below(3) > 0))
    case 9: resume()
    case 10: world.workloads = pool.filter { _ in random.below(4) > 0 }
    default: run.send(.chooseContext(world.contexts[random.below(2)]))
    }
    run.settle(in: &world)
    if run.state.step == .scan, random.below(2) == 0 {
      if run.state.session.scope.context.isEmpty {
        run.send(.chooseContext("kind-atk"))
        run.settle(in: &world)
      }
      run.send(.goOn)
      run.settle(in: &world)
    }
    look()
  }

  private mutating func choose() {
    guard run.state.step == .review, let one = run.state.choosable.randomElement(using: &random)
    else { return }
    let isChosen = random.below(2) == 0
    run.send(.setWorkloads([one.key], chosen: isChosen))
    note([one.key], isChosen)
  }

  private mutating func note(_ keys: [WorkloadKey], _ isChosen: Bool) {
    if isChosen {
      leftOut[context, default: []].subtract(keys)
    } else {
      leftOut[context, default: []].formUnion(keys)
    }
  }

  /// Taking a choice back is a choice.
  private mutating func takeBack(_ event: Event) {
    let session = run.state.session
    let edit = event == .undo ? session.undo.last?.inverse : session.redo.last
    run.send(event)
    guard case .workloads(let added, let removed) = edit, run.state.session.undo != session.undo
    else { return }
    note(Array(added), true)
    note(Array(removed), false)
  }

  private mutating func resume() {
    let excluded = random.below(2) == 0 ? ["payment-prod"] : []
    let answers = [
      Answers(), Answers(context: "kind-atk", allNamespaces: true, excluded: excluded),
      Answers(context: "kind-atk", namespaces: ["order-prod"]),
    ]
    run = .resumed(in: &world, answers[random.below(3)])
    scansSeen = 0
  }

  private mutating func look() {
    guard run.state.step == .review else { return }
    let found = Set(run.state.session.scan?.workloads.map(\.key) ?? [])
    let wrong = found.intersection(leftOut[context] ?? []).filter { run.state.isSelected($0) }
    #expect(wrong.isEmpty, "after \(done)")
    let scans = run.begun.count { $0 == .scan }
    guard scans != scansSeen else { return }
    scansSeen = scans
    checks += 1
    let changes = run.state.changes ?? ScanChanges()
    #expect(Set(world.workloads.map(\.key)).isDisjoint(with: changes.gone), "after \(done)")
    #expect((shown[context] ?? []).isDisjoint(with: changes.new), "after \(done)")
    shown[context, default: []].formUnion(found)
  }
}
