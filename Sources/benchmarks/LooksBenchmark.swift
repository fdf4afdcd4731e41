import FoundationEssentials
import Glibc
import Subprocess
import Wizard

/// What it costs to look at ten sessions of 50,000 workloads and at three that are archived: half of
/// them complete, the latest with its units half created.
struct LooksBenchmark {
  private static let (sessions, archived, workloads) = (10, 3, 50_000)
  private static let mostMemory = 60.0

  private let scratch: Scratch
  private let program: String

  init() throws {
    scratch = try Scratch()
    program = try builtProgram("map-import")
    let all = Self.archived + Self.sessions
    for number in 0..<all {
      let isLatest = number == all - 1
      let isComplete = !isLatest && number % 2 == 0
      var session = try OpenSession(
        home: scratch.path, workloads: Self.workloads,
        done: isComplete ? Self.workloads : Self.workloads / 2,
        at: Position(isComplete ? .complete : .connect))
      // The generations that a session has in the end.
      for number in 0..<12 { try session.save { $0.workerSlug = "dev-\(number)" } }
      if number < Self.archived {
        let now = Timestamp(seconds: Int64(time(nil)))
        try session.store.archive(session.lock.id, at: now, holding: session.lock)
      }
      session.lock.release()
    }
  }

  func compare() throws -> [Comparison] {
    var frames: [Double] = []
    var prompts: [Double] = []
    var peak = 0
    for _ in 0..<10 {
      let run = try TerminalRun([program], scratch)
      frames.append(try run.time(to: "help") * 1000)
      prompts.append(try run.time(to: "RESUME SESSION?") * 1000)
      peak = max(peak, run.peak)
    }
    let what = "\(Self.sessions) + \(Self.archived) archived sessions of 50,000"
    return [
      Comparison(
        name: "first frame, \(what)", figure: frames.sorted()[5], baseline: "", limit: .most(30)),
      Comparison(
        name: "resume prompt, \(what)", figure: prompts.sorted()[5], baseline: "",
        limit: .most(100)),
      memory("at the resume prompt", peak),
    ]
      + (try look(["--status"], "--status", .most(15)))
      + (try look(["sessions", "list"], "sessions list", .most(100)))
      + (try look(["sessions", "stats"], "sessions stats", .most(100)))
      + (try withoutPointer { try look(["--status"], "--status, no pointer", .most(100)) })
  }

  private func look(
    _ arguments: [String], _ name: String, _ limit: Comparison.Limit
  ) throws -> [Comparison] {
    let environment = ["HOME": scratch.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let figure = try median(of: 20) {
      let completion = try run(Command(program, arguments, environment: environment))
      guard completion.succeeded else { throw BenchmarkFailure("\(completion.errorText)") }
    }
    let process = try MeasuredProcess(
      [program] + arguments, environment: environment.map { "\($0.key)=\($0.value)" })
    return [
      Comparison(name: name, figure: figure, baseline: "", limit: limit),
      memory(name, process.peak),
    ]
  }

  private func memory(_ name: String, _ peak: Int) -> Comparison {
    Comparison(
      name: "memory, \(name)", figure: Double(peak) / 1e6, unit: .megabytes, baseline: "",
      limit: .most(Self.mostMemory))
  }

  /// As after a loss of the one thing that is only a hint.
  private func withoutPointer(_ body: () throws -> [Comparison]) throws -> [Comparison] {
    try FileManager.default.removeItem(
      atPath: "\(scratch.path)/.confighub/sessions/import-latest.json")
    return try body()
  }
}
