import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// Thirty secrets wherever the wizard reads: all steps, a crash, an export; and then everything
/// that is left is searched for them.
@Suite("Secrets", .waiting)
struct SecretTests {
  private static func canary(_ number: Int) -> String { "canary\(number)x9f3ad07b1e" }

  /// In the environment, under names that programs keep secrets in.
  private static let environment: [String: String] = [
    "CONFIGHUB_WORKER_SECRET": canary(1), "CUB_TOKEN": canary(2),
    "AWS_SECRET_ACCESS_KEY": canary(3),
    "AWS_SESSION_TOKEN": canary(4), "GITHUB_TOKEN": canary(5),
    "DATABASE_URL": "pg://u:\(canary(6))@h",
    "NPM_TOKEN": canary(7), "VAULT_TOKEN": canary(8), "SSH_PASSPHRASE": canary(9),
    "STAND_IN_SECRET": canary(10),
  ]

  /// What cub says when it refuses a unit: as in a proxy's or a server's careless words.
  private static let complaint = """
    Failed: HTTP 400 for req 1: password=\(canary(11)) token: \(canary(12)) \
    https://user:\(canary(13))@proxy/ Authorization: Bearer \(canary(14)) \
    {"ClaimToken": "\(canary(15))", "Secret": "\(canary(16))"} --api-key \(canary(17)) \
    eyJhbGciOi.\(canary(18)).sig cookie=\(canary(19)) client-key-data: \(canary(20))
    """

  /// In objects of the cluster, where the scan reads but keeps nothing of it.
  private static let manifest = (21...25).map { "password=\(canary($0))" }

  @Test("Thirty of them, seven steps, a crash, an export: none is kept, shown or passed on")
  func thirty() throws {
    let world = try SecretWorld(
      environment: Self.environment, complaint: Self.complaint, manifest: Self.manifest,
      tokens: (26...30).map(Self.canary))

    // The seven steps without a terminal, one unit refused in words full of secrets.
    let arguments = ["--yes", "-o", "json", "--report", "\(world.sandbox.home)/report.md"]
    let first = try world.run(arguments + Import.scope)
    #expect(first.status == 1 && first.stderr.contains("order-web"), "\(first.stderr)")

    // On a terminal, killed in the middle, and resumed to the end.
    let killed = try world.start(["--new"])
    try killed.scan()
    try killed.confirm()
    killed.kill()
    _ = try killed.waitForExit()
    let resumed = try world.start(["--resume"])
    try resumed.waitFor("Create")
    resumed.send(.down, .enter)
    try resumed.waitFor("1 unit failed")
    resumed.send(.enter)
    try resumed.deliverAll()
    resumed.send("q")
    _ = try resumed.waitForExit()

    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: world.sandbox.home + "/.confighub/sessions/import-latest.json")
    let id = String(latest.split(separator: "/").last?.dropLast(5) ?? "")
    let exported = try world.run(["sessions", "export", id])
    #expect(exported.status == 0 && !exported.stdout.isEmpty, "\(exported.stderr)")

    let outputs = [
      first.stdout, first.stderr, exported.stdout, exported.stderr,
      String(decoding: killed.transcript, as: UTF8.self),
      String(decoding: resumed.transcript, as: UTF8.self),
    ]
    let argv = try world.argv()
    #expect(argv.contains("unit create") || argv.contains("create"), "the spies saw nothing")
    for number in 1...30 {
      let secret = Self.canary(number)
      #expect(!outputs.contains { $0.contains(secret) }, "secret \(number) was printed")
      #expect(!argv.contains(secret), "secret \(number) is in a command line")
      #expect(try world.sandbox.files(holding: secret) == [], "secret \(number) was written")
    }
    // They were there to be caught: the refusal is kept, with what stands in their place.
    #expect(try world.sandbox.files(holding: "[redacted]").contains { $0.contains("sessions/") })
    #expect(try world.sandbox.files(holding: "canary").isEmpty)
  }
}

extension PseudoTerminal {
  fileprivate func deliverAll() throws {
    try waitFor("Which worker connects")
    try waitFor("Ready")
    send(.enter)
    try waitFor("r reads again")
  }
}

/// A world full of secrets, and spies in the place of the two programs.
private final class SecretWorld {
  let sandbox: Sandbox
  private let server: RecordedAPIServer
  private let environment: [String: String]

  init(
    environment: [String: String], complaint: String, manifest: [String], tokens: [String]
  ) throws {
    sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    self.environment = environment.merging(["STAND_IN_WORKER": "dev"]) { $1 }
    let recording = sandbox.directory + "/recording"
    try FileManager.default.copyItem(atPath: Recording.path("kind-atk"), toPath: recording)
    let file = recording + "/apis_apps_v1_deployments.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let planted = text.replacing(
      "{\"name\":\"LOG_LEVEL\",\"value\":\"info\"}",
      with: "{\"name\":\"LOG_LEVEL\",\"value\":\"\(manifest.joined(separator: " "))\"}")
    try #require(planted != text, "nothing was planted in the manifests")
    try Data(planted.utf8).write(to: URL(filePath: file))
    server = try RecordedAPIServer(recording: recording)

    // The kubeconfig holds secrets, and lies where nobody but kubectl looks.
    var config = Kubeconfig.text(
      contexts: [server.context("kind-atk", user: "admin")], current: "kind-atk")
    config += "# password: \(tokens[0])\n"
    config = config.replacing(
      "contexts:",
      with: "extra-token: \"\(tokens[1])\"\nextra-key-data: \"\(tokens[2])\"\ncontexts:")
    try sandbox.write(config, to: "kube/config")

    try spy("kubectl", Sandbox.find("kubectl"), "")
    try spy(
      "cub", "\(Sandbox.product("map-import-stand-in")) cub",
      """
      case "$*" in
        *"unit create"*order-web*)
          cat >/dev/null
          cat '\(sandbox.directory)/complaint' >&2
          exit 1;;
      esac
      """)
    try sandbox.write(complaint, to: "complaint")
    try sandbox.write("\(tokens[3]) \(tokens[4])", to: "kube/cache")
  }

  /// A program that writes its arguments down and then is the real one.
  private func spy(_ name: String, _ program: String, _ before: String) throws {
    try sandbox.write(
      """
      #!/bin/sh
      PATH=/usr/bin:/bin
      printf '%s\\n' "$*" >> '\(sandbox.directory)/argv.log'
      \(before)
      exec \(program) "$@"

      """, to: "bin/\(name)", mode: 0o700)
  }

  private var variables: [String: String] {
    environment.merging(["KUBECONFIG": sandbox.directory + "/kube/config"]) { $1 }
  }

  func run(_ arguments: [String]) throws -> ProgramResult {
    try sandbox.run(
      Sandbox.product("map-import"), arguments, environment: variables)
  }

  func start(_ arguments: [String]) throws -> PseudoTerminal {
    try sandbox.startOnTerminal(
      Sandbox.product("map-import"), arguments, environment: variables)
  }

  func argv() throws -> String {
    try String(contentsOfFile: sandbox.directory + "/argv.log", encoding: .utf8)
  }
}
