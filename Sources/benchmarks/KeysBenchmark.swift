import Glibc
import Screens
import TerminalText
import Wizard

/// What a key costs, from the key to the frame, with as many workloads as anybody has.
///
/// It is processor time: all of it is one thread's own work, and other people's load does not count.
struct KeysBenchmark {
  private static let limit = 16.0
  private static let rounds = 1500
  private let look = Look(glyphs: .unicode)
  private let size = Size(columns: 120, rows: 40)
  let now = Timestamp(seconds: 1_800_000_000)
  var generator = Generator()
  var state: WizardState
  private var ui = ViewState()
  var times: [String: [Double]] = [:]

  init(workloads count: Int) {
    state = WizardState(now: now)
    (state, _) = reduce(state, .begin(.new), at: now)
    var session = Session(id: "import-2027-01-15-080000", lineage: "l", createdAt: now)
    session.cluster = ClusterIdentity(context: "large", server: "https://large", uid: "uid")
    session.scope = ScanScope(context: "large", allNamespaces: true)
    state.session = session
    state.contexts = [ContextChoice(name: "large")]
    state.stage = .working
    state.saving = .saved(at: now)
    state.session.position = Position(.review)
    state.session.scan = ScanResult(
      namespaces: [], workloads: (0..<count).map(Self.workload), scannedAt: now)
  }

  static func workload(_ number: Int) -> Workload {
    let namespace = "team-\(number % 307)-prod"
    let name = "\(["order", "payment", "search", "web", "cart"][number % 5])-service-\(number)"
    let owners: [Owner] = [
      .native, Owner(.flux, kind: "Kustomization", name: "apps-\(number % 41)", namespace: "flux"),
      Owner(.argoCD, kind: "Application", name: "app-\(number % 97)", namespace: "argocd"),
      Owner(.helm, name: "release-\(number % 53)"),
    ]
    return Workload(
      key: WorkloadKey(
        kind: WorkloadKind.allCases[number % 3], namespace: namespace, name: name),
      apiVersion: "apps/v1", owner: owners[number % 4], isReady: number % 11 != 0,
      labels: ["app": "service-\(number % 4000)", "team": "team-\(number % 307)", "env": "prod"],
      images: ["registry.example.com/\(name):1.\(number % 100)"],
      belongings: [
        ObjectReference(apiVersion: "v1", kind: "Service", namespace: namespace, name: name)
      ])
  }

  // MARK: Measuring

  /// Random keys on the review screen, kind by kind.
  mutating func review() -> [Comparison] {
    draw()
    let kinds: [(String, [Key])] = [
      ("move", [.up, .down, .character("j"), .character("k")]),
      ("page", [.pageUp, .pageDown, .home, .end]),
      ("choose one", [.character(" ")]),
      ("choose all shown", [.character("a")]),
      ("sort", [.character("o"), .character("O")]),
      ("group", [.character("b")]),
      ("fold", [.left, .right, .character("z")]),
    ]
    for _ in 0..<Self.rounds {
      let kind = kinds[generator.next(kinds.count)]
      press(kind.1[generator.next(kind.1.count)], "review: \(kind.0)")
      press(generator.next(2) == 0 ? .down : .pageDown, "review: move")
      if generator.next(4) == 0 { filter("review: filter", Self.filters) }
    }
    return report()
  }

  /// The same keys as are of use while a scan goes on, and batches that arrive between them.
  mutating func scanning(workloads count: Int) -> [Comparison] {
    (state, _) = reduce(state, .goBack, at: now)
    (state, _) = reduce(state, .goOn, at: now)
    let scan = state.running.first {
      if case .cluster(.scan) = $0.value.work { true } else { false }
    }
    guard let id = scan?.key else { return [] }
    let keys: [Key] = [.down, .up, .pageDown, .pageUp, .end, .home]
    var arrived = 0
    while arrived < count {
      let batch = (arrived..<min(count, arrived + 250)).map(Self.workload)
      arrived += batch.count
      measure("scanning: a batch of 250") { $0.take(.found(id, batch)) }
      press(keys[generator.next(keys.count)], "scanning: move")
      if generator.next(8) == 0 { filter("scanning: filter", Self.filters) }
    }
    return report()
  }

  private static let filters = [
    "order", "owner:flux web", "ns:team-1 ready:no", "label:env=prod", "chosen:yes",
  ]

  mutating func filter(_ name: String, _ texts: [String]) {
    press(.character("/"), name)
    for character in texts[generator.next(texts.count)] { press(.character(character), name) }
    press(generator.next(3) == 0 ? .enter : .escape, name)
    if !ui.filter.isEmpty, generator.next(2) == 0 { press(.escape, name) }
  }

  mutating func press(_ key: Key, _ name: String) {
    measure(name) { run in
      if case .event(let event) = dispatch(key, run.state, &run.ui) { run.take(event) }
    }
  }

  mutating func take(_ event: Event) {
    _ = state.take(event, at: now)
  }

  mutating func draw() { _ = view(state, &ui, size: size, look: look) }

  mutating func measure(_ name: String, _ body: (inout Self) -> Void) {
    let start = Self.processorTime
    body(&self)
    draw()
    times[name, default: []].append(Self.processorTime - start)
  }

  /// Of this thread so far, in milliseconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  mutating func report() -> [Comparison] {
    defer { times = [:] }
    return times.sorted { $0.key < $1.key }.map { name, times in
      let sorted = times.sorted()
      let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
      return Comparison(
        name: "\(name), p99", figure: p99, baseline: "median of \(sorted.count)",
        baselineFigure: sorted[sorted.count / 2], limit: .most(Self.limit))
    }
  }
}

/// The same numbers in every run.
struct Generator {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
