import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("What a local worker says", .waiting)
struct WorkerOutputTests {
  private static let local = ["--yes", "--worker-mode", "local"]

  @Test("is kept without secrets, while the wizard runs and after the worker was let go on")
  func kept() throws {
    let world = try CanaryWorld(generation: "c", worker: nil)
    let more = world.sandbox.directory + "/say-more"
    try world.plant(
      "cub", where: "*'worker run'*",
      script: """
        \(world.printing)
        ( while [ ! -e '\(more)' ]; do sleep 0.1; done
          \(world.printing)
          echo and more ) &
        """)
    let result = try world.run(Self.local + ["--keep-worker"] + Import.scope)
    #expect(result.status == 0 && world.hasFired(), "\(result.stderr)")
    let words = result.stderr.split(separator: "goes on running as process ")
    let id = try #require(words.last.flatMap { Int32($0.prefix(while: \.isNumber)) })
    defer { world.world.end(id) }
    #expect(world.workerLog().contains("[redacted]"))
    let loggers = world.processes("--write-worker-log")
    #expect(loggers.count == 1 && kill(id, 0) == 0)

    // With nobody left who started it, it is still heard.
    try world.sandbox.write("", to: "say-more")
    #expect(eventually { world.workerLog().hasSuffix("and more\n") }, "\(world.workerLog())")
    #expect(world.hasFired() && kill(id, 0) == 0)

    let terminal = try world.world.start(["--resume"])
    try terminal.waitFor("Complete")
    terminal.send("w")
    try terminal.waitFor("[redacted]")
    terminal.send(.ctrl("c"))
    _ = try terminal.waitForExit()
    world.add(terminal)

    world.world.end(id)
    #expect(eventually { world.processes("--write-worker-log").isEmpty }, "the logger goes on")
    world.check("a worker that goes on")
  }

  @Test("ends with the wizard, however that ends", arguments: [SIGKILL, SIGTERM])
  func gone(signal: Int32) throws {
    let world = try CanaryWorld(generation: "c", worker: nil)
    try world.plant("cub", where: "*'worker run'*", script: world.printing)
    let run = try world.sandbox.start(
      Sandbox.product("map-import"), Self.local + Import.scope,
      environment: world.world.environment.merging(["STAND_IN_READY_AFTER": "1000000"]) { $1 })
    #expect(eventually { world.workerLog().contains("[redacted]") })
    #expect(world.processes("--write-worker-log").count == 1)
    #expect(!world.processes("worker").isEmpty)
    run.signal(signal)
    _ = try run.waitForExit()
    #expect(eventually { world.processes("worker").isEmpty })
    world.check("a wizard that is ended")
  }

  @Test("cannot be kept: the worker goes on, the import is made, and that is said")
  func unwritable() throws {
    let world = try CanaryWorld(generation: "c", worker: nil)
    try world.plant("cub", where: "*'worker run'*", script: world.printing)
    try world.sandbox.write("", to: "home/.confighub/logs")
    chmod(world.sandbox.home + "/.confighub", 0o700)
    let result = try world.run(Self.local + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("Not everything that worker payment-team-worker says is kept:"))
    world.check("a log that cannot be written")
  }
}
