import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// Processes that change one session as fast as they can, and are killed at any moment.
struct LockContention {
  let home: TemporaryHome
  let id: String
  private let journal: String

  init() throws {
    home = try TemporaryHome(isInMemory: true)
    journal = "\(home.base)/journal"
    let start = try ChildProgram(
      Sandbox.product("SessionFighter"), ["run", home.path, "begin", "save", "release"],
      environment: [:])
    let result = try start.waitForExit()
    guard result.ending == .exited(0) else { throw ContentionFailure(result.stderr) }
    let names = try FileManager.default.contentsOfDirectory(atPath: home.sessions)
    let file = names.first { $0.hasSuffix(".json") && $0 != "import-latest.json" }
    id = String(try #require(file).dropLast(5))
  }

  /// Until so many were killed, and each of them has saved something. Answers how many were killed.
  func run(_ names: [String], kills: Int) throws -> Int {
    var workers: [String: ChildProgram] = [:]
    for name in names { workers[name] = try worker(name) }
    var killed = 0
    let end = ContinuousClock.now + patience
    // On a busy machine it takes a while until each of them had its turn.
    while try killed < kills
      || (ContinuousClock.now < end && counts(lines()).count < names.count)
    {
      usleep(useconds_t.random(in: 50_000...250_000))
      guard let name = names.randomElement(), let worker = workers[name] else { continue }
      try kill(worker)
      killed += 1
      workers[name] = try self.worker(name)
    }
    for worker in workers.values { try kill(worker) }
    return killed + workers.count
  }

  private func worker(_ name: String) throws -> ChildProgram {
    let worker = try ChildProgram(
      Sandbox.product("SessionFighter"), ["fight", home.path, id, journal, name], environment: [:])
    try worker.waitForOutput("\n")
    return worker
  }

  private func kill(_ worker: ChildProgram) throws {
    let number = worker.standardOutput.prefix { $0.isNumber }
    guard let process = pid_t(number) else { throw ContentionFailure("no process number") }
    _ = Glibc.kill(process, SIGKILL)
    _ = try worker.waitForExit()
  }

  // MARK: What they did

  struct Line {
    var name: String
    var process: String
    var what: String
    var numbers: [Int]
  }

  func lines() throws -> [Line] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: journal)), as: UTF8.self)
    return text.split(separator: "\n").map { line in
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      return Line(
        name: words[0], process: words[1], what: words[2],
        numbers: words.dropFirst(3).flatMap { $0.split(separator: " ").compactMap { Int($0) } })
    }
  }

  /// What is wrong with the journal, as sentences.
  func complaints(_ lines: [Line]) -> [String] {
    var complaints: [String] = []
    var holder: Line?
    var gone: Set<String> = []
    var generation = 0
    var counts: [String: Int] = [:]
    for line in lines {
      if gone.contains(line.process) {
        complaints.append("\(line.process) wrote after \(holder?.process ?? "") had the lock")
      }
      switch line.what {
      case "held":
        // Whoever had it must have been killed, and so never says anything again.
        if let holder, holder.process != line.process { gone.insert(holder.process) }
        holder = line
      case "left": holder = nil
      case "saved":
        if holder?.process != line.process { complaints.append("\(line) saved without the lock") }
        if line.numbers[0] <= generation { complaints.append("\(line) is not a later generation") }
        if line.numbers[1] <= counts[line.name] ?? 0 { complaints.append("\(line) lost an update") }
        (generation, counts[line.name]) = (line.numbers[0], line.numbers[1])
      default: complaints.append("\(line)")
      }
    }
    return complaints
  }

  /// The last change of each that was acknowledged.
  func counts(_ lines: [Line]) -> [String: Int] {
    lines.filter { $0.what == "saved" }.reduce(into: [:]) { $0[$1.name] = $1.numbers[1] }
  }
}

struct ContentionFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
