import Testing
import Wizard

@Suite("Taking an import back")
struct RemovalTests {
  private static let ours = ["payment-team/app0", "payment-team/app1", "payment-team/app2"]

  /// A run that was asked to take its finished import back, and asks.
  private func asked(_ change: (inout SimulatedWorld) -> Void = { _ in }) -> (
    run: WizardRun, world: SimulatedWorld
  ) {
    var (run, world) = Place.complete.arrive()
    change(&world)
    run.send(.undoImport)
    run.settle(in: &world)
    return (run, world)
  }

  @Test("What was created is removed once it is confirmed, each unit once, and it says what stays")
  func whole() throws {
    var (run, world) = asked()
    #expect(run.state.removal?.phase == .asking)
    #expect(run.state.removal?.count(.removable) == world.units.count)
    #expect(world.removals == [:])
    let keys = world.units.keys.sorted()
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.units == [:])
    #expect(world.removals == Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
    let session = try #require(run.durable)
    #expect(session.isUndone && session.unitsCreated == [])
    #expect(session.besidesUnits.first?.hasPrefix("App Space ") == true)
    #expect(run.state.removal?.phase == .over)
    #expect(run.state.removal?.findings.allSatisfy { $0.fate == .removed } == true)
  }

  @Test("Nothing is removed of what somebody changed, replaced or made, before or meanwhile")
  func changed() throws {
    var (run, world) = asked { world in
      let keys = world.units.keys.sorted()
      world.units[keys[0]]?.digest = "changed"
      world.units["\(keys[0])-other"] = .init(digest: "somebody's", id: "foreign")
    }
    let keys = run.state.session.operations.filter { $0.kind == .createUnit }.map(\.key.text)
      .sorted()
    run.send(.confirm)
    // Between the look and the removal.
    world.units[keys[1]]?.digest = "changed, too"
    run.settle(in: &world)
    #expect(world.removals == [keys[2]: 1])
    #expect(Set(world.units.keys) == [keys[0], keys[1], "\(keys[0])-other"])
    let fates = run.state.removal?.findings.map(\.sentence) ?? []
    #expect(fates.count { $0.contains("its content was changed since") } == 2, "\(fates)")
    let deletions = run.state.session.operations.filter { $0.kind == .deleteUnit }
    #expect(deletions.map(\.key.text) == [keys[2]])
  }

  /// A run that reads what is there, after one that was gone as soon as it had meant to remove all,
  /// when nothing was done yet.
  private func resumedBeforeRemoval() -> (run: WizardRun, world: SimulatedWorld) {
    var (run, world) = asked()
    run.send(.confirm)
    run.go(in: &world) { $0.kinds.contains(.deleteUnits) }
    run = WizardRun.resumed(in: &world)
    run.send(.undoImport)
    run.go(in: &world) { $0.kinds.contains(.readUnits) }
    return (run, world)
  }

  @Test("A Space that is not found proves no removal: it may only not be shown")
  func hiddenSpace() throws {
    var (run, world) = resumedBeforeRemoval()
    let units = world.units
    run.answer(.readUnits, .units(nil))
    #expect(run.state.problem?.message.contains("is not found: it is gone, or you may not") == true)
    run.settle(in: &world)
    let session = try #require(run.durable)
    #expect(!session.isUndone && session.operations.count { $0.kind == .deleteUnit } == 3)
    #expect(session.operations.allSatisfy { $0.kind != .deleteUnit || $0.state == .intent })
    // Seen again, all are removed.
    run = WizardRun.resumed(in: &world)
    run.settle(in: &world)
    run.send(.undoImport)
    run.settle(in: &world)
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.units.isEmpty && world.removals.count == units.count)
  }

  @Test("A unit that was only not shown when it was taken for removed is removed later")
  func hiddenForATime() throws {
    var (run, world) = resumedBeforeRemoval()
    let units = world.units
    run.answer(.readUnits, .units([:]))
    run.settle(in: &world)
    #expect(run.durable?.isUndone == true && world.units == units)
    run.send(.undoImport)
    run.settle(in: &world)
    #expect(run.state.removal?.count(.removable) == units.count)
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.units.isEmpty && world.removals.values.allSatisfy { $0 == 1 })
    #expect(run.durable?.isUndone == true)
  }

  @Test("Nor does a list after a removal that was refused, where it shows none of the units")
  func hiddenUnits() throws {
    for shown in [0, 1] {
      var (run, world) = asked()
      run.send(.confirm)
      run.go(in: &world) { $0.kinds.contains(.deleteUnits) }
      run.answer(.deleteUnits, .changed(.refused("permission denied")))
      run.go(in: &world) { $0.kinds.contains(.readUnits) }
      let keys = world.units.keys.sorted().prefix(shown)
      let left = keys.map { key in
        (String(key.split(separator: "/")[1]), ListedUnit(version: nil))
      }
      run.answer(.readUnits, .units(Dictionary(left) { $1 }))
      let removed = run.state.removal?.count(.removed)
      // Where others are shown, those that are not were removed.
      #expect(removed == (shown == 0 ? 0 : 2))
      let failed = run.state.removal?.findings.count(where: \.isFailed)
      #expect(failed == (shown == 0 ? 3 : 1))
      guard shown == 0 else { continue }
      // Nor does the next look, which shows none of them either.
      run.settle(in: &world)
      run.send(.undoImport)
      run.go(in: &world) { $0.kinds.contains(.readUnits) }
      run.answer(.readUnits, .units([:]))
      #expect(run.state.removal?.findings.allSatisfy(\.isFailed) == true)
    }
  }

  @Test("Back, esc and a dry run leave all as it was")
  func declined() {
    for event in [Event.goBack, .cancel] {
      var (run, world) = asked()
      let session = run.durable
      run.send(event)
      run.settle(in: &world)
      #expect(run.state.removal == nil && run.state.step == .complete)
      #expect(run.durable?.operations == session?.operations && world.removals == [:])
    }
    var (_, world) = Place.complete.arrive()
    let (before, id) = (world, world.latest ?? "")
    let run = WizardRun.unattended(Answers(dryRun: true), .undo(sessionID: id), in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(run.state.removal?.count(.removable) == before.units.count)
    #expect(world.units == before.units && world.sessions == before.sessions)
    #expect(world.saves == before.saves && world.removals == [:])
  }

  @Test("After it nothing is chosen any more; another import begins with the same choices")
  func undone() {
    var (run, world) = asked()
    run.send(.confirm)
    run.settle(in: &world)
    for event in [
      Event.goBack, .cancel, .skip, .undo, .setAppSpace("other"), .chooseWorker(.skip), .confirm,
    ] {
      let session = run.state.session
      run.send(event)
      guard run.state.reply?.kind == .refused else {
        Issue.record("\(event) is not refused: \(run.state.reply?.sentence ?? "nothing")")
        continue
      }
      #expect(run.state.session == session && run.pending.isEmpty)
    }
    let (id, scope) = (run.state.session.id, run.state.session.scope)
    // This run has started a worker on this machine, which would go on for nobody.
    run.send(.importAgain)
    #expect(run.state.reply?.ways == [Way(.leave, "ends both")])
    run = WizardRun.resumed(in: &world, Answers(bulk: 7))
    run.settle(in: &world)
    run.send(.importAgain)
    run.answer(.open, in: &world)
    run.settle(in: &world)
    #expect(world.archived == [id])
    #expect(run.state.removal == nil && run.state.step == .scan)
    #expect(run.state.session.id != id)
    #expect(run.state.session.scope.context == scope.context)
    #expect(run.state.session.scope.namespaces == scope.namespaces)
    #expect(run.state.answers.run.bulk == 7)
    #expect(world.units == [:])
  }

  @Test("An import that begins again has the choices of the one that was taken back")
  func againWithTheSameChoices() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(
      Answers(
        hub: "production", layout: .component, unitContents: .resource, replicas: .unit,
        unclaimed: .units, workerMode: .skip))
    run.send(.begin(.automatic))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    run.send(.undoImport)
    run.settle(in: &world)
    run.send(.confirm)
    run.settle(in: &world)
    let proposal = try #require(run.state.session.proposal)
    run = WizardRun.resumed(in: &world)
    run.settle(in: &world)
    run.send(.importAgain)
    run.answer(.open, in: &world)
    let answers = run.state.answers
    #expect((answers.hub, answers.appSpace) == (proposal.hub, proposal.appSpace))
    #expect((answers.layout, answers.unitContents) == (.component, .resource))
    #expect((answers.replicas, answers.unclaimed) == (.unit, .units))
  }

  @Test("Resumed, an undone session is shown as one, and nothing of it is made anew or removed")
  func resumed() {
    var (run, world) = asked { world in
      world.units[world.units.keys.sorted()[0]]?.digest = "changed"
    }
    run.send(.confirm)
    run.settle(in: &world)
    let units = world.units
    var again = WizardRun.resumed(in: &world)
    again.settle(in: &world)
    #expect(again.state.removal?.phase == .over)
    #expect(again.state.removal?.count(.removed) == 2)
    #expect(again.state.removal?.findings.count == 3)
    again.send(.retry)
    again.settle(in: &world)
    #expect(again.state.removal?.phase == .over)
    #expect(again.state.removal?.count(.removed) == 2)
    #expect(again.state.removal?.findings.count == 3)
    let unattended = WizardRun.unattended(Answers(), .resume(sessionID: nil), in: &world)
    #expect(unattended.left?.exit == .failed)
    #expect(unattended.left?.reason?.contains("import again with --new") == true)
    #expect(world.units == units && world.removals.values.allSatisfy { $0 == 1 })
    // What is asked for by nobody begins a new one beside it.
    let next = WizardRun.unattended(
      Answers(namespaces: ["order-prod"], dryRun: false), in: &world)
    #expect(next.state.session.id != run.state.session.id)
  }

  @Test("Where nobody is signed in it is asked for, and the removal goes on after it")
  func signedOut() {
    var (run, world) = asked()
    run.send(.confirm)
    run.answer(.readUnits, in: &world)
    run.saveAll(in: &world)
    run.answer(.deleteUnits, in: &world, as: .signInNeeded)
    run.settle(in: &world)
    guard case .signedOut = run.state.signIn else {
      Issue.record("\(String(describing: run.state.signIn))")
      return
    }
    run.send(.signIn)
    run.settle(in: &world)
    #expect(world.units == [:] && world.removals.values.allSatisfy { $0 == 1 })
    #expect(run.state.removal?.phase == .over && run.state.session.isUndone)
  }

  @Test("esc stops after the call that is under way; what is left can be removed later")
  func stopped() {
    var (run, world) = Place.complete.arrive(workloads: 3)
    run = WizardRun.resumed(in: &world, Answers(bulk: 1))
    run.settle(in: &world)
    run.send(.undoImport)
    run.settle(in: &world)
    run.send(.confirm)
    run.answer(.readUnits, in: &world)
    run.saveAll(in: &world)
    run.send(.cancel)
    run.settle(in: &world)
    #expect(run.state.removal?.phase == .over)
    #expect(world.units.count == 2)
    run.send(.retry)
    run.settle(in: &world)
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.units == [:] && world.removals.values.allSatisfy { $0 == 1 })
  }

  // MARK: Killed

  @Test("Killed at any point, done or not, and begun again: each unit is removed exactly once")
  func killed() throws {
    let whole = Killed()
    try #require(whole.complaints == [])
    try #require(whole.points > 12, "\(whole.points)")
    for point in 1...whole.points {
      for isDone in [false, true] {
        for isResumed in [false, true] {
          let run = Killed(at: point, isDone: isDone, isResumed: isResumed)
          #expect(
            run.complaints == [], "at \(point) of \(whole.points), \(isDone ? "" : "not ")done")
        }
      }
    }
  }

  @Test("Whatever ConfigHub says of it, the list tells: undone again, each is removed exactly once")
  func answers() {
    for fate in Fate.ofChanges {
      #expect(Killed(striking: fate).complaints == [], "\(fate)")
    }
  }

  @Test("Before it is known what became of a removal, nothing goes on, and nothing is made anew")
  func unknown() {
    var (run, world) = asked()
    run.send(.confirm)
    run.answer(.readUnits, in: &world)
    run.saveAll(in: &world)
    // Done, and the process dies of it.
    run.answer(.deleteUnits, in: &world)
    #expect(world.units == [:])
    var again = WizardRun.resumed(in: &world)
    again.answer(.readSignIn, in: &world)
    again.saveAll(in: &world)
    again.answer(.readUnits, in: &world, as: .broken(.other))
    again.settle(in: &world)
    #expect(again.state.problem != nil)
    for event in [Event.goBack, .cancel, .goOn, .skip] {
      again.send(event)
      again.settle(in: &world)
      #expect(again.state.removal?.phase == .looking, "\(event)")
    }
    again.send(.retry)
    again.settle(in: &world)
    #expect(again.state.removal?.phase == .over && again.state.session.isUndone)
    #expect(world.units == [:] && world.removals.values.allSatisfy { $0 == 1 })
  }

  @Test("Killed before anything was removed and resumed: the import is as it was")
  func notBegun() {
    var (run, world) = asked()
    let before = run.durable
    run.send(.confirm)
    run.answer(.readUnits, in: &world)
    run.saveAll(in: &world)
    let killed = world
    let unattended = WizardRun.unattended(Answers(), .resume(sessionID: nil), in: &world)
    #expect(unattended.left == .init(.done), "\(unattended.left?.reason ?? "")")
    world = killed
    var again = WizardRun.resumed(in: &world)
    again.settle(in: &world)
    #expect(again.state.removal == nil && again.state.step == .complete)
    #expect(again.state.reply?.sentence.contains("all of them are still in ConfigHub") == true)
    #expect(again.durable?.report != nil && again.durable?.report == before?.report)
    #expect(world.units.count == 3 && world.removals == [:])
  }

  @Test("It tells: of one that is not begun again")
  func control() {
    #expect(Killed(at: 5, isDone: false, isBegunAgain: false).complaints != [])
  }
}

