import TerminalText
import Wizard

/// The tab ConfigHub: the connection and the state of the session, side by side.
enum ConfigHubTab: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    [
      KeyHandler(.resume, isOffered: offersResume) { $0.answerPanel(.resume) },
      KeyHandler(.new, isOffered: offersNew) { $0.answerPanel(.new) },
      KeyHandler(
        .start, isOffered: { state, _ in state.stage != .starting }
      ) { $0.answerPanel(.start) },
      KeyHandler(
        .viewInConfigHub, isOffered: { state, _ in state.shownSession.hub?.server != nil }
      ) { $0.sayWhereInConfigHub() },
      KeyHandler(.goOn) { $0.lookIntoTeamSession() },
      KeyHandler(.escape) { $0.leaveTab() },
      .sync,
    ], .rows)

  static let foremost: KeyValuePairs<Action, String> = [
    .resume: "resume", .new: "new", .start: "import", .viewInConfigHub: "hub",
  ]

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    if case .arrival = row { "look into" } else { nil }
  }

  static let plain = PlainAnswers.goOn

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page()
    page.rows = Rows(
      (TeamPanel(state)?.sessions ?? []).map { Row(id: .arrival($0.slug), cells: [$0.slug]) })
    return page
  }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let used = Panels(state: context.state, zone: context.ui.zone, canvas: canvas).layOut(
      on: &canvas, rows: rows)
    TeamPanel(context.state)?.layOut(
      on: &canvas, rows: used..<rows.upperBound, cursor: context.visible.cursor)
  }

  @Sendable private static func offersResume(_ state: WizardState, _ ui: ViewState) -> Bool {
    if case .prompt(let found) = state.stage { return found.obstacle == nil }
    return !isOver(state) && offersNew(state, ui)
  }

  /// What is over begins anew with another key, and is not resumed.
  private static func isOver(_ state: WizardState) -> Bool {
    state.stage == .working && (state.session.isComplete || state.session.isUndone)
  }

  @Sendable private static func offersNew(_ state: WizardState, _ ui: ViewState) -> Bool {
    switch state.stage {
    case .prompt, .left: true
    case .starting: false
    case .working:
      !state.answers.run.dryRun && (!state.hasFoundNone || !state.session.stepsCompleted.isEmpty)
    }
  }
}

extension KeyPress {
  fileprivate enum PanelAnswer { case resume, new, start }

  fileprivate mutating func answerPanel(_ answer: PanelAnswer) -> Intent {
    if case .prompt = state.stage {
      return self.answer(answer == .resume ? .resume : .startNew)
    }
    let isOver = state.session.isComplete || state.session.isUndone
    guard answer == .new || (answer == .start && isOver) else {
      ui.tab = .importing
      return .nothing
    }
    guard ui.isNewArmed else {
      ui.isNewArmed = true
      return say(
        "Once more begins a new session and archives this one; any other key changes nothing.")
    }
    ui.isNewArmed = false
    return self.answer(.startNew)
  }

  fileprivate mutating func lookIntoTeamSession() -> Intent {
    guard case .arrival(let slug) = row?.id else { return say("There is no session to look into.") }
    ui.push(.teamSession(slug))
    ui.positions[.screen(.teamSession)] = nil
    return .nothing
  }

  fileprivate mutating func sayWhereInConfigHub() -> Intent {
    let session = state.shownSession
    guard let server = session.hub?.server else { return say("No ConfigHub server is known yet.") }
    let spaces = session.proposal?.spaceSlugs ?? [""]
    let others = spaces.count > 1 ? " and the \(spaces.count - 1) of the units" : ""
    _ = say("Look at space \(spaces[0])\(others) on \(server).")
    return state.hubAddress.map { .offer(address: $0) } ?? .nothing
  }
}

extension WizardState {
  /// ConfigHub's, as a link.
  package var hubAddress: String? { shownSession.hub?.server.flatMap { isAddress($0) ? $0 : nil } }
}

/// What a terminal may be handed as an address: what cub says is text from outside.
private func isAddress(_ text: String) -> Bool {
  (text.hasPrefix("https://") || text.hasPrefix("http://")) && text.utf8.count <= 200
    && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
}

/// Both panels, as far as there is room for them.
private struct Panels {
  let state: WizardState
  let zone: Zone
  let canvas: Canvas

  private let focus = Focus.screen(.configHub)

  init(state: WizardState, zone: Zone, canvas: Canvas) {
    self.state = state
    self.zone = zone
    self.canvas = canvas
  }

