import FoundationEssentials
import Glibc

/// The wizard in a terminal of its own: how soon its first frame is there, and what it costs while
/// nobody does anything.
struct StartBenchmark {
  private static let idleSeconds = 20.0

  private let scratch: Scratch
  private let program: String

  init() throws {
    scratch = try Scratch()
    program = try builtProgram("map-import")
  }

  func compare() throws -> [Comparison] {
    var bare: [Double] = []
    var frames: [Double] = []
    for _ in 0..<20 {
      bare.append(try TerminalRun(["/bin/true"], scratch).timeToEnd())
      frames.append(try TerminalRun([program, "--demo"], scratch).time(to: "help"))
    }
    let run = try TerminalRun([program, "--demo"], scratch)
    _ = try run.time(to: "help")
    // What is read at the start is shown by then.
    _ = run.read(for: 2)
    let before = run.processorSeconds
    let written = run.read(for: Self.idleSeconds)
    let used = run.processorSeconds - before
    return [
      Comparison(
        name: "first frame", figure: frames.sorted()[10] * 1000, baseline: "/bin/true",
        baselineFigure: bare.sorted()[10] * 1000, limit: .most(30)),
      Comparison(
        name: "idle", figure: used * 1000, baseline: "0.1 % of \(Int(Self.idleSeconds)) s",
        baselineFigure: Self.idleSeconds, limit: .ratio(1)),
      Comparison(
        name: "idle, written to the screen", figure: Double(written.count), unit: .bytes,
        baseline: "",
        limit: .most(0)),
    ]
  }
}
