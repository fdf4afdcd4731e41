/// What the others do, as far as ConfigHub tells: for people to look at.
extension Reducer {
  /// Nothing waits for it.
  mutating func listTeam() {
    guard state.showsTeam, !state.isListingTeam else { return }
    begin(.listTeam(space: state.syncSpace))
  }

  mutating func teamListed(_ sessions: [TeamSession]) {
    state.team = sessions
    state.teamProblem = nil
  }
}

extension WizardState {
  /// Only where sessions are kept there.
  public var showsTeam: Bool { mayBeSynced && syncObstacle == nil }

  public var isListingTeam: Bool {
    running.values.contains { if case .sync(.listTeam) = $0.work { true } else { false } }
  }
}
