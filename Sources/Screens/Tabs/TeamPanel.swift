import TerminalText
import Wizard

/// Active import sessions of the organisation, by user, below the two panels of the tab ConfigHub, as
/// far as there is room. What is told of them is anybody's words.
struct TeamPanel {
  private let state: WizardState
  /// User by user.
  let sessions: [TeamSession]

  /// A line of the panel; which of the sessions it is about.
  private struct Entry {
    var line: Line
    var session: Int?
  }

  /// `nil` while nothing was asked.
  init?(_ state: WizardState) {
    guard state.team != nil || state.teamProblem != nil || state.isListingTeam else { return nil }
    self.state = state
    let active = (state.team ?? []).filter { session in
      let status = session.status(at: state.now, abandonedAfter: SessionStatus.usualAbandonedAfter)
      return status == .active || status == .abandoned
    }
    var users: [String] = []
    for user in active.map(\.shownUser) where !users.contains(user) { users.append(user) }
    sessions = users.flatMap { user in active.filter { $0.shownUser == user } }
  }

  /// - Parameter cursor: on which of the sessions it stands.
  func layOut(on canvas: inout Canvas, rows: Range<Int>, cursor: Int?) {
    let room = rows.count - Metrics.boxRows
    guard room > 0 else { return }
    let glyphs = canvas.glyphs
    let tree = entries(cursor, glyphs) { branches(of: $0, glyphs) }
    var shown =
      tree.count <= room ? tree : entries(cursor, glyphs) { [twig(of: $0, glyphs)] }
    var title = "ACTIVE IMPORT SESSIONS"
    if shown.count > room {
      // Which of them is seen is said where not all are.
      if let cursor { title += " \(cursor + 1)/\(sessions.count)" }
      let current = shown.firstIndex { $0.session != nil && $0.session == cursor } ?? 0
      let first = max(0, min(current - room / 2, shown.count - room))
      shown = Array(shown[first..<first + room])
    }
    canvas.box(
      title, shown.map(\.line), rows: rows, columns: 0..<canvas.size.columns)
    for (index, entry) in shown.enumerated() {
      if let session = entry.session {
        canvas.canClick(.row(session), rows.lowerBound + 1 + index, 1..<canvas.size.columns - 1)
      }
    }
  }

  private func entries(
    _ cursor: Int?, _ glyphs: Glyphs, _ branches: (TeamSession) -> [String]
  ) -> [Entry] {
    if let problem = state.teamProblem { return [Entry(line: .warning(problem))] }
    if state.team == nil { return [Entry(line: .muted("Asking ConfigHub…"))] }
    if sessions.isEmpty {
      return [Entry(line: .muted("Nobody has one, as far as you may see."))]
    }
    var entries: [Entry] = []
    for (number, session) in sessions.enumerated() {
      if number == 0 || sessions[number - 1].shownUser != session.shownUser {
        entries.append(Entry(line: Line(session.shownUser, Style(bold: true))))
      }
      for (place, text) in branches(session).enumerated() {
        let isCurrent = number == cursor && place == 0
        entries.append(
          Entry(
            line: Line(
              (isCurrent ? glyphs.cursor : " ") + text,
              isCurrent ? Style(reversed: true) : .plain), session: number))
      }
    }
    return entries
  }

  /// As there is room for all of it.
  private func branches(of session: TeamSession, _ glyphs: Glyphs) -> [String] {
    let (last, fork) = (glyphs.lastBranch, glyphs.branch)
    return [
      "\(last) \(session.shownCluster) cluster",
      "   \(fork) Step: \(session.stepWords ?? "unknown")",
      "   \(fork) Started: \(age(session.startedAt))",
      "   \(fork) Workloads: \(session.workloads?.words ?? "not scanned yet")",
      "   \(last) Held by: \(session.holderWords), saved \(age(session.savedAt))",
    ]
  }

  private func twig(of session: TeamSession, _ glyphs: Glyphs) -> String {
    let words = [
      session.shownCluster, session.stepWords ?? "step unknown", age(session.startedAt),
      session.workloads?.words ?? "not scanned yet",
    ]
    return "\(glyphs.lastBranch) \(words.joined(separator: "; "))"
  }

  private func age(_ moment: Timestamp?) -> String { Age(since: moment, at: state.now).words }
}

extension TeamSession {
  var shownUser: String { user ?? "unknown user" }
  var shownCluster: String { cluster ?? "unknown" }
}
