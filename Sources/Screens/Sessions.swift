import TerminalText
import Wizard

/// The browser over the sessions that are kept.
extension Page {
  static func sessions(_ state: WizardState, _ ui: ViewState) -> Page {
    if let kept = ui.kept(at: nil, in: state) { return about(kept) }
    let sessions = state.sessions ?? []
    var page = Page(title: "Sessions")
    if !sessions.isEmpty {
      page.intro = [Line("enter looks into one; r resumes it, and saves this one.")]
    }
    page.heads = ["SESSION", "STATE", "CHANGED", "STEP", "CLUSTER"]
    // An id that is cut is no use: it is what is typed to name a session.
    page.wholeColumns = [0, 1, 2, 3]
    page.spareColumns = [3, 4]
    page.rows = sessions.map { kept in
      Row(
        id: kept.row, mark: kept.id == state.session.id ? .current : kept.mark,
        cells: [
          kept.id, kept.state, kept.header == nil ? "" : kept.age.words,
          kept.header.map { $0.isComplete ? "complete" : $0.position.short } ?? "",
          kept.header?.cluster.context ?? "",
        ])
    }
    for kept in sessions { page.detail[kept.row] = kept.facts }
    page.isDetailVital = true
    page.empty = state.sessions == nil ? "Reading the sessions…" : "No sessions are kept."
    return page
  }

  private static func about(_ kept: KeptSession) -> Page {
    var page = Page(title: "Session \(kept.id), \(kept.state)")
    page.intro = kept.facts + [Line("enter views a log. r restores a generation.")]
    page.heads = ["WHAT", "", "WHEN"]
    page.rows = kept.generations.map {
      Row(
        id: .generation($0.number), mark: $0.problem == nil ? nil : .failed,
        cells: ["generation", $0.problem ?? "\($0.number)", $0.savedAt?.text ?? ""])
    }
    guard let session = kept.session else { return page }
    page.rows += session.logs.reversed().map { Row(id: .log($0), cells: ["log", $0, ""]) }
    page.rows += session.history.reversed().enumerated().map { number, visit in
      Row(id: .text(number), cells: ["step", visit.position.title, visit.at.text])
    }
    page.rows += session.operations.enumerated().map { number, operation in
      let state = [operation.state.rawValue, operation.reason].compactMap { $0 }
      return Row(
        id: .text(session.history.count + number),
        cells: [operation.kind.rawValue, operation.key.text, state.joined(separator: ": ")])
    }
    return page
  }
}

extension ViewState {
  /// The session that is looked into, or else the one of a row of the list.
  fileprivate func kept(at row: Row.ID?, in state: WizardState) -> KeptSession? {
    let sessions = state.sessions ?? []
    return sessions.first { $0.row == openSession } ?? sessions.first { $0.row == row }
  }
}

extension KeptSession {
  var row: Row.ID { .session(id, place) }

  fileprivate var state: String {
    switch place {
    case .active: header == nil ? "damaged" : "active"
    case .archived: "archived"
    case .corrupt: "set aside"
    }
  }

  fileprivate var mark: Row.Mark? { header == nil ? .failed : nil }

  /// What the row of the list has no room for.
  fileprivate var facts: [Line] {
    var lines: [Line] = []
    if let header {
      lines.append(Line("Begun \(header.createdAt.text), changed \(header.updatedAt.text)."))
      if let workloads = SessionSummary(header, age: age).workloads {
        lines.append(Line("Workloads: \(workloads)."))
      }
      let context = header.cluster.context
      let place =
        (header.isComplete ? "complete" : "at \(header.position.short)")
        + (context.isEmpty ? "" : " of \(context)")
      lines.append(
        Line(
          "\(plural(session?.logs.count ?? 0, "log")), \(plural(generations.count, "backup")), \(place)."
        )
      )
    }
    if case .archived(let day) = place { lines.append(Line("Archived on \(day).")) }
    if let remark { lines.append(.warning("It is \(remark).")) }
    return lines
  }
}

extension Position {
  /// `connect 4/7`
  fileprivate var short: String { "\(step.rawValue) \(step.number)/\(Step.seven.count)" }
}

extension Timestamp {
  /// To the second, in UTC.
  fileprivate var text: String { "\(day) \(clock)" }
}

// MARK: Keys

func lookInto(_ row: Row.ID?, _ ui: inout ViewState) -> Intent {
  switch row {
  case .session:
    ui.openSession = row
    ui.places[.sessions] = nil
    ui.filters[.sessions] = nil
  case .log(let path): return .viewLog(path)
  case .generation(let number): ui.notice = "r restores generation \(number)."
  default: ui.notice = "There is nothing more to see of this."
  }
  return .nothing
}

/// Resume, restore, or why neither can be.
func takeSession(_ sight: Sight, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  guard let kept = ui.kept(at: sight.row?.id, in: state) else {
    ui.notice = "There is no session to resume."
    return .nothing
  }
  if case .generation(let number) = sight.row?.id {
    return .event(.restoreSession(kept.id, generation: number))
  }
  switch kept.place {
  case .active where kept.header != nil:
    ui.tab = .importing
    ui.openSession = nil
    return .event(.switchSession(kept.id))
  case .archived: return .event(.restoreSession(kept.id, generation: nil))
  case .active, .corrupt:
    if let usable = kept.generations.first(where: { $0.problem == nil }) {
      return .event(.restoreSession(kept.id, generation: usable.number))
    }
    ui.notice =
      "It cannot be read, and has no backup; `map-import sessions restore \(kept.id) --from-log` "
      + "may make it anew."
    return .nothing
  }
}

/// The latest log of the session that is looked into, or else of the one that is shown.
func viewLog(_ sight: Sight, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  var session = state.shownSession
  if sight.scope == .sessions {
    guard let kept = ui.kept(at: sight.row?.id, in: state)?.session else {
      ui.notice = "This session has no log that is known."
      return .nothing
    }
    session = kept
  }
  ui.logPaths = session.logs.isEmpty ? [session.logFile].compactMap { $0 } : session.logs
  guard let latest = ui.logPaths.last else {
    ui.notice = "This session has no log."
    return .nothing
  }
  ui.places[.log] = nil
  return .viewLog(latest)
}

func turnLog(_ action: Action, _ ui: inout ViewState) -> Intent {
  guard !ui.logPaths.isEmpty else {
    ui.notice = "This is not the log of a run."
    return .nothing
  }
  let index = ui.logPaths.firstIndex { $0 == ui.log?.name } ?? 0
  let other = action == .olderLog ? index - 1 : index + 1
  guard ui.logPaths.indices.contains(other) else {
    ui.notice = "This is the \(action == .olderLog ? "oldest" : "latest") log."
    return .nothing
  }
  ui.places[.log] = nil
  return .viewLog(ui.logPaths[other])
}
