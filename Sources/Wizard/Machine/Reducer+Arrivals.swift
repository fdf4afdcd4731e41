/// Sessions of elsewhere, which ConfigHub keeps: looked for when the run begins, if that was said for
/// the organisation that was signed in to last.
extension Reducer {
  mutating func lookForArrivals() {
    let sync = state.answers.run.sync
    guard state.start == .automatic, !state.answers.run.isUnattended,
      sync.isOn(in: sync.lastOrganization) == true
    else { return }
    begin(.listArrivals(space: sync.space(in: sync.lastOrganization)))
  }

  var isLookingForArrivals: Bool {
    isRunning { if case .sync(.listArrivals) = $0 { true } else { false } }
  }

  /// Whatever became of it: nothing more is waited for.
  mutating func arrivalsListed(_ arrivals: [Arrival]) {
    state.arrivals = arrivals
    if !arrivals.isEmpty { begin(.listContexts) }
    guard state.stage == .starting, state.isWaitingForArrivals else { return }
    state.isWaitingForArrivals = false
    if arrivals.isEmpty { open(.new(replacing: nil, deleting: false)) } else { showArrivals(true) }
  }

  mutating func showArrivals(_ isShown: Bool) {
    if !isShown, state.placing != nil { return state.placing = nil }
    guard state.arrivals?.isEmpty == false else {
      return refuse("ConfigHub keeps no other session of yours, as far as is known.")
    }
    if !isShown, state.stage == .starting {
      refuse(
        "This has to be answered.", Way(.goOn, "takes the session"), Way(.beginNew, "begins anew"))
    } else {
      state.isChoosingArrival = isShown
    }
  }

  /// - Parameter context: which of this machine leads to its cluster; asked, if it is not known.
  mutating func takeArrival(_ slug: String, _ context: String?) {
    guard let arrival = state.arrival(slug) else {
      return refuse("There is no such session in ConfigHub.")
    }
    if state.stage == .working {
      guard arrival.lineage != state.session.lineage else {
        return refuse("This session is the one that is open.")
      }
      guard mayLeaveSession() else { return }
    }
    guard let contexts = state.contextsToTakeIn else {
      begin(.listContexts)
      return refuse("Wait until the kubeconfig was read, and ask once more.")
    }
    let named = context ?? state.answers.context ?? arrival.cluster
    // What kubectl would start to sign in is shown before it is started.
    guard let choice = contexts.first(where: { $0.name == named }),
      context != nil || choice.credentialPlugin == nil
    else {
      state.placing = slug
      return
    }
    state.placing = nil
    state.isTakingArrival = true
    begin(.fetch(arrival, context: choice.name))
  }

  mutating func arrivalFetched(_ id: String) {
    state.isTakingArrival = false
    state.isChoosingArrival = false
    if state.stage == .working { return switchSession(to: id) }
    state.start = .resume(sessionID: id)
    open(.resume(sessionID: id))
  }
}

extension WizardState {
  /// A row for each context that may lead to the cluster of the session that is taken.
  public var contextsToPlace: [ContextChoice]? { placing == nil ? nil : contextsToTakeIn }

  fileprivate var contextsToTakeIn: [ContextChoice]? {
    stage == .working ? contexts : contextsOfArrivals
  }

  /// A session that ConfigHub keeps: of this user, or of anybody.
  public func arrival(_ slug: String) -> Arrival? {
    arrivals?.first { $0.slug == slug }
      ?? team?.first { $0.slug == slug }.flatMap { Arrival($0) }
  }
}
