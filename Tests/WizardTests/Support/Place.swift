import Testing
import Wizard

/// A place that a run can be in, and how it gets there.
enum Place: String, CaseIterable, Sendable {
  case starting, opening, prompt
  case readingKubeconfig, contexts, readingNamespaces, namespaces, scanning
  case review, select
  case askingHub, signingIn, loggingIn, confirming
  case creating, stopped, conflict, unitFailed, spaceRefused
  case readingWorkers, workers, startingWorker, connecting, workerLate
  case waiting, targetLate, binding, bindingFailed
  case verifying, mismatch
  case complete, takingBack, takenBack
  case checking, clusterChanged
  case askedToLeave, leaving, left

  /// A run that has come to this place, in its world.
  func arrive(workloads: Int = 3) -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld(workloads: workloads)
    var run = WizardRun(name: rawValue)
    run.send(.begin(.automatic))
    walk(&run, &world)
    return (run, world)
  }

  private func walk(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    switch self {
    case .starting: break
    case .opening: run.answer(.load, .loaded(nil, warnings: []))
    case .prompt, .checking, .clusterChanged: resume(&run, &world)
    case .readingKubeconfig, .contexts, .readingNamespaces, .namespaces, .scanning:
      scan(&run, &world)
    case .review: run.go(to: .review, in: &world); run.settle(in: &world)
    case .select: run.go(to: .select, in: &world); run.settle(in: &world)
    case .askingHub, .signingIn, .loggingIn, .confirming: connect(&run, &world)
    case .creating, .stopped, .conflict, .unitFailed, .spaceRefused: create(&run, &world)
    case .readingWorkers, .workers, .startingWorker, .connecting, .workerLate:
      work(&run, &world)
    case .waiting, .targetLate, .binding, .bindingFailed: target(&run, &world)
    case .verifying, .mismatch:
      run.go(to: .verify, in: &world)
      run.saveAll(in: &world)
      guard self == .mismatch else { return }
      world.units = world.units.mapValues {
        .init(digest: "other", id: $0.id, target: $0.target)
      }
      run.settle(in: &world)
    case .complete, .takingBack, .takenBack:
      run.go(to: .complete, in: &world)
      run.settle(in: &world)
      if self == .complete { return }
      run.send(.undoImport)
      run.settle(in: &world)
      if self == .takingBack { return }
      run.send(.confirm)
      run.settle(in: &world)
    case .askedToLeave, .leaving, .left: leave(&run, &world)
    }
  }

  private func resume(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    run.go(to: .worker, .connecting, in: &world)
    run.saveAll(in: &world)
    let clock = run.clock
    run = WizardRun(name: rawValue)
    run.clock = clock
    run.send(.begin(.automatic))
    run.answer(.load, in: &world)
    if self == .prompt { return }
    run.send(.resume)
    run.answer(.open, in: &world)
    run.saveAll(in: &world)
    run.readKubeconfig(in: &world)
    guard self == .clusterChanged else { return }
    world.clusterUID = "uid-of-another-cluster"
    run.answer(.recheck, in: &world)
  }

  private func scan(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    run.go(in: &world) { $0.kinds.contains(.listContexts) }
    run.saveAll(in: &world)
    if self == .readingKubeconfig { return }
    run.answer(.listContexts, in: &world)
    if self == .contexts { return }
    run.send(.chooseContext("kind-atk"))
    run.saveAll(in: &world)
    if self == .readingNamespaces { return }
    run.answer(.listNamespaces, in: &world)
    if self == .namespaces { return }
    run.send(.setNamespaces(["order-prod", "payment-prod"], chosen: true))
    run.settle(in: &world)
    run.send(.goOn)
    run.saveAll(in: &world)
  }

  private func connect(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    if self == .signingIn || self == .loggingIn { world.hub = nil }
    run.go(in: &world) { $0.kinds.contains(.readSignIn) && !$0.kinds.contains(.save) }
    if self == .askingHub { return }
    run.settle(in: &world)
    if self == .loggingIn { run.send(.signIn) }
  }

  private func create(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    run.go(to: .select, in: &world)
    if self == .conflict { world.spaces.insert(run.state.appSpace) }
    run.go(in: &world) { $0.state.canConfirm }
    // Somebody is faster.
    if self == .conflict, let unit = run.state.session.proposal?.units.first {
      world.units["\(run.state.appSpace)/\(unit.slug)"] = .init(digest: "other", id: "unit-0")
    }
    run.send(.confirm)
    run.saveAll(in: &world)
    if self == .spaceRefused {
      run.answer(.createSpace, .changed(.refused("You may not create spaces.")))
      return run.settle(in: &world)
    }
    if self == .conflict { return run.settle(in: &world) }
    run.answer(.createSpace, in: &world)
    run.saveAll(in: &world)
    run.answer(.prepareUnit, in: &world)
    run.saveAll(in: &world)
    if self == .creating { return }
    if self == .stopped { run.send(.cancel) }
    if self == .unitFailed { run.answer(.createUnit, .changed(.refused("It is too big."))) }
    run.settle(in: &world)
  }

  private func work(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    run.go(to: .worker, .choosing, in: &world)
    run.saveAll(in: &world)
    if self == .readingWorkers { return }
    run.settle(in: &world)
    if self == .workers { return }
    world.startedListsUntilReady = nil
    run.send(.chooseWorker(.local(slug: "here")))
    run.saveAll(in: &world)
    if self == .startingWorker { return }
    run.answer(.startWorker, in: &world)
    run.saveAll(in: &world)
    if self == .connecting { return }
    run.settle(in: &world)
  }

  private func target(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    if self == .targetLate { world.listsUntilTarget = .max }
    if self == .waiting || self == .targetLate {
      run.go(to: .targets, .waiting, in: &world)
      run.saveAll(in: &world)
      return self == .waiting ? () : run.settle(in: &world)
    }
    run.go(to: .targets, .binding, in: &world)
    run.saveAll(in: &world)
    if self == .binding { return }
    run.answer(.setTargets, .changed(.refused("The target is locked.")))
    run.settle(in: &world)
  }

  private func leave(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    run.go(in: &world) { $0.kinds.contains(.createUnit) && !$0.kinds.contains(.save) }
    run.send(.leave)
    if self == .askedToLeave { return }
    run.send(.leave)
    if self == .leaving { return }
    run.settle(in: &world)
  }
}
