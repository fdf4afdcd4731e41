import Wizard

extension WizardState {
  /// What the cluster put off, when it is asked again, and why.
  var waitWords: String? {
    let waits = clusterWaits
    guard let next = waits.first else { return nil }
    let others = waits.count > 1 ? ", and \(waits.count - 1) more" : ""
    return "Again in \(next.until.seconds(since: now)) s, try \(next.wait.attempt) of "
      + "\(next.wait.attempts): \(next.wait.what)\(others); \(next.wait.why)"
  }

  /// What the status line names: the oldest work that is not mere waiting or saving.
  var shownRunning: Running? {
    running.sorted { $0.key < $1.key }.map(\.value).first {
      switch $0.work {
      case .pause, .save, .cancel: false
      default: true
      }
    }
  }
}
