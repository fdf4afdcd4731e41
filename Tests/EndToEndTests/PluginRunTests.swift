import FoundationEssentials
import TestWorld
import Testing

@Suite("A credential plugin, with the programs themselves", .waiting)
struct PluginRunTests {
  /// A kubeconfig whose context `kind-atk` has kubectl start the plugin. The current context is
  /// another one: there are kubectls that ask its server by themselves.
  private func write(_ plugin: String, in world: Import) throws -> String {
    let path = try world.sandbox.writeCredentialPlugin(plugin, token: "admin")
    try Kubeconfig.write(
      to: world.sandbox.kubeconfig,
      contexts: [
        try world.server.context("plain", user: "admin"),
        try world.server.context(
          "kind-atk", credentials: .plugin(path, arguments: ["--region", "x"])),
      ], current: "plain")
    return path
  }

  @Test("It is on the screen before it first runs, and again when it is another one")
  func shown() throws {
    let world = try Import(kubectl: .real)
    _ = try write("sign-in", in: world)
    let terminal = try world.start(["--context", "kind-atk"])
    try terminal.waitFor("runs a program")
    try terminal.waitFor("--region x")
    #expect(world.sandbox.runs(ofCredentialPlugin: "sign-in") == [])
    #expect(try world.server.requests.allSatisfy { $0.path == "/version" })
    terminal.send("r")
    try terminal.waitFor("payment-prod")
    #expect(world.sandbox.runs(ofCredentialPlugin: "sign-in") != [])
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)

    _ = try write("other", in: world)
    let resumed = try world.start(["--resume"])
    try resumed.waitFor("runs a program")
    #expect(world.sandbox.runs(ofCredentialPlugin: "other") == [])
    resumed.send("r")
    try resumed.waitFor("payment-prod")
    resumed.send("q")
    #expect(try resumed.waitForExit().status == 0)
  }

  @Test("Without a terminal it is named on stderr, and the run goes on")
  func unattended() throws {
    let world = try Import(kubectl: .real)
    let plugin = try write("sign-in", in: world)
    let result = try world.run(["--yes", "--context", "kind-atk"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("To sign in, kubectl runs: \(plugin) --region x"))
  }
}
