import Cluster
import Files
import Glibc
import Hub
import Subprocess
import Synchronization
import Wizard

/// What the run can reach: its environment, the two programs, where its files are, and the clock.
/// To make one touches nothing.
package struct World: Sendable {
  let settings: Settings
  package let environment: [String: String]
  /// What of the two was run so far.
  package let calls = ProgramCalls()
  /// What the cluster is read through.
  package let proxies: KubectlProxies
  let home: String
  private let tools = Tools()

  package init(settings: Settings, environment: [String: String]) throws(Failure) {
    self.settings = settings
    self.environment = environment
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw Failure(
        .other, "HOME is not set to an absolute path, so there is no place for sessions.")
    }
    self.home = home
    proxies = KubectlProxies { [calls] sentence in calls.note(sentence) }
  }

  package func clock() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }

  private func foundTools() throws(Failure) -> Tools.Found {
    try tools.found { () throws(Failure) in
      guard settings.isDemo else {
        return Tools.Found(
          kubectl: program(
            "kubectl", settings.kubectl,
            hint: "Install it (Debian: kubernetes-client) or name it with --kubectl."),
          cub: program(
            "cub", settings.cub, hint: "Install ConfigHub's command line or name it with --cub."),
          environment: environment)
      }
      let demo = Demo(home: home)
      try demo.makeLinks()
      return Tools.Found(
        kubectl: .success(demo.kubectl), cub: .success(demo.cub),
        environment: demo.environment(environment))
    }
  }

  private func program(
    _ name: String, _ given: String?, hint: String
  ) -> Result<String, Failure> {
    if let path = Programs.find(given ?? name, path: environment["PATH"]) { return .success(path) }
    let sentence =
      given.flatMap { Self.problem(ofProgram: $0, environment) } ?? "\(name) is not on PATH."
    return .failure(Failure(.other, "\(sentence) \(hint)"))
  }

  /// Why a program that somebody named cannot be run, as a sentence.
  package static func problem(
    ofProgram name: String, _ environment: [String: String]
  ) -> String? {
    if Programs.find(name, path: environment["PATH"]) != nil { return nil }
    let isThere = access(name, F_OK) == 0 && name.utf8.contains(UInt8(ascii: "/"))
    return isThere
      ? "\(name) is there, but is no file that may be executed."
      : "\(name) is not a program that can be run."
  }

  /// - Parameter waiting: see ``ClusterClient``.
  package func cluster(
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) throws(Failure) -> ClusterClient {
    let found = try foundTools()
    return ClusterClient(
      kubectl: try found.kubectl.get(), kubeconfig: settings.kubeconfig,
      environment: found.environment, timeout: settings.scanTimeout,
      observer: observer(isCub: false), proxies: proxies, waiting: waiting)
  }

  package func hub() throws(Failure) -> HubClient {
    let found = try foundTools()
    return HubClient(
      cub: try found.cub.get(), environment: found.environment, timeout: settings.cubTimeout,
      observer: observer(isCub: true))
  }

  private func observer(isCub: Bool) -> Command.Observer {
    { [calls] command, ending, seconds in
      calls.add(command, isCub: isCub, ending, seconds: seconds)
    }
  }
}

/// The two programs of a run, looked for when the first of them is needed, and once.
private final class Tools: Sendable {
  struct Found {
    let kubectl: Result<String, Failure>
    let cub: Result<String, Failure>
    /// What the two get; the demo's stand-ins find their state in it.
    let environment: [String: String]
  }

  private let kept = Mutex<Found?>(nil)

  func found(_ look: () throws(Failure) -> Found) throws(Failure) -> Found {
    let answer = kept.withLock { kept -> Result<Found, Failure> in
      if let kept { return .success(kept) }
      do throws(Failure) {
        let found = try look()
        kept = found
        return .success(found)
      } catch {
        return .failure(error)
      }
    }
    return try answer.get()
  }
}

/// The built-in sample: a stand-in for kubectl and cub beside the program, with a state of its own.
struct Demo {
  private let state: StateRoot?
  private let root: String

  init(home: String) {
    state = StateRoot(environment: ["HOME": home], isDemo: true)
    root = home + "/.confighub/demo"
  }

  var kubectl: String { "\(root)/bin/kubectl" }
  var cub: String { "\(root)/bin/cub" }

  /// The name it is called by tells the stand-in which program it is.
  func makeLinks() throws(Failure) {
    let own = realpath("/proc/self/exe", nil)
    defer { free(own) }
    let path = own.map { String(cString: $0) } ?? ""
    let standIn =
      path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/map-import-stand-in"
    guard access(standIn, X_OK) == 0 else {
      throw Failure(
        .other,
        "The demo's sample cluster and hub, \(standIn), cannot be run: \(String(cString: strerror(errno))). "
          + "Build it with `swift build`, or install it beside map-import.")
    }
    do throws(StoreError) {
      try explained("The demo's sample cluster and hub have no place") {
        guard let programs = try state?.open(.demoPrograms, .writing) else { return }
        for link in ["kubectl", "cub"] {
          if (try? programs.target(ofLink: link)) == standIn { continue }
          try programs.removeIfThere(link)
          try programs.makeSymbolicLink(link, to: standIn)
        }
      }
    } catch {
      throw Failure(.other, error.sentence)
    }
  }

  func environment(_ own: [String: String]) -> [String: String] {
    var environment = own
    environment["STAND_IN_STATE"] = root + "/hub"
    environment["CUB_CONTEXT"] = nil
    environment["STAND_IN_DELAY_MS"] = own["STAND_IN_DELAY_MS"] ?? "150"
    return environment
  }
}