  /// Answers with the row below them.
  func layOut(on canvas: inout Canvas, rows: Range<Int>) -> Int {
    let columns = canvas.size.columns
    let middle = Metrics.sessionPanelColumn(of: columns)
    let room = rows.count - Metrics.boxRows
    let (leftWidth, rightWidth) = (
      middle - Metrics.boxColumns, columns - middle - Metrics.boxColumns
    )
    let broken = connection.flatMap { hanging($0, to: leftWidth) }
    var left = canvas.fitting(isRoomy(broken, room) ? broken : connection, room)
    var right = canvas.fitting(session(width: rightWidth, height: room), room)
    let height = max(left.count, right.count)
    left += Array(repeating: Line(), count: height - left.count)
    right += Array(repeating: Line(), count: height - right.count)
    canvas.box("CONNECTION", left, rows: rows, columns: 0..<middle)
    canvas.box("SESSION STATE", right, rows: rows, columns: middle..<columns)
    return rows.lowerBound + height + Metrics.boxRows
  }

  /// Whether there is room for all lines but the empty ones.
  private func isRoomy(_ lines: [Line], _ height: Int) -> Bool {
    lines.count { !$0.isEmpty } <= height
  }

  /// Broken lines, but for their first two columns, which are a mark.
  private func hanging(_ line: Line, to width: Int) -> [Line] {
    guard let piece = line.pieces.first, displayWidth(of: escaped(piece.text)) > width else {
      return [line]
    }
    let text = String(piece.text.dropFirst(2))
    // A lone word cannot be broken.
    let rest =
      text.contains(" ")
      ? wrapped(Line(text, piece.style), to: width - 2)
      : [Line(cutMiddle(text, to: width - 2, ellipsis: canvas.glyphs.ellipsis), piece.style)]
    return rest.enumerated().map { number, line in
      let mark = number == 0 ? String(piece.text.prefix(2)) : "  "
      return Line(mark + (line.pieces.first?.text ?? ""), piece.style)
    }
  }

