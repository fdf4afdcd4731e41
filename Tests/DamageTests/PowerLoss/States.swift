import TestWorld
import Testing

/// All that there can be on the disk after a power loss at any point of what a program did.
struct States {
  let points: Int
  /// With what was shown as saved by then.
  let all: [(tree: Tree, acknowledged: Replay.Acknowledged)]
  /// Of a scenario that has more of them no more are tried, unless all are asked for.
  static let limit = 500
  private let blobs: Blobs

  /// Runs the script and looks at what it did; `killed` is what a program did before it, in the
  /// same home directory.
  ///
  /// - Parameter errors: calls that fail, as strace(1) takes them: `linkat:error=EPERM`.
  init(
    _ words: [String], _ fault: Replay.Fault? = nil, after killed: Replay? = nil,
    errors: [String] = []
  ) throws {
    let home = try TemporaryHome(isInMemory: true)
    if let killed { try home.put(killed.disk.now, killed.disk.blobs) }
    let trace = try Trace.script(home, words, inject: errors)
    var replay = killed ?? Replay(home: home.path)
    replay.restart(home: home.path)
    var points = 0
    var states: [Tree: Int] = [:]
    var all: [(tree: Tree, acknowledged: Replay.Acknowledged)] = []
    for call in fault == .nakedRename ? trace.renamingInsteadOfMoving : trace.calls {
      let before = (replay.changes, replay.acknowledged)
      try replay.perform(call, fault)
      guard before != (replay.changes, replay.acknowledged) else { continue }
      points += 1
      replay.disk.afterPowerLoss { tree in
        if let known = states[tree] {
          all[known].acknowledged = replay.acknowledged
        } else {
          states[tree] = all.count
          all.append((tree, replay.acknowledged))
        }
      }
    }
    self.points = points
    self.all = all
    blobs = replay.disk.blobs
    // Otherwise the model has overlooked something.
    #expect(try home.listing() == replay.disk.now.listing(blobs))
  }

  /// What a program has done when it is killed, at every point of the script.
  static func killed(_ words: [String]) throws -> [Replay] {
    let home = try TemporaryHome(isInMemory: true)
    var replay = Replay(home: home.path)
    var killed: [Replay] = []
    for call in try Trace.script(home, words).calls {
      let changes = replay.changes
      try replay.perform(call)
      if replay.changes > changes { killed.append(replay) }
    }
    return killed
  }

  /// How many of the states end in what. With `goingOn`, the program starts again as well and
  /// saves once more. Where `sought` are named, it is over as soon as they were all seen.
  func outcomes(
    goingOn: Bool, until sought: Set<Recovery.Outcome> = []
  ) throws -> [Recovery.Outcome: Int] {
    let all = sought.isEmpty ? Sweep.sample(all, atMost: Self.limit) : all
    return try inParallel([0, 1]) { worker in
      var outcomes: [Recovery.Outcome: Int] = [:]
      for index in stride(from: worker, to: all.count, by: 2) {
        let (tree, acknowledged) = all[index]
        let recovery = try Recovery(tree, blobs, acknowledged: acknowledged)
        var outcome = recovery.look()
        if goingOn, outcome == .recovered { outcome = recovery.goOn() }
        outcomes[outcome, default: 0] += 1
        if !sought.isEmpty, sought.isSubset(of: outcomes.keys) { break }
      }
      return outcomes
    }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
  }
}
