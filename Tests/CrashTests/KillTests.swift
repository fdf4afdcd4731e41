import TestWorld
import Testing

extension CrashTests {
  @Test(
    "A save that is killed before any of its system calls loses nothing",
    arguments: [
      StartingState.Kind.nothing, .saved, .pointerElsewhere, .backupsFull,
    ])
  func killedSave(_ kind: StartingState.Kind) throws {
    let state = try StartingState(kind)
    // Each kind begins with another call: most are the same in all of them.
    let first = Sweep.isFull ? 0 : StartingState.Kind.allCases.firstIndex(of: kind) ?? 0
    let calls = Sweep.sample(try DriverRun.calls(from: state).dropFirst(first), every: 4)
    let points = try kill(state, before: calls)
    Summary.add("kill \(kind.rawValue)", points)
    points.expectAllGood()
  }

  func kill(
    _ state: StartingState, before calls: [Call], isControl: Bool = false
  ) throws -> [Point] {
    try inParallel(calls) { call in
      let run = try DriverRun(
        state,
        [
          "-e", "trace=\(call.name)", "-e",
          "inject=\(call.name):signal=SIGKILL:when=\(call.occurrence)",
        ], isControl: isControl)
      return Point(
        what: "killed before \(call)",
        fired: run.wasKilled && run.trace.contains("+++ killed by SIGKILL +++"),
        complaints: Inspection(state: state, run: run).complaints())
    }
  }
}
