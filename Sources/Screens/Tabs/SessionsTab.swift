import TerminalText
import Wizard

/// The tab Sessions: all that are stored, or all about one of them.
enum SessionsTab: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .rows, .filter,
    [
      KeyHandler(.goOn) { $0.lookInto() },
      KeyHandler(.takeSession) { $0.takeSession() },
      KeyHandler(.edit) { $0.editSessionName() },
      KeyHandler(.closeView) { $0.leaveSessions() },
      KeyHandler(.back) { $0.leaveSessions() },
    ])

  static let isView = true

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    switch row {
    case .session: "look into"
    case .log: "view"
    default: nil
    }
  }

  static let plain = PlainAnswers.goOn

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    if let open = ui.storedSession(at: nil, in: state) { return about(open, in: ui.zone) }
    let sessions = state.sessions ?? []
    var page = Page(title: "Sessions")
    if !sessions.isEmpty {
      page.intro = [Line("enter looks into one; r resumes it, and saves this one.")]
    }
    let isNamed = sessions.contains { $0.header?.name != nil }
    // An id that is cut is no use: it is what is typed to name a session.
    page.columns = [
      Column("SESSION", isWhole: true), Column("STATE", isWhole: true),
      Column("CHANGED", isWhole: true), Column("STEP", rank: 3, isWhole: true),
      Column("CLUSTER", rank: 2),
    ]
    if isNamed { page.columns.append(Column("NAME", rank: 1)) }
    page.rows = Rows(
      sessions.map { kept in
        Row(
          id: kept.row, mark: kept.id == state.session.id ? .current : kept.mark,
          cells: [
            kept.id, kept.state, kept.header == nil ? "" : kept.age.words,
            kept.header?.shortStep ?? "",
            kept.header?.cluster.context ?? "",
          ] + (isNamed ? [kept.header?.name ?? ""] : []))
      })
    if !sessions.isEmpty {
      let zone = ui.zone
      page.about = { row in sessions.first { $0.row == row }?.facts(in: zone) ?? [] }
    }
    page.isDetailVital = true
    page.paneContents = [.details]
    page.empty = state.sessions == nil ? "Reading the sessions…" : "No sessions are kept."
    return page
  }

  private static func about(_ kept: StoredSession, in zone: Zone) -> Page {
    var page = Page(title: "Session \(kept.id), \(kept.state)")
    page.intro = kept.facts(in: zone) + [Line("enter views a log. r restores a generation.")]
    page.columns = [Column("WHAT"), Column(), Column("WHEN")]
    var rows = kept.generations.map {
      Row(
        id: .generation($0.number), mark: $0.problem == nil ? nil : .failed,
        cells: ["generation", $0.problem ?? "\($0.number)", $0.savedAt?.second(in: zone) ?? ""])
    }
    if let session = kept.session { rows += self.rows(of: session, in: zone) }
    page.rows = Rows(rows)
    return page
  }

  private static func rows(of session: Session, in zone: Zone) -> [Row] {
    let logs = session.logs.reversed().map { Row(id: .log($0), cells: ["log", $0, ""]) }
    let visits = session.history.reversed().enumerated().map { number, visit in
      Row(id: .text(number), cells: ["step", visit.words, visit.at.second(in: zone)])
    }
    return logs + visits
      + session.operations.enumerated().map { number, operation in
        let state = [operation.state.rawValue, operation.reason].compactMap { $0 }
        return Row(
          id: .text(session.history.count + number),
          cells: [operation.kind.rawValue, operation.key.text, state.joined(separator: ": ")])
      }
  }
}

extension ViewState {
  /// The session that is looked into, or else the one of a row of the list.
  func storedSession(at row: Row.ID?, in state: WizardState) -> StoredSession? {
    let sessions = state.sessions ?? []
    return sessions.first { $0.row == openSession } ?? sessions.first { $0.row == row }
  }
}

extension StoredSession {
  fileprivate var row: Row.ID { .session(id, place) }