  private var connection: [Line] {
    let session = state.shownSession
    var lines = [Line()]
    switch state.knownSignIn {
    case .signedIn(let identity):
      lines += [good("Authenticated"), Line("  \(identity.user ?? "unknown user")")]
      lines.append(good("Org: \(identity.organization ?? "unknown")"))
      if let server = identity.server {
        lines.append(Line("  \(server.replacing("https://", with: "", maxReplacements: 1))"))
      }
      if let version = identity.cubVersion { lines.append(Line("  cub \(version)")) }
    case .signedOut: lines.append(.bad("\(canvas.glyphs.failed) Not signed in"))
    case nil:
      let isAsked = state.running.values.contains { $0.work == .read(.readSignIn) }
      lines.append(.muted("\(canvas.glyphs.todo) \(isAsked ? "Asking cub…" : "Not asked yet")"))
      if let user = (session.hub ?? canvas.theme.lastConnection)?.user {
        lines.append(.muted("  last seen: \(user)"))
      }
    }
    let units = session.createdCount
    lines.append(
      units > 0
        ? good("\(plural(units, "Unit")) imported")
        : .muted("\(canvas.glyphs.todo) No units imported"))
    if let slug = session.workerSlug {
      let status = session.workerStatus ?? "unknown"
      let text = "Worker: \(slug) (\(status))"
      lines.append(status == "ready" ? good(text) : .muted("\(canvas.glyphs.todo) \(text)"))
    }
    if let target = session.targetSlug { lines.append(good("Target: \(target)")) }
    if session.isComplete, session.report?.isVerified == true {
      lines += [Line(), Line("ALL SET", Style(.good, bold: true))]
    }
    return lines
  }

  private func line(_ sync: SyncShown) -> Line {
    let glyphs = canvas.glyphs
    return switch sync {
    case .synced: good(sync.words)
    case .uploading: Line("\(glyphs.uploading) \(sync.words)", Style(.accent))
    case _ where sync.isWarning: .warning("! \(sync.words)")
    default: .muted("\(glyphs.todo) \(sync.words)")
    }
  }

  private func good(_ text: String) -> Line { Line("\(canvas.glyphs.done) \(text)", Style(.good)) }

  private func session(width: Int, height: Int) -> [Line] {
    let found: FoundSession
    switch state.stage {
    case .prompt(let prompted): found = prompted
    case .starting, .left: return [Line(), Line(state.startingWords)]
    case .working where state.answers.run.dryRun:
      return [Line(), Line("A dry run keeps no session.")]
    case .working where state.hasFoundNone && state.session.stepsCompleted.isEmpty:
      let start = Line(.init(.start, " Start import"), in: focus)
      return [Line(), Line("No previous session found."), Line(), start]
    case .working:
      found = FoundSession(
        session: state.session,
        age: Age(
          since: state.session.updatedAt, at: state.now, staleAfter: state.answers.run.staleAfter))
    }
    let lines = full(found, width).flatMap { wrapped($0, to: width) }
    return isRoomy(lines, height) ? lines : short(found, width).flatMap { wrapped($0, to: width) }
  }

  private func full(_ found: FoundSession, _ width: Int) -> [Line] {
    let summary = SessionSummary(found.header, age: found.age)
    var lines = [Line(), Line(summary.lastSession(in: zone))] + progress(summary)
    if let log = found.header.logFile {
      lines += [Line(), Line("Log file:")] + pathLines(log, width)
    }
    lines.append(Line())
    let shown = state.shownSync(of: found.header, in: zone)
    if let sync = summary.syncLine(in: zone) { lines.append(Line(sync)) }
    lines.append(line(shown))
    if let reason = shown.reason { lines.append(Line("  \(reason)")) }
    if found.header.syncedAt == nil, let words = summary.whereKept {
      lines.append(.muted("  \(words)"))
    }
    if state.otherHolder != nil, case .working = state.stage {
      lines.append(Line(.init(.takeOver, " Take over"), in: focus))
    }
    return lines + [Line(), panelKeys(found, width)]
  }

  /// The directory and the file, where both do not fit into one line.
  private func pathLines(_ path: String, _ width: Int) -> [Line] {
    guard displayWidth(of: path) > width, let slash = path.lastIndex(of: "/") else {
      return [Line(path)]
    }
    return [Line(String(path[...slash])), Line(String(path[path.index(after: slash)...]))]
  }

  /// The lines of the session where there is little room.
  private func short(_ found: FoundSession, _ width: Int) -> [Line] {
    let summary = SessionSummary(found.header, age: found.age)
    let what = found.header.isOver ? "import" : "session"
    var lines = [Line("Last \(what): \(found.age.words)")] + progress(summary)
    if let log = found.header.logFile {
      let path = cutMiddle(log, to: width - 5, ellipsis: canvas.glyphs.ellipsis)
      lines.append(Line("Log: \(path)"))
    }
    let shown = state.shownSync(of: found.header, in: zone)
    switch (shown, found.header.syncedAt) {
    case (.synced, let at?): lines.append(good("Last upload: \(at.minute(in: zone))"))
    case (.off, nil) where summary.whereKept != nil, (.offline, nil) where summary.whereKept != nil:
      lines.append(.muted("\(canvas.glyphs.todo) Kept on this machine alone"))
    default:
      lines.append(line(shown))
      if let reason = shown.reason { lines.append(Line(reason)) }
    }
    return lines + [panelKeys(found, width)]
  }

  private func progress(_ summary: SessionSummary) -> [Line] {
    var lines = summary.header.name.map { [Line("Name: \($0)")] } ?? []
    if let undone = summary.facts.undone {
      lines.append(Line(undone))
    } else if summary.isWhole {
      lines.append(good("Complete: \(plural(summary.header.counts.created, "unit")) imported"))
    } else {
      lines.append(Line("Step: \(summary.step)"))
      if let workloads = summary.workloads { lines.append(Line("Workloads: \(workloads)")) }
    }
    if let open = summary.facts.openRemovals { lines.append(.warning("Taking back: \(open)")) }
    if summary.isStale { lines.append(.warning("Session may be stale")) }
    return lines
  }

  /// With whole words where there is room for them.
  private func panelKeys(_ found: FoundSession, _ width: Int) -> Line {
    let gap = width >= Metrics.panelWithGaps ? "    " : "  "
    return switch (found.header.isOver, width >= Metrics.panelWithWords) {
    case (true, true):
      Line(
        .init(.start, " New import", gap), .init(.viewLog, " View log", gap),
        .init(.viewInConfigHub, " View in ConfigHub"), in: focus)
    case (true, false):
      Line(
        .init(.start, " New", " "), .init(.viewLog, "iew log", " "), .init(.viewInConfigHub, "ub"),
        in: focus)
    case (false, true):
      Line(
        .init(.resume, " Resume session", gap), .init(.new, " New session", gap),
        .init(.viewLog, " View log"), in: focus)
    case (false, false):
      Line(
        .init(.resume, "esume", " "), .init(.new, "ew", " "), .init(.viewLog, "iew log"),
        in: focus)
    }
  }
}
