import Cluster
import FoundationEssentials
import Glibc
import Hub
import Subprocess
import Wizard

/// What the run can reach: its environment, the two programs, where its files are, and the clock.
struct World: Sendable {
  let options: Options
  let environment: [String: String]
  /// What the two programs get; the demo's stand-ins find their state in it.
  let childEnvironment: [String: String]
  let kubectl: Result<String, Failure>
  let cub: Result<String, Failure>
  /// What of the two was run so far.
  let calls = ProgramCalls()

  init(options: Options, environment: [String: String]) throws(Failure) {
    self.options = options
    self.environment = environment
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw Failure(
        .other, "HOME is not set to an absolute path, so there is no place for sessions.")
    }
    guard options.isDemo else {
      childEnvironment = environment
      kubectl = World.program(
        "kubectl", options.kubectl, environment,
        hint: "Install it (Debian: kubernetes-client) or name it with --kubectl.")
      cub = World.program(
        "cub", options.cub, environment,
        hint: "Install ConfigHub's command line or name it with --cub.")
      return
    }
    let demo = try Demo(home: home)
    childEnvironment = demo.environment(environment)
    kubectl = .success(demo.kubectl)
    cub = .success(demo.cub)
  }

  func clock() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }

  private static func program(
    _ name: String, _ given: String?, _ environment: [String: String], hint: String
  ) -> Result<String, Failure> {
    if let path = Programs.find(given ?? name, path: environment["PATH"]) { return .success(path) }
    let what = given.map { "\($0) is not a program that can be run." } ?? "\(name) is not on PATH."
    return .failure(Failure(.other, "\(what) \(hint)"))
  }

  /// - Parameter waiting: see ``ClusterClient``.
  func cluster(
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) throws(Failure) -> ClusterClient {
    ClusterClient(
      kubectl: try kubectl.get(), kubeconfig: options.kubeconfig, environment: childEnvironment,
      timeout: options.scanTimeout, observer: observer, waiting: waiting)
  }

  func hub() throws(Failure) -> HubClient {
    HubClient(
      cub: try cub.get(), environment: childEnvironment, timeout: options.cubTimeout,
      observer: observer)
  }

  private var observer: Command.Observer {
    { [calls] command, ending, seconds in calls.add(command, ending, seconds: seconds) }
  }

  /// How this run was called, without what is an answer.
  var ownWords: [String] { ["map-import"] + options.ownWords }
}

/// The built-in sample: a stand-in for kubectl and cub beside the program, with a state of its own.
struct Demo {
  let root: String
  let kubectl: String
  let cub: String

  init(home: String) throws(Failure) {
    root = home + "/.confighub/demo"
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let standIn =
      own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/map-import-stand-in"
    guard access(standIn, X_OK) == 0 else {
      throw Failure(
        .other,
        "The demo's sample cluster and hub, \(standIn), cannot be run: \(String(cString: strerror(errno))). "
          + "Build it with `swift build`, or install it beside map-import.")
    }
    // The name it is called by tells the stand-in which program it is.
    let programs = root + "/bin"
    kubectl = programs + "/kubectl"
    cub = programs + "/cub"
    do {
      try FileManager.default.createDirectory(
        atPath: programs, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      for link in [kubectl, cub] {
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == standIn {
          continue
        }
        _ = unlink(link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: standIn)
      }
    } catch {
      throw Failure(.other, "The demo cannot use \(programs): \(error).")
    }
  }

  func environment(_ own: [String: String]) -> [String: String] {
    var environment = own
    environment["STAND_IN_STATE"] = root + "/hub"
    environment["STAND_IN_WORKER"] = "dev"
    environment["STAND_IN_DELAY_MS"] = own["STAND_IN_DELAY_MS"] ?? "150"
    return environment
  }
}
