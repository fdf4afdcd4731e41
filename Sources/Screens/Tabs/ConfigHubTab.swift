import TerminalText
import Wizard

/// The ConfigHub tab: connection and session state, side by side.
extension Canvas {
  mutating func panels(_ state: WizardState, rows: Range<Int>) {
    // The session's lines are the longer ones.
    let middle = size.columns * 31 / 80
    let room = rows.count - 2
    let connection = connection(state)
    let broken = connection.flatMap { hanging($0, to: middle - 5) }
    var left = fitting(isRoomy(broken, room) ? broken : connection, room)
    var right = fitting(sessionLines(state, width: size.columns - middle - 5, height: room), room)
    let height = max(left.count, right.count)
    left += Array(repeating: Line(), count: height - left.count)
    right += Array(repeating: Line(), count: height - right.count)
    box("CONNECTION", left, rows: rows, columns: 0..<middle)
    box("SESSION STATE", right, rows: rows, columns: middle..<size.columns)
  }

  /// Whether there is room for all lines but the empty ones.
  private func isRoomy(_ lines: [Line], _ height: Int) -> Bool {
    lines.count { !$0.pieces.isEmpty } <= height
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
      : [Line(cutMiddle(text, to: width - 2, ellipsis: look.glyphs.ellipsis), piece.style)]
    return rest.enumerated().map { number, line in
      let mark = number == 0 ? String(piece.text.prefix(2)) : "  "
      return Line(mark + (line.pieces.first?.text ?? ""), piece.style)
    }
  }

