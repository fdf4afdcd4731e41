/// The commands, each as its tool's makers write it: those of cub, of Argo CD and of Flux in the
/// scripts that the plugins of ConfigHub for them write (cub argo, cub kubara, cub flux), and the address
/// of the releases as `cub cluster` finds it.
struct DeliveryCommands {
  let state: WizardState
  let identity: HubIdentity
  /// Where the worker and its target are.
  let home: String
  /// What units are in.
  let spaces: [String]
  let worker: String
  private let target: String
  /// For objects of Kubernetes, which know no capital letters.
  let name: String
  /// What each Space has of this session, in one order: that in which they were done is another one in
  /// each run.
  private let units: [String: [String]]

  init(_ state: WizardState, _ identity: HubIdentity, isReleased: Bool) {
    self.state = state
    self.identity = identity
    home = state.appSpace
    spaces = state.releasedSpaces
    // One that has delivered otherwise is not the one that releases are pulled as.
    let isOther =
      !isReleased && !identity.deliversReleasesOnly && !identity.appliesUnits
      && !state.session.stepsSkipped.contains(.targets)
    worker = isOther ? "\(home)-puller" : state.localWorkerSlug
    target = isReleased ? state.session.targetSlug ?? "" : "\(worker)-releases"
    name = Naming.slug(Naming.slug(home).prefix(40))
    let created = state.session.operations.filter { $0.kind == .createUnit && $0.state == .done }
    units = Dictionary(grouping: created, by: \.space).mapValues { $0.map(\.slug).sorted() }
  }

  // MARK: Applied by a worker

