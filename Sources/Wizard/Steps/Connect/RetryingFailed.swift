/// What was chosen in the steps after the units were created.
struct ChosenBefore: Hashable, Sendable {
  var worker: String?
  var skipped: [Step]
}

/// What failed, and was gone on without, is tried again from every later step; what was chosen there
/// holds afterwards as it did before.
extension Reducer {
  mutating func retryFailed() {
    let (units, hasUnbound) = (state.unitsToRetry, state.unboundCount > 0)
    guard !units.isEmpty || hasUnbound else { return refuse(Reducer.nothingToRetry) }
    guard state.isChecked else { return refuseUnchecked() }
    guard case .signedIn = state.signIn else {
      return refuse("Sign in to ConfigHub first.", Way(.goOn, "does it here"))
    }
    guard state.changesUnderWay == 0 else {
      return refuse("Wait until what is being written has ended.")
    }
    abandonLooking()
    if !units.isEmpty {
      rememberChoices()
      rewind(to: .connect, .creating)
      retryUnits()
    } else {
      state.failures = [:]
      rewind(to: .targets, .waiting)
      enterTargets()
    }
    save()
  }

  private mutating func rememberChoices() {
    guard state.step > .worker else { return }
    state.chosenBefore = ChosenBefore(
      worker: state.session.workerSlug, skipped: state.session.stepsSkipped)
  }

  /// True if the worker step has the choice that was made in it before.
  mutating func takeUpWorker() -> Bool {
    guard let chosen = state.chosenBefore else { return false }
    if chosen.skipped.contains(.worker) {
      state.chosenBefore = nil
      skip()
      return true
    }
    guard let slug = chosen.worker,
      let worker = state.workers?.first(where: { $0.slug == slug }), state.isUsable(worker)
    else {
      state.chosenBefore = nil
      return false
    }
    connect(slug)
    return true
  }

  /// True if the targets were left out before, and are so again.
  mutating func leavesTargetsOutAgain() -> Bool {
    let chosen = state.chosenBefore
    state.chosenBefore = nil
    guard chosen?.skipped.contains(.targets) == true else { return false }
    TargetsStep.skip(&self)
    return true
  }
}

extension WizardState {
  /// After the units were created: those that are neither in ConfigHub nor left out on purpose.
  public var unitsToRetry: [UnitPlan] {
    guard step > .connect, removal == nil else { return [] }
    // At each change: of very many none is looked at where all are settled.
    let settled = session.createdCount + session.skippedCount
    return settled < session.proposal?.units.count ?? 0 ? openUnits : []
  }

  /// How many units could not be given their target, in the steps after that.
  public var unboundCount: Int {
    guard step > .targets, removal == nil, !session.isUndone,
      !session.stepsSkipped.contains(.targets)
    else { return 0 }
    return session.operations.count(.setTarget, .failed)
  }
}
