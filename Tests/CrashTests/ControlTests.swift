import TestWorld
import Testing

/// A test that finds nothing proves something only if it would have found it: the same attempts
/// on a save that truncates the file and writes it in its place.
extension CrashTests {
  @Test("Killing a bad save is found out")
  func killedControl() throws {
    let state = try StartingState(.saved)
    let calls = try DriverRun.calls(from: state, isControl: true)
    let points = try kill(state, before: calls, isControl: true)
    Summary.add("control: kill a save in place (must be bad)", points)
    #expect(points.filter { !$0.fired }.isEmpty)
    #expect(!points.bad.isEmpty)
  }

  @Test("Errors in a bad save are found out")
  func failingControl() throws {
    let state = try StartingState(.saved)
    let faults = Sweep.sample(
      Fault.all(of: try DriverRun.calls(from: state, isControl: true)), every: 3)
    let points = try failEverywhere(state, faults, isControl: true)
    Summary.add("control: errors in a save in place (must be bad)", points)
    #expect(points.filter { !$0.fired }.isEmpty)
    #expect(!points.bad.isEmpty)
  }
}
