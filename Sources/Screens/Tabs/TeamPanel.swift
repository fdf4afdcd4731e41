import TerminalText
import Wizard

/// Active import sessions of the organisation, by user, below the two panels of the tab ConfigHub, as
/// far as there is room. What is told of them is anybody's words.
struct TeamPanel {
  private let state: WizardState
  private let sessions: [TeamSession]

  /// `nil` while nothing was asked.
  init?(_ state: WizardState) {
    guard state.team != nil || state.teamProblem != nil || state.isListingTeam else { return nil }
    self.state = state
    sessions = (state.team ?? []).filter { session in
      let status = session.status(at: state.now, abandonedAfter: SessionStatus.usualAbandonedAfter)
      return status == .active || status == .abandoned
    }
  }

  func layOut(on canvas: inout Canvas, rows: Range<Int>) {
    let room = rows.count - Metrics.boxRows
    guard room > 0 else { return }
    let tree = lines { branches(of: $0, canvas.glyphs) }
    var shown = tree.count <= room ? tree : lines { [twig(of: $0, canvas.glyphs)] }
    if shown.count > room {
      shown = shown.prefix(room - 1) + [.muted("… map-import sessions list --team lists all")]
    }
    canvas.box("ACTIVE IMPORT SESSIONS", shown, rows: rows, columns: 0..<canvas.size.columns)
  }

  private func lines(_ branches: (TeamSession) -> [Line]) -> [Line] {
    if let problem = state.teamProblem { return [.warning(problem)] }
    if state.team == nil { return [.muted("Asking ConfigHub…")] }
    if sessions.isEmpty { return [.muted("Nobody has one, as far as you may see.")] }
    var users: [String] = []
    for user in sessions.map(\.shownUser) where !users.contains(user) { users.append(user) }
    return users.flatMap { user in
      [Line(user, Style(bold: true))] + sessions.filter { $0.shownUser == user }.flatMap(branches)
    }
  }

  /// As there is room for all of it.
  private func branches(of session: TeamSession, _ glyphs: Glyphs) -> [Line] {
    let (last, fork) = (glyphs.lastBranch, glyphs.branch)
    return [
      Line("\(last) \(session.shownCluster) cluster"),
      Line("   \(fork) Step: \(session.stepWords ?? "unknown")"),
      Line("   \(fork) Started: \(age(session.startedAt))"),
      Line("   \(fork) Workloads: \(session.workloads?.words ?? "not scanned yet")"),
      Line("   \(last) Held by: \(session.holderWords), saved \(age(session.savedAt))"),
    ]
  }

  private func twig(of session: TeamSession, _ glyphs: Glyphs) -> Line {
    let words = [
      session.shownCluster, session.stepWords ?? "step unknown", age(session.startedAt),
      session.workloads?.words ?? "not scanned yet",
    ]
    return Line("\(glyphs.lastBranch) \(words.joined(separator: "; "))")
  }

  private func age(_ moment: Timestamp?) -> String { Age(since: moment, at: state.now).words }
}

extension TeamSession {
  fileprivate var shownUser: String { user ?? "unknown user" }
  fileprivate var shownCluster: String { cluster ?? "unknown" }
}