  fileprivate var state: String {
    switch place {
    case .active: header == nil ? "damaged" : (status ?? .active).rawValue
    case .archived: "archived"
    case .corrupt: "set aside"
    }
  }

  fileprivate var mark: Row.Mark? { header == nil ? .failed : nil }

  /// What the row of the list has no room for.
  fileprivate func facts(in zone: Zone) -> [Line] {
    var lines: [Line] = []
    if let header {
      if let name = header.name { lines.append(Line("Name: \(name).")) }
      lines.append(
        Line(
          "Begun \(header.createdAt.second(in: zone)), changed "
            + "\(header.updatedAt.second(in: zone))."))
      if let workloads = SessionSummary(header, age: age).workloads {
        lines.append(Line("Workloads: \(workloads)."))
      }
      let context = header.cluster.context
      let step =
        (header.isOver ? header.shortStep : "at \(header.shortStep)")
        + (context.isEmpty ? "" : " of \(context)")
      let logs = plural(session?.logs.count ?? 0, "log")
      lines.append(Line("\(logs), \(plural(generations.count, "backup")), \(step)."))
    }
    if case .archived(let day) = place { lines.append(Line("Archived on \(day).")) }
    if let remark { lines.append(.warning("It is \(remark).")) }
    return lines
  }
}

extension SessionHeader {
  /// `connect 4/7`, `complete` or `undone`
  fileprivate var shortStep: String {
    if isUndone { return "undone" }
    let step = position.step
    return isComplete ? "complete" : "\(step.rawValue) \(step.number)/\(Step.seven.count)"
  }
}

// MARK: Keys

extension KeyPress {
  /// Opens the tab, or goes back to the import.
  mutating func toggleSessions() -> Intent {
    ui.closeSession()
    guard ui.tab != .sessions else {
      ui.tab = .importing
      return .nothing
    }
    ui.tab = .sessions
    return .event(.listSessions)
  }

  fileprivate mutating func lookInto() -> Intent {
    switch row?.id {
    case .session(let id, let place):
      ui.closeSession()
      ui.push(.session(.session(id, place)))
      ui.positions[.screen(.sessions)] = nil
      ui.filters[.sessions] = nil
    case .log(let path): return .viewLog(path)
    case .generation(let number): return say("r restores generation \(number).")
    default: return say("There is nothing more to see of this.")
    }
    return .nothing
  }

  fileprivate mutating func leaveSessions() -> Intent {
    if showAll() { return .nothing }
    guard let open = ui.openSession else { return leaveTab() }
    ui.closeSession()
    // The cursor goes back to where it was.
    ui.positions[.screen(.sessions)] = .init(row: open)
    return .nothing
  }

  fileprivate mutating func editSessionName() -> Intent {
    guard let kept = ui.storedSession(at: row?.id, in: state) else {
      return say("There is no session to name.")
    }
    guard kept.place == .active, let header = kept.header else {
      return say("Only an active session can be named.")
    }
    return edit(.session(kept.id), header.name ?? "")
  }

  /// Resumes or restores a session, or says why neither can be.
  fileprivate mutating func takeSession() -> Intent {
    guard let kept = ui.storedSession(at: row?.id, in: state) else {
      return say("There is no session to resume.")
    }
    if case .generation(let number) = row?.id {
      return .event(.restoreSession(kept.id, generation: number))
    }
    switch kept.place {
    case .active where kept.header != nil:
      ui.tab = .importing
      ui.closeSession()
      return .event(.switchSession(kept.id))
    case .archived: return .event(.restoreSession(kept.id, generation: nil))
    case .active, .corrupt:
      if let usable = kept.generations.first(where: { $0.problem == nil }) {
        return .event(.restoreSession(kept.id, generation: usable.number))
      }
      return say(
        state.answers.run.wayBack.told(
          "It cannot be read, and has no backup; "
            + "`map-import sessions restore \(kept.id) --from-log` may make it anew."))
    }
  }
}
