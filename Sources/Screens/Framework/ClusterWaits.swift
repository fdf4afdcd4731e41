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
}
