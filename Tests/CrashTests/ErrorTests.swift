import TestWorld
import Testing

/// A system call that fails instead of doing anything.
struct Fault: Sendable, CustomStringConvertible {
  let call: Call
  let error: String
  /// The call, and every later one of its name.
  let isLasting: Bool

  static let errors = [
    "ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES", "EMFILE", "EINTR", "EOPNOTSUPP",
  ]

  /// Calls that are about no file, or that carry what the driver says.
  private static let spared: Set = [
    "brk", "exit_group", "futex", "geteuid", "getpid", "gettid", "madvise", "mmap", "mprotect",
    "munmap", "uname", "writev",
  ]

  /// Every call fails once, and the first of every name for ever, with every error.
  static func all(of calls: [Call]) -> [Fault] {
    let calls = calls.filter { !spared.contains($0.name) }
    let first = Dictionary(calls.map { ($0.name, $0) }) { earlier, _ in earlier }
    let lasting = first.values.sorted { $0.name < $1.name }
    return calls.flatMap { call in
      errors.map { Fault(call: call, error: $0, isLasting: false) }
    }
      + lasting.flatMap { call in
        errors.map { Fault(call: call, error: $0, isLasting: true) }
      }
  }

  var description: String {
    "\(call) fails with \(error)" + (isLasting ? " from then on" : "")
  }

  var options: [String] {
    let when = "\(call.occurrence)" + (isLasting ? "+" : "")
    return [
      "-e", "trace=\(call.name)", "-e", "inject=\(call.name):error=\(error):when=\(when)",
    ]
  }

  /// What a save depends on and must not pass over in silence. It is made again if a signal
  /// interrupted it, except for fsync(2), and does without links where there are none.
  var mustBeTold: Bool {
    switch call.name {
    case "fsync": true
    case "write", "renameat": error != "EINTR" || isLasting
    case "linkat", "symlinkat": error != "EINTR" && error != "EOPNOTSUPP"
    default: false
    }
  }
}

extension CrashTests {
  @Test(
    "A save whose system calls fail is never acknowledged for nothing, and the next one works",
    arguments: [StartingState.Kind.nothing, .everything])
  func failingSave(_ kind: StartingState.Kind) throws {
    let state = try StartingState(kind)
    let faults = Sweep.sample(Fault.all(of: try DriverRun.calls(from: state)), every: 15)
    let points = try failEverywhere(state, faults)
    Summary.add("errors in \(kind.rawValue)", points)
    points.expectAllGood()
  }

  func failEverywhere(
    _ state: StartingState, _ faults: [Fault], isControl: Bool = false
  ) throws -> [Point] {
    try inParallel(faults) { fault in
      let run = try DriverRun(state, fault.options, isControl: isControl)
      return Point(
        what: "\(fault)", fired: run.trace.contains("(INJECTED)"),
        complaints: complaints(about: run, fault)
          + Inspection(state: state, run: run).complaints())
    }
  }

  private func complaints(about run: DriverRun, _ fault: Fault) -> [String] {
    var complaints: [String] = []
    switch run.ending {
    case .exited(0): break
    case .exited(1):
      if !fault.isLasting { complaints.append("trying once more did not help: \(run.lines)") }
      if !run.has("FAILED") { complaints.append("it failed without a word") }
    default: complaints.append("\(run.ending)")
    }
    if fault.mustBeTold, !run.has("FAILED"), !run.has("WARNED") {
      complaints.append("nothing was said: \(run.lines)")
    }
    return complaints
  }
}
