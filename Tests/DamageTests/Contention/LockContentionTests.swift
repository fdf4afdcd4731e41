import Files
import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("Several processes at one session", .serialized, .waiting)
struct LockContentionTests {
  @Test("are never two writers, and lose no update, whoever is killed")
  func run() throws {
    let contention = try LockContention()
    let killed = try contention.run(["a", "b", "c"], kills: Sweep.isFull ? 1000 : 20)
    let lines = try contention.lines()
    #expect(contention.complaints(lines).prefix(5) == [])
    let saved = contention.counts(lines)
    #expect(saved.count == 3)

    let result = try contention.home.store().read(contention.id)
    let operations = try #require(result.found).document.session.operations
    #expect(result.warnings.isEmpty)
    for (name, count) in saved {
      let kept = operations.first { $0.id == name }?.attempt ?? 0
      // The last save before a kill may have been done without having been said.
      #expect(kept == count || kept == count + 1, "\(name): \(kept), said \(count)")
    }
    print("contention: \(saved.values.reduce(0, +)) saves, \(killed) kills, 0 lost")
  }

  @Test("Where files cannot be locked, nothing is written, and a sentence says what to do")
  func noLocks() throws {
    let home = try TemporaryHome(isInMemory: true)
    let worker = try ChildProgram(
      Sandbox.find("strace"),
      [
        "-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK",
        Sandbox.product("SessionFighter"), "run", home.path, "begin", "save",
      ], environment: [:])
    let result = try worker.waitForExit()
    #expect(result.ending != .exited(0))
    #expect(result.stdout == "")
    #expect(
      result.stderr.contains(
        "the file system of ~/.confighub/sessions cannot lock files (flock: No locks available)"))
  }

  @Test("The lock of a process that is killed is free at once, whatever it has left running")
  func heir() throws {
    let contention = try LockContention()
    let file = "\(contention.home.base)/pid"
    let holder = try ChildProgram(
      Sandbox.product("SessionFighter"), ["hold", contention.home.path, contention.id, file],
      environment: ["PATH": "/usr/bin:/bin"])
    try holder.waitForOutput("holding")
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    let heir = try #require(pid_t(text.prefix { $0.isNumber }))
    defer { kill(heir, SIGKILL) }
    let store = try contention.home.store()
    #expect(try store.holder(of: contention.id)?.pid == Int(holder.processID))
    holder.signal(SIGKILL)
    _ = try holder.waitForExit()
    #expect(kill(heir, 0) == 0)
    guard case .acquired = try store.acquire(contention.id, at: .init(seconds: 1_767_969_022))
    else {
      Issue.record("the lock is still held")
      return
    }
  }
}
