/// Step 2 of a session that was resumed: what was found before is shown at once, with its age, while
/// the cluster is read again.
extension Turn {
  mutating func lookAgain() {
    // Where nobody is there, the run goes on at once; what it imports is read then.
    guard !state.answers.isUnattended, !state.session.scope.context.isEmpty else { return }
    begin(.scan(state.session.scope))
  }

  /// A person may be about to go on, so that what is new is marked and left for them to choose.
  mutating func lookedAgain(_ outcome: Outcome, _ scope: ScanScope) {
    switch outcome {
    case .scanned(let result, let identity):
      if let problem = problem(with: identity) { return fail(problem) }
      if let gap = result.leftOut.first(where: \.isGap), state.session.scan?.isPartial == false {
        return refuse(
          "The cluster could not be read again in full: \(gap.what) (\(gap.why)). What is shown is "
            + "the scan before; r scans again.")
      }
      take(result, of: identity, scope, choosesNew: false)
      let new = state.changes?.new.count ?? 0
      if new > 0 { refuse("\(new) of the workloads are new; none of those is chosen yet.") }
      save()
    case .failed(let failure) where failure.kind != .cancelled:
      refuse("The cluster could not be read again; r tries once more. \(failure.message)")
    default: break
    }
  }
}