  var applying: [DeliveryStep] {
    var steps: [DeliveryStep] = []
    let isSkipped = state.session.stepsSkipped.contains(.targets)
    if isSkipped || (state.session.workerMode == .local && !state.keepsWorker) {
      steps.append(
        DeliveryStep(
          words: "Run worker \(worker), which applies the units, for as long as they are applied",
          commands: [["cub", "worker", "run", "--space", home, worker]]))
    }
    if isSkipped {
      steps.append(
        DeliveryStep(
          words: "Bind the units to the target that the worker has registered: it is in the list",
          commands: [
            ["cub", "target", "list", "--space", home], ["target=NAME_FROM_THE_LIST"],
          ]
            + spaces.map { space in
              let target = space == home ? #""$target""# : #""\#(home)/$target""#
              return loop(
                ["cub", "unit", "set-target", #""$unit""#, target, "--space", space], in: space)
            }))
    }
    return steps
      + spaces.map { space in
        DeliveryStep(
          words: "Have the worker apply the units of \(space)",
          commands: [
            loop(["cub", "unit", "apply", "--space", space, "--wait", #""$unit""#], in: space)
          ])
      }
  }

  // MARK: Released

  /// What makes a release of units that have none.
  var releasing: [DeliveryStep] {
    let isBare = identity.deliversReleasesOnly
    let create =
      isBare
      ? ["cub", "target", "create", target, "--space", home, "--allow-exists"] + permissions
      : [
        "cub", "target", "create", target, "'{}'", worker, "--space", home, "--provider OCI",
        "--toolchain Any", "--allow-exists",
      ]
    return [
      DeliveryStep(
        words: "Make worker \(worker), as which releases are pulled, and target \(target)",
        commands: [
          [
            "cub", "worker", "create", "--space", home, worker, "--is-server-worker",
            "--allow-exists",
          ]
        ] + (isBare ? [userOfWorker] : []) + [create])
    ]
      + spaces.map { space in
        let named = target.contains("/") ? target : "\(home)/\(target)"
        return DeliveryStep(
          words: "Bind the units to it, and publish a release of \(space)",
          commands: [
            loop(
              [
                "cub", "unit", "set-target", #""$unit""#, space == home ? target : named, "--space",
                space,
              ], in: space),
            ["cub", "space", "update", space, "--patch", "--release-target", named],
            ["cub", "release", "publish", space],
          ])
      }
  }

  /// The target that the App Space had may be closed to the worker.
  var lettingIn: [DeliveryStep] {
    guard identity.deliversReleasesOnly, let found = state.matchingTarget,
      let known = state.workers?.first(where: { $0.slug == worker }), !found.letsIn(known)
    else { return [] }
    let parts = found.slug.split(separator: "/").map(String.init)
    return [
      DeliveryStep(
        words: "Let worker \(worker) pull from target \(found.slug), which \(home) had already",
        commands: [
          userOfWorker,
          [
            "cub", "target", "update", parts.last ?? found.slug, "--space",
            parts.count == 2 ? parts[0] : home, "--patch",
          ] + permissions,
        ])
    ]
  }

  // MARK: Parts

  /// Long names stand in variables, so that no line has to hold them with all that is around them.
  var settings: [String] {
    assignment("space", home) + assignment("worker", worker) + assignment("host", host)
  }

  /// Of one Space the command itself, with its name in `space`; of more a loop over them. What makes
  /// objects of Kubernetes of them names each like its Space.
  func forEachSpace(_ command: [String], isPiped: Bool = false) -> [String] {
    guard spaces != [home] else { return command }
    let isPlain = spaces.allSatisfy { Naming.slug($0) == $0 }
    let naming = isPlain ? "name=$space;" : "name=$(echo $space | tr A-Z_. a-z--);"
    return ["for space in"] + spaces.dropLast() + ["\(spaces.last ?? "");", "do \(naming)"]
      + command.dropLast() + ["\(command.last ?? "");"] + (isPiped ? ["echo ---;"] : []) + ["done"]
  }

  /// The name of what is made for a Space.
  var objectName: String { spaces == [home] ? name : "$name" }

  private func assignment(_ variable: String, _ value: String) -> [String] {
    var (parts, rest) = ([String](), value[...])
    while !rest.isEmpty || parts.isEmpty {
      let part = quoted(String(rest.prefix(50)))
      parts.append(variable + (parts.isEmpty ? "=" : "=${\(variable)}") + part)
      rest = rest.dropFirst(50)
    }
    return parts
  }

  /// The server's name with `oci.` before it. On this machine it is a port of its own, without TLS.
  private var host: String {
    isLocal ? "localhost:9092" : "oci.\(serverName)"
  }

  private var isLocal: Bool {
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].contains(serverName)
  }

  /// A server of one's own may serve its releases elsewhere.
  var hint: String {
    if isLocal { return "; set host to the name by which the cluster reaches this machine" }
    let isUsual = serverName.hasSuffix("confighub.com")
    return isUsual ? "" : "; if releases are served elsewhere, set host to that"
  }

  var isPlain: Bool { identity.server?.hasPrefix("http://") == true }

  /// Without scheme, port and path.
  private var serverName: String {
    let server = identity.server ?? "hub.confighub.com"
    let start = server.firstRange(of: "://")?.upperBound ?? server.startIndex
    let authority = server[start...].prefix { $0 != "/" }
    if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } + "]" }
    return String(authority.prefix { $0 != ":" })
  }

  var kubectl: [String] { ["kubectl", context] }
  var apply: [String] { ["| kubectl \(context)", "apply -f -"] }
  private var context: String { quoted("--context=\(state.session.cluster.context)") }

  let workerField = ["cub worker get", #"--space "$space""#, #""$worker""#]

  private var userOfWorker: [String] {
    [
      "user=$(cub worker get", "--space", home, worker, "-o jq=.BridgeWorker.UserID",
      #"| tr -d '"\n')"#,
    ]
  }

  private let permissions = [
    #"--permission "View:$user""#, #"--permission "ViewChildren:$user""#,
  ]

  private func loop(_ command: [String], in space: String) -> [String] {
    let units = units[space] ?? []
    return ["for unit in"] + units.dropLast() + ["\(units.last ?? "");"]
      + ["do \(command[0])"] + command.dropFirst().dropLast() + ["\(command.last ?? "");", "done"]
  }

  func quoted(_ text: String) -> String { CommandLineText.quoted(text) }
}
