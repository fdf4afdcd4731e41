import Testing
import Wizard

@Suite("A session that is kept in ConfigHub")
struct SyncedTests {
  private static let other = Holder(user: "bo@example.com", host: "desk", copy: "0b0b0b0b")

  private func run(
    _ isOn: Bool?, isUnattended: Bool = false, to step: Step, _ phase: Phase? = nil
  ) -> (WizardRun, SimulatedWorld) {
    var answers = Answers(namespaces: ["payment-prod"], isUnattended: isUnattended)
    answers.run.sync.given = isOn
    var world = SimulatedWorld()
    var run = WizardRun(answers)
    run.send(.begin(.new))
    run.go(to: step, phase, in: &world)
    run.settle(in: &world)
    return (run, world)
  }

  @Test("Nothing goes there before somebody has said so")
  func unasked() {
    for isUnattended in [false, true] {
      let (run, _) = run(nil, isUnattended: isUnattended, to: .connect, .confirming)
      #expect(!run.begun.contains(.beginSync))
      #expect(run.state.session.sync == nil)
      #expect(run.state.offersSync == !isUnattended)
    }
    let (off, _) = run(false, to: .connect, .confirming)
    #expect(!off.begun.contains(.beginSync) && !off.state.offersSync)
  }

  @Test("What tells this copy from others is on the disk before anything can go up")
  func begins() {
    let (run, _) = run(true, to: .connect, .confirming)
    #expect(run.durable?.sync?.copy == "0a0a0a0a")
    #expect(run.durable?.sync?.revision == nil)
  }

  @Test("An answer holds for the organisation, and is remembered")
  func answered() {
    var (run, world) = run(nil, to: .connect, .confirming)
    run.send(.setSync(true))
    run.settle(in: &world)
    #expect(run.state.answers.run.sync.remembered["acme-corp"]?.isOn == true)
    #expect(run.begun.contains(.beginSync))
    run.send(.setSync(false))
    #expect(run.state.answers.run.sync.remembered["acme-corp"]?.isOn == false)
    #expect(run.kinds.contains(.endSync))
  }

  @Test("Who has lost the hold changes nothing outside any more, and keeps what was done")
  func lost() {
    var (run, world) = run(true, to: .connect, .confirming)
    run.send(.confirm)
    run.saveAll(in: &world)
    run.answer(.createSpace, in: &world)
    let before = world.changes
    let id = run.state.session.id
    run.send(.sync(id, .lost(.lost(to: Self.other, since: nil), savedAt: run.clock)))
    run.settle(in: &world)
    let underWay = world.changes
    for event: Event in [.goOn, .confirm, .retry, .skip, .undoImport, .goBack] {
      run.send(event)
      run.settle(in: &world)
    }
    #expect(world.changes == underWay)
    #expect(run.state.problem?.message.contains("bo@example.com on desk took it over") == true)
    #expect(run.durable?.operations == run.state.session.operations)
    #expect(before <= underWay)
    #expect(run.state.takeOverQuestion == "It is held by bo@example.com on desk, saved just now.")
  }

  @Test("Taken over again, all is read anew before anything is written")
  func takenOver() {
    var (run, world) = run(true, to: .connect, .confirming)
    let id = run.state.session.id
    run.send(.sync(id, .lost(.lost(to: Self.other, since: nil), savedAt: nil)))
    run.settle(in: &world)
    run.send(.takeOver)
    #expect(run.kinds.contains(.takeOver))
    let changes = world.changes
    run.answer(.takeOver, .reconciled(ReconciledSession(session: run.state.session)))
    #expect(run.state.otherHolder == nil)
    #expect(world.changes == changes)
    run.go(to: .complete, in: &world)
    #expect(run.begun.contains(.recheck))
    #expect(world.created.values.allSatisfy { $0 == 1 })
  }