/// An undo without a terminal, in a world with somebody else's unit, that dies and is begun again.
private struct Killed {
  private(set) var complaints: [String] = []
  /// Effects of the undo that was not killed.
  private(set) var points = 0
  private var world: SimulatedWorld
  private let keys: Set<String>
  /// What becomes of the first removal.
  private var fate: Fate?

  /// - Parameters:
  ///   - isDone: what is asked for when it dies is done all the same.
  ///   - isResumed: the session is resumed by the wizard before it is undone again.
  init(
    at point: Int? = nil, isDone: Bool = false, isResumed: Bool = false, isBegunAgain: Bool = true,
    striking fate: Fate? = nil
  ) {
    self.fate = fate
    world = Place.complete.arrive(workloads: 5).world
    keys = Set(world.units.keys)
    world.units["\(keys.sorted()[0])-other"] = .init(digest: "somebody's", id: "foreign")
    let id = world.latest ?? ""
    var end = start(.undo(sessionID: id), dyingAt: point, isDone: isDone)
    if isResumed, end == nil { _ = start(.resume(sessionID: id)) }
    if end?.exit != .done, isBegunAgain { end = start(.undo(sessionID: id)) }
    if end?.exit != .done { complaints.append("it ends \(String(describing: end))") }
    check(world.sessions[id])
  }

