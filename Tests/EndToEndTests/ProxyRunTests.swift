import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("The way to the cluster goes with the run")
struct ProxyRunTests {
  /// The directories for sockets of a run with this sandbox.
  private func directories(_ world: Import) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(world.sandbox.directory)/tmp").filter {
      $0.hasPrefix("map-import.")
    }
  }

  /// The kubectls that run for it.
  private func proxies(_ world: Import) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter {
      let words = try? Data(contentsOf: URL(filePath: "/proc/\($0)/cmdline"))
      return words.map { String(decoding: $0, as: UTF8.self) }?
        .contains("--unix-socket=\(world.sandbox.directory)/") == true
    }
  }

  private func environment(_ world: Import) -> [String: String] {
    world.environment.merging(["XDG_RUNTIME_DIR": "\(world.sandbox.directory)/tmp"]) { $1 }
  }

  private func log(_ world: Import) throws -> String {
    let logs = "\(world.sandbox.home)/.confighub/logs"
    return try FileManager.default.contentsOfDirectory(atPath: logs).map {
      try String(contentsOfFile: "\(logs)/\($0)", encoding: .utf8)
    }.joined()
  }

  @Test("After a run nothing of it is left, and it was one kubectl that read", arguments: [0, 1])
  func ordinary(way: Int) throws {
    let world = try Import(kubectl: way == 0 ? .standIn : .real)
    let result = try world.run(["--yes"] + Import.scope, environment: environment(world))
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.units() == units)
    #expect(try directories(world).isEmpty)
    #expect(try proxies(world).isEmpty)
    let log = try log(world)
    #expect(log.split(separator: "\n").count { $0.contains(" proxy --unix-socket=") } == 1)
    #expect(!log.contains("get --raw"))
  }

  @Test(
    "Whatever ends a run in the middle, kubectl goes with it",
    arguments: [SIGTERM, SIGHUP, SIGINT, SIGKILL, SIGSEGV])
  func ended(by signal: Int32) throws {
    let hang = Fault(.hang, path: "/apis/apps/v1/")
    let world = try Import(kubectl: .real, faults: [hang])
    let run = try world.sandbox.start(
      Sandbox.product("map-import"), ["--yes"] + Import.scope, environment: environment(world))
    try hang.waitUntilFired()
    #expect(try proxies(world).count == 1)
    run.signal(signal)
    _ = try run.waitForExit()
    #expect(try eventually { try proxies(world).isEmpty })
    guard [SIGKILL, SIGSEGV].contains(signal) else {
      #expect(try directories(world).isEmpty)
      return
    }
    if signal == SIGKILL { #expect(try directories(world).count == 1) }
    hang.release()
    _ = try world.run(["--dry-run", "--new", "-o", "json"], environment: environment(world))
    #expect(try directories(world).isEmpty)
  }

  @Test("A kubectl that has no proxy does the same, and the log says that it has none")
  func without() throws {
    let world = try Import(kubectl: .standIn)
    let environment = environment(world).merging(["STAND_IN_PROXY": "none"]) { $1 }
    let result = try world.run(["--yes"] + Import.scope, environment: environment)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(!result.stderr.contains("proxy"))
    #expect(try world.units() == units)
    let log = try log(world)
    #expect(
      log.split(separator: "\n").count { $0.contains("kubectl proxy does not run for context") }
        == 1)
    #expect(log.contains("get --raw"))
  }
}