  @Test("Another state in ConfigHub is compared once nothing is being written, and goes on")
  func moved() {
    var (run, world) = run(true, to: .connect, .confirming)
    run.send(.confirm)
    run.saveAll(in: &world)
    #expect(run.kinds.contains(.createSpace))
    run.send(.sync(run.state.session.id, .moved))
    #expect(!run.kinds.contains(.reconcile))
    run.answer(.createSpace, in: &world)
    run.saveAll(in: &world)
    #expect(run.kinds.contains(.reconcile))
    let changes = world.changes
    run.send(.confirm)
    #expect(world.changes == changes && !run.kinds.contains(.createUnit))
    run.answer(
      .reconcile, .reconciled(ReconciledSession(session: run.state.session, news: "Newer.")))
    #expect(run.state.syncConflict == "Newer.")
    run.go(to: .complete, in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
  }

  @Test(
    "Whose sessions there are is asked only where sessions are kept there, and waits for nothing")
  func team() {
    for isOn in [nil, false] {
      var (run, _) = run(isOn, to: .connect, .confirming)
      run.send(.listTeam)
      #expect(!run.kinds.contains(.listTeam) && !run.state.isListingTeam)
    }
    var (run, world) = run(true, to: .connect, .confirming)
    run.send(.listTeam)
    run.send(.listTeam)
    #expect(run.kinds.count { $0 == .listTeam } == 1)
    run.answer(.listTeam, .failed(Failure(.other, "It is away.")))
    #expect(run.state.teamProblem == "It is away." && run.state.problem == nil)
    run.send(.listTeam)
    run.answer(.listTeam, .team([]))
    #expect(run.state.team == [] && run.state.teamProblem == nil)
    run.go(to: .complete, in: &world)
  }

  private static func session(_ slug: String, _ labels: [String: String]) -> TeamSession {
    TeamSession(
      slug: slug, space: "import-sessions", labels: labels, annotations: [:], createdAt: nil,
      updatedAt: nil)
  }

  @Test("A session of the team is taken over: this one is saved first, and that one opened")
  func takenFromTeam() {
    var (run, world) = run(true, to: .connect, .confirming)
    let slug = "import-2026-01-09-143022-7f2c6f7e"
    run.send(.listTeam)
    run.answer(
      .listTeam,
      .team([
        Self.session(slug, ["Lineage": "other", "Cluster": "kind-atk"]),
        Self.session("mine", ["Lineage": run.state.session.lineage, "Cluster": "kind-atk"]),
        Self.session("odd", [:]),
        Self.session("far", ["Lineage": "far", "Cluster": "elsewhere"]),
      ]))
    for (slug, told) in [("mine", "the one that is open"), ("odd", "no such"), ("none", "no such")]
    {
      run.send(.takeArrival(slug, context: nil))
      #expect(run.state.notice?.contains(told) == true && !run.kinds.contains(.fetch))
    }
    // Which context leads to its cluster is asked, and that can be left.
    run.send(.takeArrival("far", context: nil))
    #expect(run.state.placing == "far" && run.state.contextsToPlace?.isEmpty == false)
    run.send(.showArrivals(false))
    #expect(run.state.placing == nil)
    run.send(.takeArrival(slug, context: nil))
    #expect(run.kinds.contains(.fetch))
    run.answer(.fetch, .arrivalFetched("import-2026-01-09-143022"))
    run.saveAll(in: &world)
    #expect(run.state.stage == .starting && run.kinds.contains(.load))
  }

  @Test("What was logged of a session of the team is read once it is asked for")
  func teamLog() {
    var (run, _) = run(true, to: .connect, .confirming)
    run.send(.listTeam)
    run.answer(.listTeam, .team([Self.session("a", [:])]))
    run.send(.readTeamLog("b"))
    #expect(!run.kinds.contains(.readTeamLog))
    run.send(.readTeamLog("a"))
    run.send(.readTeamLog("a"))
    #expect(run.kinds.count { $0 == .readTeamLog } == 1)
    run.answer(.readTeamLog, .teamLog(nil))
    #expect(run.state.teamLog == nil && run.state.notice?.contains("may see") == true)
    run.send(.readTeamLog("a"))
    run.answer(.readTeamLog, .teamLog("one\n\ntwo\n"))
    #expect(run.state.teamLog?.lines == ["one", "", "two"] && run.state.problem == nil)
  }

  @Test("A resumed session that somebody else drives is only looked at")
  func resumedElsewhere() {
    var (first, world) = run(true, to: .connect, .confirming)
    first.send(.leave)
    first.settle(in: &world)
    var answers = Answers()
    answers.run.sync.given = true
    var run = WizardRun.resumed(in: &world, answers)
    let head = SessionHead(
      revision: 4, dataHash: nil, version: 1,
      hold: Hold(epoch: 2, holder: Self.other, since: nil))
    var check = ResumeCheck(
      cluster: ClusterIdentity(context: "kind-atk", uid: "uid-of-kube-system"),
      signIn: world.hub.map { .signedIn($0) } ?? .signedOut(reason: ""), units: [])
    check.head = head
    let changes = world.changes
    run.answer(.recheck, .resumeChecked(check))
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.changes == changes)
    #expect(run.state.otherHolder != nil)
  }
}
