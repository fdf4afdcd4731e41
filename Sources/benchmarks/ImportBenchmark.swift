import FoundationEssentials
import Glibc
import Subprocess

/// An import of 500 units of 5 objects through a cub that takes as long as a recorded one for every
/// call, against the time that one call for each unit takes if nothing else took any. The cluster is
/// a server on the loopback interface behind a real kubectl.
struct ImportBenchmark {
  private let units: Int
  private let parallel: Int
  private let delay: Double

  private let scratch: Scratch
  private let program: String
  private let server: GeneratedServer

  /// - Parameter delay: seconds for one call of cub; recorded are 86 ms.
  init(units: Int = 500, parallel: Int = 4, delay: Double = 0.086) throws {
    self.units = units
    self.parallel = parallel
    self.delay = delay
    scratch = try Scratch()
    program = try builtProgram("map-import")
    let path = ProcessInfo.processInfo.environment["PATH"]
    guard let kubectl = Programs.find("kubectl", path: path) else {
      throw BenchmarkFailure("There is no kubectl on PATH; Debian's package is kubernetes-client.")
    }
    server = try GeneratedServer(GeneratedCluster(documents: Self.documents(units)))
    for directory in ["home", "bin", "hub/units"] {
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/\(directory)", withIntermediateDirectories: true)
    }
    // Every start is counted.
    try script("#!/bin/sh\necho >> \"$BENCH/kubectls\"\nexec \(kubectl) \"$@\"\n", "kubectl")
    try script(cub, "cub")
    try Data(server.kubeconfig("bench").utf8).write(to: URL(filePath: kubeconfig))
  }

