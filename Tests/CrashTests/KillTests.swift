import Testing

extension CrashTests {
  @Test(
    "A save that is killed before any of its system calls loses nothing",
    arguments: [
      StartingState.Kind.nothing, .saved, .pointerElsewhere, .backupsFull,
    ])
  func killedSave(_ kind: StartingState.Kind) throws {
    let points = try killEverywhere(StartingState(kind))
    Summary.add("kill \(kind.rawValue)", points)
    points.expectAllGood()
  }

  func killEverywhere(_ state: StartingState, isControl: Bool = false) throws -> [Point] {
    try inParallel(try DriverRun.calls(from: state, isControl: isControl)) { call in
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
