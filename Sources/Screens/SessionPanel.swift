import TerminalText
import Wizard

/// The ConfigHub tab: connection and session state, side by side.
extension Canvas {
  mutating func panels(_ state: WizardState, rows: Range<Int>) {
    // The session's lines are the longer ones.
    let middle = size.columns * 31 / 80
    var left = connection(state)
    var right = sessionLines(state).flatMap { wrapped($0, to: size.columns - middle - 5) }
    let height = max(left.count, right.count)
    left += Array(repeating: Line(), count: height - left.count)
    right += Array(repeating: Line(), count: height - right.count)
    box("CONNECTION", left, rows: rows, columns: 0..<middle)
    box("SESSION STATE", right, rows: rows, columns: middle..<size.columns)
  }

  private func connection(_ state: WizardState) -> [Line] {
    let session = state.shownSession
    var lines = [Line()]
    switch state.signIn {
    case .signedIn(let identity):
      lines += [good("Authenticated"), Line("  \(identity.user ?? "unknown user")")]
      lines.append(good("Org: \(identity.organization ?? "unknown")"))
      if let server = identity.server { lines.append(Line("  \(server)")) }
    case .signedOut: lines.append(.bad("\(look.glyphs.failed) Not signed in"))
    case nil:
      lines.append(.muted("\(look.glyphs.todo) Not asked yet in this run"))
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

  private func sessionLines(_ state: WizardState) -> [Line] {
    let found: FoundSession
    switch state.stage {
    case .prompt(let prompted): found = prompted
    case .starting, .left: return [Line(), Line("No previous session found.")]
    case .working:
      found = FoundSession(
        session: state.session,
        age: Age(
          since: state.session.updatedAt, at: state.now, staleAfter: state.answers.staleAfter))
    }
    let summary = SessionSummary(found.session, age: found.age)
    var lines = [Line(), Line(summary.lastSession)]
    if found.session.isComplete {
      lines.append(good("Complete: \(plural(found.session.createdCount, "unit")) imported"))
    } else {
      lines.append(Line("Step: \(summary.step)"))
      if let workloads = summary.workloads { lines.append(Line("Workloads: \(workloads)")) }
    }
    if summary.isStale { lines.append(.warning("Session may be stale")) }
    if let log = found.session.logFile { lines += [Line(), Line("Log file:"), Line(log)] }
    lines.append(Line())
    if let sync = summary.syncLine {
      lines += [Line(sync), good("Session synced")]
    } else {
      lines.append(.muted("\(look.glyphs.todo) Not synced to ConfigHub (offline)"))
    }
    return lines + [Line(), panelKeys(found)]
  }

  private func panelKeys(_ found: FoundSession) -> Line {
    found.session.isComplete
      ? Line(
        .init(.start, "mport", " "), .init(.viewLog, "iew log", " "), .init(.viewInConfigHub, "ub"),
        in: .configHub)
      : Line(
        .init(.resume, "esume", " "), .init(.new, "ew", " "), .init(.viewLog, "iew log"),
        in: .configHub)
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
      ? ["Import complete. Look at it again with:", "", "  \(look.program) --status"]
      : ["Session saved. You can resume later with:", "", "  \(look.program) --resume"]
    return first + ["", "Or start fresh:", "", "  \(look.program) --new"]
  }
}