  /// Wall time against the calls of cub, and the memory at the end against that with a tenth of
  /// the units done.
  func compare() throws -> [Comparison] {
    let start = ContinuousClock.now
    let id = try begin()
    var early = 0
    var late = 0
    // Often, or the wait for the end would be a part of the figure.
    for tick in 0... {
      guard waitpid(id, nil, WNOHANG) == 0 else { break }
      usleep(5_000)
      guard tick % 40 == 0 else { continue }
      let done = try created()
      let memory = ScanChild.memory("VmRSS:", of: "\(id)") / 1024
      if memory > 0 {
        if (units / 10..<units / 5).contains(done) { early = max(early, memory) }
        if done >= units * 9 / 10 { late = max(late, memory) }
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard try created() == units else { throw CocoaError(.fileReadCorruptFile) }
    return [
      try comparison(seconds), try calls(), try kubectls(),
      Comparison(
        name: "memory with 90 % done", figure: Double(late), unit: .kibibytes,
        baseline: "with 10-20 % done", baselineFigure: Double(early), limit: .ratio(1.15)),
    ]
  }

  /// One call for each unit at once, against the time that one call takes in each phase.
  func compareAtOnce() throws -> [Comparison] {
    let start = ContinuousClock.now
    let id = try begin()
    waitpid(id, nil, 0)
    guard try created() == units else { throw CocoaError(.fileReadCorruptFile) }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let all = try calls().figure
    // Of a single round of creates the other calls, one after another, are the most.
    let waits = all - Double(units) + (Double(units) / Double(parallel)).rounded(.up) + Self.before
    return [
      Comparison(
        name: "import of \(units) units at once", figure: seconds * 1000,
        baseline: "\(Int(waits)) calls of cub after one another",
        baselineFigure: waits * delay * 1000, limit: .ratio(1.3))
    ]
  }

  /// Calls before the confirmation: the context, the sign-in, and what there is.
  private static let before = 3.0

  private func comparison(_ seconds: Double) throws -> Comparison {
    Comparison(
      name: "import of \(units) units", figure: seconds * 1000,
      baseline: "one call of cub for each, \(parallel) at once",
      baselineFigure: (Double(units) / Double(parallel)).rounded(.up) * delay * 1000,
      limit: .ratio(1.15))
  }

  /// Of cub, from the confirmation to the report.
  private func calls() throws -> Comparison {
    let log = try String(contentsOfFile: "\(scratch.path)/hub/calls", encoding: .utf8)
    let all = log.split(separator: "\n")
    let before = all.firstIndex(of: "unit list").map { $0 + 1 } ?? 0
    return Comparison(
      name: "calls for \(units) units", figure: Double(all.count - before), unit: .calls,
      baseline: "one for each", baselineFigure: Double(units), limit: .baselines(1, plus: 20))
  }

  private func kubectls() throws -> Comparison {
    let log = try Data(contentsOf: URL(filePath: "\(scratch.path)/kubectls"))
    return Comparison(
      name: "kubectl processes for \(units) units", figure: Double(log.count), unit: .calls,
      baseline: "", limit: .most(3))
  }

  private func created() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/hub/units").count
  }

  private func begin() throws -> pid_t {
    let words = [
      program, "--yes", "-n", "bench", "--app-space", "bench-team", "--worker", "dev",
      "--kubectl", "\(scratch.path)/bin/kubectl", "--cub", "\(scratch.path)/bin/cub", "--parallel",
      "\(parallel)", "--kubeconfig", kubeconfig,
    ]
    let environment = [
      "HOME=\(scratch.path)/home", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "BENCH=\(scratch.path)",
    ]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var id: pid_t = 0
    let argv = words.map { strdup($0) } + [nil]
    let envp = environment.map { strdup($0) } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    guard posix_spawn(&id, program, &actions, nil, argv, envp) == 0 else {
      throw CocoaError(.executableLoad)
    }
    return id
  }

  // MARK: The cluster and the hub

  private func script(_ text: String, _ name: String) throws {
    let path = "\(scratch.path)/bin/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    chmod(path, 0o700)
  }

  /// Plays cub: a unit is a file, so that a call takes the same time however many there are. What it
  /// does itself is done while the time passes.
  private var cub: String {
    """
    #!/bin/sh
    sleep \(delay - Self.ownTime) &
    echo "$1 $2" >> "$BENCH/hub/calls"
    for word; do
      case "$word" in
        --label=MapImportDigest=*) ;;
        --unit=*) bound="${word#--unit=}";;
        -*|json|unit|get|create|data|set-target|dev-target) ;;
        *) slug="$word";;
      esac
    done
    case "$1 $2" in
      "context get") echo '{"coordinate":{"user":"u","serverURL":"s","organizationID":"o"}}';;
      "auth status") printf 'Status  Authenticated\\nClient Version  v0.6.0\\n';;
      "unit list")
        cd "$BENCH/hub/units"
        target=
        [ -e ../bound ] && target='"TargetID":"target",'
        printf '['
        sha256sum -- * 2>/dev/null | awk -v target="$target" '{
          printf "%s{\\"Unit\\":{\\"UnitID\\":\\"id-%s\\",\\"Slug\\":\\"%s\\",%s", comma, $2, $2, target
          printf "\\"DataHash\\":\\"%s\\",\\"Labels\\":{}}}", $1
          comma = ","
        }'
        echo ']';;
      "unit create")
        cat > "$BENCH/hub/units/$slug"
        printf '{"UnitID":"id-%s","Slug":"%s","Version":2}' "$slug" "$slug";;
      "unit set-target")
        : > "$BENCH/hub/bound"
        echo "[$bound]" | sed 's/[^],[]\\{1,\\}/{"Unit":{"UnitID":"i","Slug":"&"}}/g';;
      "worker list") echo '[{"BridgeWorker":{"BridgeWorkerID":"w","Slug":"dev","Condition":"Ready"}}]';;
      "target list")
        printf '[{"Target":{"TargetID":"target","Slug":"dev-target","ProviderType":"Kubernetes",'
        printf '"BridgeWorkerID":"w","Parameters":"{}"}}]';;
      *) echo "Failed: unknown command \\"$1\\" for \\"cub\\"" >&2; exit 1;;
    esac
    wait

    """
  }

  /// Seconds that the stand-in takes to begin and to end.
  private static let ownTime = 0.004

  private var kubeconfig: String { "\(scratch.path)/kubeconfig" }

  /// What the server answers, by path.
  private static func documents(_ units: Int) -> [String: String] {
    var documents: [String: String] = [:]
    let namespace = #"{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"bench","uid":"u"}}"#
    documents["/api/v1/namespaces/kube-system"] = namespace.replacing("bench", with: "kube-system")
    documents["/api/v1/namespaces"] =
      #"{"kind":"NamespaceList","apiVersion":"v1","metadata":{},"items":[\#(namespace)]}"#
    func add(_ group: String, _ version: String, _ plural: String, _ kind: String, _ items: String)
    {
      let list =
        #"{"kind":"\#(kind)List","apiVersion":"\#(version)","metadata":{},"items":[\#(items)]}"#
      for place in ["", "/namespaces/bench"] { documents["\(group)\(place)/\(plural)"] = list }
    }
    for kind in Kind.all {
      let objects = (0..<units).map { kind.object($0) }
      for (number, object) in objects.enumerated() {
        documents["\(kind.group)/namespaces/bench/\(kind.plural)/app-\(number)"] = object
      }
      add(kind.group, kind.version, kind.plural, kind.kind, objects.joined(separator: ","))
    }
    for (group, version, plural, kind) in [
      ("/apis/apps/v1", "apps/v1", "statefulsets", "StatefulSet"),
      ("/apis/apps/v1", "apps/v1", "daemonsets", "DaemonSet"),
      ("/apis/batch/v1", "batch/v1", "cronjobs", "CronJob"),
      ("/apis/batch/v1", "batch/v1", "jobs", "Job"),
      ("/apis/policy/v1", "policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"),
      ("/apis/networking.k8s.io/v1", "networking.k8s.io/v1", "ingresses", "Ingress"),
    ] {
      add(group, version, plural, kind, "")
    }
    return documents
  }
}

/// A kind of which every unit has one object.
private struct Kind {
  var group: String
  var version: String
  var kind: String
  var plural: String
  /// What stands beside the metadata; `NAME` is the object's name.
  var rest: String