  private func connection(_ state: WizardState) -> [Line] {
    let session = state.shownSession
    var lines = [Line()]
    switch state.signIn {
    case .signedIn(let identity):
      lines += [good("Authenticated"), Line("  \(identity.user ?? "unknown user")")]
      lines.append(good("Org: \(identity.organization ?? "unknown")"))
      if let server = identity.server {
        lines.append(Line("  \(server.replacing("https://", with: "", maxReplacements: 1))"))
      }
      if let version = identity.cubVersion { lines.append(Line("  cub \(version)")) }
    case .signedOut: lines.append(.bad("\(look.glyphs.failed) Not signed in"))
    case nil:
      lines.append(.muted("\(look.glyphs.todo) Not asked in this run"))
      if let user = (session.hub ?? look.lastConnection)?.user {
        lines.append(.muted("  last seen: \(user)"))
      }
    }
    let units = session.createdCount
    lines.append(
      units > 0
        ? good("\(plural(units, "Unit")) imported")
        : .muted("\(look.glyphs.todo) No units imported"))
    if let slug = session.workerSlug {
      let status = session.workerStatus ?? "unknown"
      let text = "Worker: \(slug) (\(status))"
      lines.append(status == "ready" ? good(text) : .muted("\(look.glyphs.todo) \(text)"))
    }
    if let target = session.targetSlug { lines.append(good("Target: \(target)")) }
    if session.isComplete, session.report?.isVerified == true {
      lines += [Line(), Line("ALL SET", Style(.good, bold: true))]
    }
    return lines
  }

  private func good(_ text: String) -> Line { Line("\(look.glyphs.done) \(text)", Style(.good)) }

  private func sessionLines(_ state: WizardState, width: Int, height: Int) -> [Line] {
    let found: FoundSession
    switch state.stage {
    case .prompt(let prompted): found = prompted
    case .starting, .left: return [Line(), Line(state.startingWords)]
    case .working where state.answers.dryRun: return [Line(), Line("A dry run keeps no session.")]
    case .working where state.hasFoundNone && state.session.stepsCompleted.isEmpty:
      let start = Line(.init(.start, " Start import"), in: .configHub)
      return [Line(), Line("No previous session found."), Line(), start]
    case .working:
      found = FoundSession(
        session: state.session,
        age: Age(
          since: state.session.updatedAt, at: state.now, staleAfter: state.answers.staleAfter))
    }
    let lines = full(found, width).flatMap { wrapped($0, to: width) }
    return isRoomy(lines, height) ? lines : short(found, width).flatMap { wrapped($0, to: width) }
  }

  private func full(_ found: FoundSession, _ width: Int) -> [Line] {
    let summary = SessionSummary(found.header, age: found.age)
    var lines = [Line(), Line(summary.lastSession)] + progress(summary)
    if let log = found.header.logFile {
      lines += [Line(), Line("Log file:")] + pathLines(log, width)
    }
    lines.append(Line())
    if let sync = summary.syncLine {
      lines += [Line(sync), good("Session synced")]
    } else {
      lines.append(.muted("\(look.glyphs.todo) Not synced to ConfigHub (offline)"))
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

  /// The same where there is little room.
  private func short(_ found: FoundSession, _ width: Int) -> [Line] {
    let summary = SessionSummary(found.header, age: found.age)
    let what = found.header.isComplete ? "import" : "session"
    var lines = [Line("Last \(what): \(found.age.words)")] + progress(summary)
    if let log = found.header.logFile {
      let path = cutMiddle(log, to: width - 5, ellipsis: look.glyphs.ellipsis)
      lines.append(Line("Log: \(path)"))
    }
    lines.append(
      found.header.syncedAt.map { good("Last upload: \($0.minute)") }
        ?? .muted("\(look.glyphs.todo) Not synced (offline)"))
    return lines + [panelKeys(found, width)]
  }

  private func progress(_ summary: SessionSummary) -> [Line] {
    var lines: [Line] = []
    if summary.header.isComplete {
      lines.append(good("Complete: \(plural(summary.header.counts.created, "unit")) imported"))
    } else {
      lines.append(Line("Step: \(summary.step)"))
      if let workloads = summary.workloads { lines.append(Line("Workloads: \(workloads)")) }
    }
    if summary.isStale { lines.append(.warning("Session may be stale")) }
    return lines
  }

  /// With whole words where there is room for them.
  private func panelKeys(_ found: FoundSession, _ width: Int) -> Line {
    let gap = width >= 58 ? "    " : "  "
    return switch (found.header.isComplete, width >= 52) {
    case (true, true):
      Line(
        .init(.start, " New import", gap), .init(.viewLog, " View log", gap),
        .init(.viewInConfigHub, " View in ConfigHub"), in: .configHub)
    case (true, false):
      Line(
        .init(.start, "mport", " "), .init(.viewLog, "iew log", " "), .init(.viewInConfigHub, "ub"),
        in: .configHub)
    case (false, true):
      Line(
        .init(.resume, " Resume session", gap), .init(.new, " New session", gap),
        .init(.viewLog, " View log"), in: .configHub)
    case (false, false):
      Line(
        .init(.resume, "esume", " "), .init(.new, "ew", " "), .init(.viewLog, "iew log"),
        in: .configHub)
    }
  }
}

/// What is printed after the screen was given back.
public func exitBox(_ state: WizardState, look: Look) -> String {
  let lines = exitLines(state, look)
  guard !lines.isEmpty else { return "" }
  let size = Size(columns: 61, rows: lines.count + 4)
  var canvas = Canvas(frame: Frame(size: size), look: look)
  canvas.box(
    "EXIT", [Line()] + lines.map { Line($0) } + [Line()], rows: 0..<size.rows, columns: 0..<61)
  return canvas.frame.text + "\n"
}

/// The same on plain lines.
public func partingLines(_ state: WizardState, look: Look) -> [String] {
  exitLines(state, look).filter { !$0.isEmpty }
}

private func exitLines(_ state: WizardState, _ look: Look) -> [String] {
  switch state.saving {
  case .never: return []
  case .failed: return ["This session could not be saved."]
  case .saved, .changed, .underWay:
    let first =
      state.session.isComplete
      ? ["Import complete. What is left to do is shown by:", "", "  \(look.program) --resume"]
      : ["Session saved. You can resume later with:", "", "  \(look.program) --resume"]
    return first + ["", "Or start fresh:", "", "  \(look.program) --new"]
  }
}
