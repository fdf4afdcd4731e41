import Testing

@testable import Wizard

@Suite("Flags that ask for something else than the session that is resumed")
struct ContraryAnswerTests {
  /// A session at that place, as it was left, with its world made healthy again.
  private func left(_ place: Place) throws -> (session: Session, world: SimulatedWorld) {
    var (run, world) = place.arrive()
    run.settle(in: &world)
    run.send(.leave)
    run.settle(in: &world)
    world.hub = world.nextHub
    world.startedListsUntilReady = 0
    for key in world.workers.keys { world.workers[key]?.listsUntilReady = 0 }
    return (try #require(run.durable), world)
  }

  private static let others: [(Answers, String)] = [
    (Answers(namespaces: ["order-prod"]), "-n order-prod"), (Answers(allNamespaces: true), "-A"),
    (Answers(namespaces: ["order-prod", "payment-prod"], selector: "app=a"), "-l app=a"),
    (Answers(kinds: [.job]), "--kind Job"),
    (Answers(appSpace: "other-team"), "--app-space other-team"),
    (Answers(hub: "other-hub"), "--hub other-hub"),
    (Answers(layout: .component), "--layout component"),
    (Answers(unitContents: .resource), "--units resource"),
    (
      Answers(
        plan: Plan(
          proposal: Proposal(hub: "h", appSpace: "other", units: []), file: "p.json", lines: [:])),
      "--plan p.json"
    ),
  ]

  @Test("What comes too late is refused, and nothing is written", arguments: others, [true, false])
  func tooLate(other: (Answers, String), isResume: Bool) throws {
    for place in [Place.unitFailed, .complete] where isResume || place != .complete {
      let (session, before) = try left(place)
      var world = before
      let (changes, saves) = (world.changes, world.saves)
      let run = WizardRun.unattended(
        other.0, isResume ? .resume(sessionID: nil) : .automatic, in: &world)
      #expect(run.left?.exit == .wrongUsage)
      let reason = run.left?.reason ?? ""
      for word in [session.id, "payment-prod", other.1, "--new", "--resume \(session.id)"] {
        #expect(reason.contains(word), "\(word) in \(reason)")
      }
      #expect(world.changes == changes && world.saves == saves)
      #expect(world.sessions[session.id]?.operations == session.operations)
    }
  }

  @Test("Whoever names namespaces says all of what is read, and is told what goes on")
  func wholeScope() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(Answers(allNamespaces: true, selector: "app=a", kinds: [.job]))
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.durable != nil }
    let id = try #require(run.durable).id
    #expect(run.state.session.scope.restriction == "-l app=a --kind Job")
    // Without a flag it goes on as it was to be.
    let same = WizardRun.unattended(Answers(), .resume(sessionID: nil), in: &world)
    #expect(same.state.session.scope.selector == "app=a")
    let words = try #require(same.state.goingOn)
    #expect(words.contains("of what -l app=a --kind Job asks for"), "\(words)")
    world.sessions[id] = run.durable
    let all = WizardRun.unattended(Answers(allNamespaces: true), in: &world)
    #expect(all.state.session.id == id)
    #expect(all.state.session.scope.restriction == nil)
    let told = try #require(all.state.goingOn)
    #expect(told.hasPrefix("Going on with session \(id) in step 1, scan; --new"), "\(told)")
  }

  @Test("A selector that the server does not take can be taken away, and the sentence says how")
  func badSelector() {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(Answers(allNamespaces: true, selector: "a b c"))
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.contains(.scan) }
    run.answer(.scan, .failed(Failure(.other, "unable to parse requirement.")))
    #expect(
      run.state.problem?.message
        == "unable to parse requirement. What was asked for has -l 'a b c'; "
        + "`map-import --resume -l ''` asks for all.")
    run.settle(in: &world)
    let again = WizardRun.unattended(
      Answers(selector: ""), .resume(sessionID: nil), in: &world)
    #expect(again.state.session.scope.selector == "" && again.left?.exit == .done)
  }

  @Test("Nor is another cluster taken by a session that has written")
  func otherCluster() throws {
    let (session, before) = try left(.unitFailed)
    var world = before
    let changes = world.changes
    let other = Answers(context: "prod-east", namespaces: ["order-prod"])
    let run = WizardRun.unattended(other, .resume(sessionID: nil), in: &world)
    #expect(run.left?.exit == .wrongUsage)
    #expect(run.left?.reason?.contains("--context prod-east") == true)
    // Without --resume it is not the session that is meant.
    let begun = WizardRun.unattended(other, in: &world)
    #expect(begun.left?.exit == .done && begun.state.session.id != session.id)
    #expect(world.sessions[session.id]?.operations == session.operations)
    // A context that is not there is not passed over.
    let unknown = WizardRun.unattended(
      Answers(context: "nope"), .resume(sessionID: nil), in: &world)
    #expect(unknown.left?.exit == .failed && unknown.left?.reason?.contains("nope") == true)
    #expect(world.changes > changes)
  }

  @Test(
    "The same answers once more are no others", arguments: [Place.select, .unitFailed, .workers])
  func same(place: Place) throws {
    let (session, before) = try left(place)
    var world = before
    let again = Answers(
      context: "kind-atk", namespaces: ["payment-prod", "order-prod"],
      appSpace: session.proposal?.appSpace, hub: session.proposal?.hub, layout: .appSpace,
      unitContents: .app,
      plan: session.proposal.map { Plan(proposal: $0, file: "p", lines: [:]) })
    for start in [Start.automatic, .resume(sessionID: nil)] {
      let run = WizardRun.unattended(again, start, in: &world)
      #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
      if start == .automatic { #expect(run.state.session.id == session.id) }
    }
  }

  @Test(
    "Where nothing was written they win, and another scope is scanned anew",
    arguments: [Place.review, .select, .confirming, .signingIn, .spaceRefused])
  func inTime(place: Place) throws {
    for (answers, space) in [
      (Answers(namespaces: ["order-prod"]), nil),
      (Answers(namespaces: ["order-prod"], appSpace: "other-team"), "other-team"),
      (Answers(context: "prod-east", namespaces: ["order-prod"], appSpace: "east"), "east"),
    ] {
      let (session, before) = try left(place)
      var world = before
      let run = WizardRun.unattended(answers, .resume(sessionID: nil), in: &world)
      #expect(run.left == .init(.done))
      let now = run.state.session
      #expect(now.id == session.id && now.isComplete)
      #expect(now.cluster.context == answers.context ?? "kind-atk")
      #expect(now.scope.namespaces == ["order-prod"])
      #expect(Array(world.units.keys) == ["\(space ?? run.state.appSpace)/order"])
    }
  }

  @Test(
    "Another layout divides the units anew, and step 3 shows them",
    arguments: [Place.select, .confirming, .signingIn, .spaceRefused])
  func layout(place: Place) throws {
    let before = try left(place)
    var world = before.world
    let unit = try #require(before.session.proposal?.units.first)
    world.sessions[before.session.id]?.undo = [.slug(unit: unit.id, from: "a", to: unit.slug)]
    let run = WizardRun.resumed(in: &world, Answers(layout: .component, unitContents: .resource))
    #expect(run.state.step == .select)
    let proposal = try #require(run.state.session.proposal)
    #expect(proposal.layout == .component && proposal.unitContents == .resource)
    #expect(proposal.units.allSatisfy { $0.space != nil } && !proposal.units.isEmpty)
    #expect(proposal.appSpace == before.session.proposal?.appSpace)
    #expect(!run.state.session.undo.contains { $0.step == .select })
  }

  @Test("A plan of the same division is no other one, whatever was renamed for a conflict")
  func samePlan() throws {
    let key = WorkloadKey(kind: .deployment, namespace: "a-prod", name: "a")
    let plan = Proposal(
      hub: "h", appSpace: "s", layout: .component,
      units: [UnitPlan(id: key, slug: "a", space: "a-prod", labels: [:], members: [])])
    var session = Session(id: "i", lineage: "l", createdAt: Timestamp(seconds: 0))
    var answers = Answers(plan: Plan(proposal: plan, file: "p", lines: [:]))
    func isContrary(_ change: (inout Proposal) -> Void) -> Bool {
      var proposal = plan
      change(&proposal)
      session.proposal = proposal
      return !answers.contrary(to: session, isSameCluster: true).isEmpty
    }
    #expect(!isContrary { _ in })
    #expect(isContrary { $0.layout = .appSpace })
    #expect(isContrary { $0.unitContents = .resource })
    #expect(isContrary { $0.units[0].space = "other" })
    answers.onConflict = .rename
    #expect(!isContrary { ($0.units[0].space, $0.units[0].slug) = ("a-prod", "a-2") })
    #expect(isContrary { $0.layout = .appSpace })
  }

  @Test("Another context without a scope leaves the session as it was")
  func noScope() throws {
    let (session, before) = try left(.select)
    var world = before
    let run = WizardRun.unattended(
      Answers(context: "prod-east"), .resume(sessionID: nil), in: &world)
    #expect(run.left?.exit == .wrongUsage)
    #expect(world.sessions[session.id]?.scan == session.scan)
    #expect(world.sessions[session.id]?.position == session.position)
  }

  @Test("The current context is no answer: a session of another one is resumed as it is")
  func currentContext() throws {
    var world = try left(.unitFailed).world
    world.currentContext = "prod-east"
    let run = WizardRun.unattended(Answers(), .resume(sessionID: nil), in: &world)
    #expect(run.left?.exit == .done && run.state.session.cluster.context == "kind-atk")
  }

  @Test("Another worker is taken until something is bound to the one before")
  func worker() throws {
    for place in [Place.connecting] {
      var world = try left(place).world
      let run = WizardRun.unattended(
        Answers(workerMode: .skip), .resume(sessionID: nil), in: &world)
      #expect(run.left?.exit == .done, "\(place): \(run.left?.reason ?? "")")
      #expect(run.state.session.stepsSkipped.contains(.worker), "\(place)")
    }
    let (session, before) = try left(.complete)
    var world = before
    for (answers, flag) in [
      (Answers(workerMode: .skip), "--worker-mode skip"),
      (Answers(worker: "there"), "--worker there"),
    ] {
      let run = WizardRun.unattended(answers, .resume(sessionID: nil), in: &world)
      #expect(run.left?.exit == .wrongUsage && run.left?.reason?.contains(flag) == true)
      #expect(world.sessions[session.id]?.workerMode == session.workerMode)
    }
  }

  @Test("A person is told what is not taken, and the session goes on as it is")
  func person() throws {
    let (session, before) = try left(.unitFailed)
    var world = before
    var run = WizardRun.resumed(
      in: &world, Answers(context: "prod-east", namespaces: ["order-prod"], appSpace: "other-team"))
    run.answer(.identify, in: &world)
    let notice = run.state.notice ?? ""
    for flag in ["--context prod-east", "-n order-prod", "--app-space other-team", "--new"] {
      #expect(notice.contains(flag), "\(flag) in \(notice)")
    }
    #expect(run.state.warnings.contains(notice))
    run.settle(in: &world)
    #expect(run.state.session.scope == session.scope)
    #expect(run.state.session.cluster == session.cluster)
    #expect(run.state.session.proposal == session.proposal)
  }
}
