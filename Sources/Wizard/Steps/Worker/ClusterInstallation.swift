/// A worker inside the cluster: the one thing that is ever applied there, shown before and asked
/// about.
extension Reducer {
  func isInstalled(_ slug: String) -> Bool {
    state.operation(state.installation(of: slug))?.state == .done
  }

  /// Has cub say what would be applied.
  mutating func askToInstall(_ slug: String) {
    guard !isUnderWay(\.startsWorker), state.manifest == nil else { return }
    begin(.exportWorker(slug: slug, space: state.appSpace))
  }

  mutating func confirmInstallation(_ word: String) {
    guard let shown = state.manifest, let slug = state.session.workerSlug else {
      return refuse("There is nothing to confirm here.")
    }
    guard word == "yes" else {
      return refuse(
        "Nothing was applied: only the word yes does that.", Way(.stop, "chooses another worker"))
    }
    state.manifest = nil
    let context = state.session.cluster.context
    // A person has said yes each time.
    _ = intend(state.installation(of: slug), isCapped: false) { $0.detail = context }
    saveThen(
      .installWorker(slug: slug, space: state.appSpace, context: context, shown: shown))
  }

  mutating func workerInstalled(_ slug: String, _ change: HubChange, _ made: Change) {
    var made = made
    if case .exists(let reason) = made { made = .refused(reason) }
    switch settle(change, made) {
    case .done:
      state.waitingSince = state.now
      begin(Pause.poll)
    case .failed(let reason):
      fail(
        Failure(
          .other, "Worker \(slug) could not be installed: \(reason.withoutStop).",
          ways: [.retry]))
    // Applying the same again changes nothing, so a person may simply say yes once more.
    case .unclear(let reason):
      fail(
        Failure(
          .other,
          "Whether worker \(slug) was installed is not known: \(reason.withoutStop).",
          ways: [Way(.retry, "looks again")]))
    case .signedOut: return
    }
    save()
  }
}

extension WizardState {
  fileprivate func installation(of slug: String) -> Operation.Subject {
    .init(.installWorker, .init(space: appSpace, name: slug))
  }

  func workerSubject(_ slug: String) -> Operation.Subject {
    .init(.createWorker, .init(space: appSpace, name: slug))
  }

  /// The server's own worker runs nowhere, so a server that names no condition for it is believed.
  /// Where releases alone deliver, a worker only lets Argo CD or Flux in, and need not run.
  func isUsable(_ worker: Worker) -> Bool {
    worker.isReady || hubDeliversReleasesOnly
      || (session.workerMode == .server && worker.condition == "unknown")
  }

  /// Why a worker of that mode would deliver nothing with the cub at hand, and what to take instead;
  /// `nil` if it would deliver.
  public func deliversNothing(_ mode: WorkerMode) -> String? {
    if mode == .server, hubAppliesUnits {
      return "With \(cubName) there are no server workers and no releases: a worker applies the "
        + "units. Take one that runs here (--worker-mode local) or in the cluster, or none for now "
        + "(skip)."
    }
    return hubDeliversReleasesOnly ? runsFunctionsOnly(mode) : nil
  }

  /// Whether a choice would be refused, as nothing would be delivered by it.
  public func isRefused(_ choice: WorkerChoice) -> Bool {
    choice.mode.flatMap(deliversNothing) != nil
  }

  /// The same of cub 0.5 and 0.6, with which such a worker still has targets, but nothing is applied
  /// there any more.
  func hardlyDelivers(_ mode: WorkerMode) -> String? {
    hubReleases && !hubDeliversReleasesOnly ? runsFunctionsOnly(mode) : nil
  }

  private func runsFunctionsOnly(_ mode: WorkerMode) -> String? {
    guard mode == .local || mode == .cluster else { return nil }
    let place = mode == .local ? "that runs here" : "in the cluster"
    return
      "With \(cubName) a worker \(place) delivers nothing: Argo CD or Flux pull the releases of "
      + "\(appSpace). Take the server worker (--worker-mode server), which lets them in, or none for "
      + "now (skip)."
  }
}

extension WorkerChoice {
  /// `nil` for none.
  var mode: WorkerMode? {
    switch self {
    case .existing: .existing
    case .local: .local
    case .cluster: .cluster
    case .server: .server
    case .skip: nil
    }
  }
}
