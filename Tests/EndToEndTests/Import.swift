import FoundationEssentials
import TestWorld
import Testing

/// A sandbox with kubectl and cub: what a person who runs the wizard has. Both are stand-ins; for
/// what is about kubectl itself it is the real one, with an API server that answers as recorded.
final class Import: Sendable {
  let sandbox: Sandbox
  private let recorded: RecordedAPIServer?
  /// Of cub: D, today's, unless a test is about an older one.
  let generation: String
  /// A worker that every App Space has from the start.
  let worker: String?
  private let closed: ClosedPort?

  /// The two namespaces of the recording `kind-atk`, as flags.
  static let scope = ["-n", "payment-prod", "-n", "order-prod", "--app-space", "payment-team"]

  init(
    generation: String = "d", worker: String? = "dev", kubectl: Sandbox.Tool = .standIn,
    cub: Sandbox.Tool = .standIn,
    faults: [Fault] = [], case name: String? = nil, objects: String? = nil,
    recording: String = "kind-atk"
  ) throws {
    self.generation = generation
    self.worker = worker
    sandbox = try Sandbox(kubectl: kubectl, cub: cub)
    guard case .real = kubectl else {
      (recorded, closed) = (nil, nil)
      return
    }
    let sandbox = sandbox
    let file = try objects.map { try sandbox.write($0, to: "objects.json") }
    let server =
      try (file ?? name.map(Recording.casePath)).map { try RecordedAPIServer(objectsAt: $0) }
      ?? RecordedAPIServer(recording: Recording.path(recording), faults: faults)
    let closed = try ClosedPort()
    try Kubeconfig.write(
      to: sandbox.kubeconfig,
      contexts: [
        server.context("kind-atk", user: "admin"), server.context("viewer", user: "viewer"),
        server.context("nobody", user: "nobody"),
        .init("gone", server: closed.url, credentials: .token("admin")),
      ], current: "kind-atk")
    (recorded, self.closed) = (server, closed)
  }

  /// The API server behind the real kubectl.
  var server: RecordedAPIServer {
    get throws { try #require(recorded, "there is none behind the stand-in kubectl") }
  }

  var environment: [String: String] {
    // The demo's programs answer as late as real ones do, for people.
    [
      "STAND_IN_GENERATION": generation, "STAND_IN_WORKER": worker, "STAND_IN_DELAY_MS": "0",
    ].compactMapValues { $0 }
  }

  /// Runs the wizard to its end, without a terminal.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramResult {
    try sandbox.run(
      Sandbox.product("map-import"), arguments,
      environment: self.environment.merging(environment) { $1 })
  }

  /// The same up to step 5, where the workers cannot be listed.
  ///
  /// - Parameter faults: others, as the stand-in reads them.
  func runToWorker(_ arguments: [String], faults: String...) throws -> ProgramResult {
    let all = faults + [#"{"match":"worker list","kind":"refuse"}"#]
    let file = try sandbox.write(
      "[\(all.joined(separator: ","))]", to: "faults-to-worker.json")
    return try run(["--yes"] + arguments, environment: ["STAND_IN_FAULTS": file])
  }

  func start(_ arguments: [String] = [], environment: [String: String] = [:]) throws
    -> PseudoTerminal
  {
    try sandbox.startOnTerminal(
      Sandbox.product("map-import"), arguments,
      environment: self.environment.merging(environment) { $1 })
  }

  func json(_ result: ProgramResult) throws -> [String: JSON] {
    try JSONDecoder().decode([String: JSON].self, from: Data(result.standardOutputBytes))
  }

  // MARK: What the stand-in saw

  /// How often each thing was created: `unit payment-api` → 1. Calls that failed do not count.
  func creations() throws -> [String: Int] {
    let text = (try? String(contentsOfFile: sandbox.standInState + "/calls.log", encoding: .utf8))
    var counts: [String: Int] = [:]
    for line in (text ?? "").split(separator: "\n") {
      let call = try JSONDecoder().decode(Call.self, from: Data(line.utf8))
      guard call.exit == 0, let (what, name) = call.creation else { continue }
      counts["\(what) \(name)", default: 0] += 1
    }
    return counts
  }

  /// The slugs of the units that exist, from cub itself.
  func units() throws -> [String] {
    let flag = generation == "b" ? ["--json"] : ["-o", "json"]
    let result = try sandbox.run(
      "cub", ["unit", "list", "--space", "payment-team"] + flag, environment: environment)
    let list = try JSONDecoder().decode([JSON].self, from: Data(result.standardOutputBytes))
    return list.compactMap { $0["Unit"]?["Slug"]?.string }.sorted()
  }

  private struct Call: Decodable {
    var argv: [String]
    var exit: Int?

    var creation: (String, String)? {
      guard argv.count > 2, argv[1] == "create" else { return nil }
      var rest = argv.dropFirst(2)
      var words: [String] = []
      while let word = rest.popFirst() {
        if word == "-" { continue }
        if word.hasPrefix("-") {
          // `--flag value` or `--flag=value`; `--allow-exists` and the like stand alone.
          let hasValue = ["--space", "--label", "--change-desc", "-o", "--annotation"].contains(
            word)
          if hasValue { rest = rest.dropFirst() }
        } else {
          words.append(word)
        }
      }
      return words.first.map { (argv[0], $0) }
    }
  }
}

/// The twelve workloads of the recording, each a unit of its own.
let units = [
  "debug-shell", "order-api", "order-cart", "order-search", "order-web", "payment-agent",
  "payment-api", "payment-db", "payment-fraud", "payment-gateway", "payment-ledger",
  "payment-worker",
]
