import TerminalText
import Wizard

/// Whether the sessions of an organisation are kept in ConfigHub, too: what would go up, and who sees
/// it.
enum SyncLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .rows,
    [
      KeyHandler(.syncOn) { $0.answerSync(true) },
      KeyHandler(.syncOff) { $0.answerSync(false) },
      KeyHandler(.sync) { $0.takeOff(.sync) },
      KeyHandler(.closeView) { $0.takeOff(.sync) },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let lines = words(context.state).flatMap { wrapped($0, to: canvas.textWidth) }
    canvas.text(lines, context, rows: rows)
  }

  /// What has to be known before it is answered.
  static func words(_ state: WizardState) -> [Line] {
    let organization = state.organization ?? "this organisation"
    var lines = [
      Line("Keep sessions of \(organization) in ConfigHub, too?", Style(bold: true)), Line(),
      Line(
        "Then you can go on with them on another machine, and nothing is lost with this one."),
      Line(), Line("What goes up, to Space \(state.syncSpace), after each step:"),
      Line("- what was scanned and chosen: names, kinds, namespaces, images and owners"),
      Line("- what was proposed and what became of it: units, Spaces, worker and target"),
      Line("- who drives it: \(state.session.hub?.user ?? "your user"), and this machine's name"),
      Line("- at the end, or when it fails, the log of the run"),
      Line(
        "Never: Secrets, manifests, what the log hides, other people's addresses of e-mail, paths "
          + "and programs of this machine."),
      Line(), Line("Nothing in that Space is ever delivered."), Line(),
      .warning(
        "It is yours, but not secret: members of \(organization) whose role may view everything "
          + "see it, too."),
      Line(),
    ]
    lines.append(
      Line(
        .init(.syncOn, " Keep them there, too", "    "), .init(.syncOff, " Only here"),
        in: .layer(.sync)))
    return lines
  }
}

extension KeyHandler {
  /// Asks about it, wherever it is known who is signed in.
  static let sync = KeyHandler(
    .sync, isOffered: { state, _ in state.offersSync }
  ) { press in
    if let obstacle = press.state.syncObstacle { return press.say(obstacle) }
    guard press.state.organization != nil, !press.state.answers.run.dryRun else {
      return press.say("That is asked once you are signed in to ConfigHub.")
    }
    press.ui.push(.sync)
    return .nothing
  }
}

extension KeyPress {
  fileprivate mutating func answerSync(_ isOn: Bool) -> Intent {
    ui.takeOff(.sync)
    return .event(.setSync(isOn))
  }

  /// Asked for twice: it is somebody else's at the moment.
  mutating func takeOver() -> Intent {
    if screen == .teamSession { return takeTeamSession() }
    guard state.otherHolder != nil else { return .event(.takeOver) }
    guard ui.isTakeOverArmed else {
      ui.isTakeOverArmed = true
      return say("\(state.takeOverQuestion) \(ui.speech.twice(.takeOver, "takes it over"))")
    }
    ui.isTakeOverArmed = false
    return .event(.takeOver)
  }
}
