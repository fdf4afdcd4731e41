import Wizard

extension WizardState {
  /// What the cluster put off, when it is asked again, and why.
  var waitWords: String? {
    let waits = clusterWaits.filter { !$0.wait.isForPerson }
    guard let next = waits.first else { return nil }
    let others = waits.count > 1 ? ", and \(waits.count - 1) more" : ""
    return "Again in \(next.until.seconds(since: now)) s, try \(next.wait.attempt) of "
      + "\(next.wait.attempts): \(next.wait.what)\(others); \(next.wait.why)"
  }

  /// What the status line names: the oldest work that is not mere waiting or saving.
  var shownRunning: Running? {
    running.sorted { $0.key < $1.key }.map(\.value).first { $0.work.isShown }
  }

  /// Whether something runs. A save counts, because the next step may wait for it.
  var isBusy: Bool { running.values.contains { !$0.work.isWaiting } }
}

// What the screens tell apart of the work that runs.
extension Work {
  var isScan: Bool { if case .cluster(.scan) = self { true } else { false } }
  var isVerification: Bool { if case .read(.verify) = self { true } else { false } }
  var isOpening: Bool { if case .session(.open) = self { true } else { false } }
  private var isSave: Bool { if case .session(.save) = self { true } else { false } }

  /// It only waits, gives something up, or reads what nobody waits for.
  fileprivate var isWaiting: Bool {
    if isGlance { return true }
    if case .pause = self { return true }
    if case .cancel = self { return true }
    return false
  }

  fileprivate var isShown: Bool { !isWaiting && !isSave }
}