  static let all = [
    Kind(
      group: "/apis/apps/v1", version: "apps/v1", kind: "Deployment", plural: "deployments",
      rest: """
        "spec":{"replicas":1,"selector":{"matchLabels":{"app":"NAME"}},"template":{"metadata":\
        {"labels":{"app":"NAME"}},"spec":{"serviceAccountName":"NAME","containers":[{"name":"c",\
        "image":"registry.example/c:1","envFrom":[{"configMapRef":{"name":"NAME"}}]}]}}},\
        "status":{"replicas":1,"readyReplicas":1,"availableReplicas":1,"updatedReplicas":1}
        """),
    Kind(
      group: "/api/v1", version: "v1", kind: "Service", plural: "services",
      rest: #""spec":{"selector":{"app":"NAME"},"ports":[{"port":80}]}"#),
    Kind(
      group: "/api/v1", version: "v1", kind: "ConfigMap", plural: "configmaps",
      rest: #""data":{"a":"b"}"#),
    Kind(
      group: "/api/v1", version: "v1", kind: "ServiceAccount", plural: "serviceaccounts",
      rest: #""secrets":[]"#),
    Kind(
      group: "/apis/autoscaling/v2", version: "autoscaling/v2", kind: "HorizontalPodAutoscaler",
      plural: "horizontalpodautoscalers",
      rest: """
        "spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"NAME"},\
        "maxReplicas":3}
        """),
  ]

  func object(_ number: Int) -> String {
    let name = "app-\(number)"
    return "{\"apiVersion\":\"\(version)\",\"kind\":\"\(kind)\",\"metadata\":{\"name\":\"\(name)\","
      + "\"namespace\":\"bench\",\"uid\":\"\(plural)-\(number)\",\"resourceVersion\":\"1\","
      + "\"labels\":{\"app\":\"\(name)\"}},\(rest.replacing("NAME", with: name))}"
  }
}
