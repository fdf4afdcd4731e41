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

  mutating func readTeamLog(_ slug: String) {
    guard let session = state.team?.first(where: { $0.slug == slug }), !state.isReadingTeamLog
    else {
      return
    }
    state.teamLog = nil
    begin(.readTeamLog(slug: slug, space: session.space))
  }

  mutating func teamLogRead(_ slug: String, _ text: String?) {
    guard let text else {
      return refuse("No log of it is in ConfigHub, or none that you may see.")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    state.teamLog = TeamLog(slug: slug, lines: lines)
  }
}

/// What was logged of a session that ConfigHub keeps.
public struct TeamLog: Hashable, Sendable {
  public var slug: String
  public var lines: [String]
}

extension WizardState {
  /// Only where sessions are kept there.
  public var showsTeam: Bool { mayBeSynced && syncObstacle == nil }

  public var isReadingTeamLog: Bool {
    running.values.contains { if case .sync(.readTeamLog) = $0.work { true } else { false } }
  }

  public var isListingTeam: Bool {
    running.values.contains { if case .sync(.listTeam) = $0.work { true } else { false } }
  }
}