  private mutating func check(_ session: Session?) {
    if Set(world.units.keys).intersection(keys) != [] { complaints.append("units are left") }
    if world.units.count != 1 { complaints.append("somebody else's unit is gone") }
    for key in keys where world.removals[key] != 1 {
      complaints.append("\(key) was removed \(world.removals[key] ?? 0) times")
    }
    if world.removedInVain != [] { complaints.append("in vain: \(world.removedInVain)") }
    let operations = session?.operations.rows.flatMap { $0 } ?? []
    for operation in operations where keys.contains(operation.key.text) {
      let wanted: Operation.State = operation.kind == .deleteUnit ? .done : .skipped
      if operation.state != wanted {
        complaints.append("\(operation.kind.rawValue) \(operation.key) is \(operation.state)")
      }
    }
    let removals = operations.filter { $0.kind == .deleteUnit }.map(\.key.text)
    if Set(removals) != keys || removals.count != keys.count {
      complaints.append("recorded are \(removals)")
    }
  }

  /// Answers with how it left; `nil` if it died.
  private mutating func start(
    _ start: Start, dyingAt point: Int? = nil, isDone: Bool = false
  ) -> WizardState.Leaving? {
    var answers = Answers(bulk: 2)
    answers.run.isUnattended = true
    var run = WizardRun(answers)
    var count = 0
    run.send(.begin(start))
    while true {
      if let left = run.left {
        if point == nil { points = max(points, count) }
        return left
      }
      if let effect = run.pending.first(where: { $0.work.sort != .leaving }) ?? run.pending.first {
        count += 1
        if count == point {
          if isDone { _ = world.outcome(of: effect.work, as: .done, at: run.clock) }
          return nil
        }
        let isStruck = effect.work.sort == .deleteUnits
        run.answer(effect, in: &world, as: isStruck ? fate ?? .done : .done)
        if isStruck { fate = nil }
        continue
      }
      switch Autopilot.answer(run.state) {
      case .event(let event): run.send(event)
      case .stop(let leaving): run.send(.leaveNow(leaving))
      case .wait:
        complaints.append("it waits for ever")
        return nil
      }
    }
  }
}
