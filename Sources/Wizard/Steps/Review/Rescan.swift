/// Step 2 of a session that was resumed: what was found before is shown at once, with its age, while
/// the cluster is read again.
extension Reducer {
  mutating func scanAgain() {
    // Where nobody is there, the run goes on at once; what it imports is read then.
    guard !state.answers.run.isUnattended, !state.session.scope.context.isEmpty else { return }
    begin(.scan(state.session.scope))
  }

  /// A person may be about to go on, so that what is new is marked and left for them to choose.
  mutating func scannedAgain(
    _ result: ScanResult, _ identity: ClusterIdentity, _ scope: ScanScope
  ) {
    if let problem = problem(with: identity) { return fail(problem) }
    if let gap = result.leftOut.first(where: \.isGap), state.session.scan?.isPartial == false {
      return tell(
        "The cluster could not be read again in full: \(gap.what) (\(gap.why)). What is shown is "
          + "the scan before.", Way(.retry, "scans again"))
    }
    take(result, of: identity, scope, choosesNew: false)
    tellOfIdentity()
    let new = state.changes?.new.count ?? 0
    if new > 0 { tell("\(new) of the workloads are new; none of those is chosen yet.") }
    save()
  }

  mutating func scannedAgainFailed(_ failure: Failure) {
    if failure.kind == .cancelled { return }
    tell("The cluster could not be read again: \(failure.message)", Way(.retry, "tries once more"))
  }
}
