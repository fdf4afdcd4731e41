import Wizard

/// Before a session is opened: those that ConfigHub keeps of this user, from other machines; and for the
/// one that is taken, which context leads to its cluster.
enum ArrivalsScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .rows,
    [
      KeyHandler(.goOn) { press in
        switch press.row?.id {
        case .arrival(let slug): .event(.takeArrival(slug, context: nil))
        case .context(let name):
          press.state.placing.map { .event(.takeArrival($0, context: name)) } ?? .nothing
        default: press.say("Move to a session.")
        }
      },
      KeyHandler(.new, isOffered: { state, _ in state.stage != .working }) { press in
        press.state.stage == .working
          ? press.say("Choose a context, or go back with esc.") : .event(.startNew)
      },
      KeyHandler(.escape, sends: .showArrivals(false)),
    ])

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    row == nil ? nil : "resume"
  }

  static let plain = PlainAnswers(
    emptyLine: .refuse("Answer with a number, or new."), numbers: .take
  ) { state in
    state.placing == nil
      ? "Number of the session, new, or ? " : "Number of the context, stop to go back, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    if let contexts = state.contextsToPlace { return places(contexts, state) }
    var page = Page(title: "Sessions of yours that are not on this machine")
    page.intro = [
      Line("ConfigHub keeps them. Enter takes one over and goes on with it here.").onlyOnScreen
    ]
    page.columns = [Column("CLUSTER"), Column("STEP"), Column("SAVED"), Column("DRIVEN BY")]
    page.rows = Rows(
      (state.arrivals ?? []).map { arrival in
        Row(
          id: .arrival(arrival.slug),
          cells: [
            arrival.cluster ?? "", arrival.step ?? "",
            Age(since: arrival.savedAt, at: state.now).words,
            arrival.holder?.words ?? arrival.handedTo.map { "handed to \($0)" } ?? "nobody",
          ])
      })
    return page
  }

  private static func places(_ contexts: [ContextChoice], _ state: WizardState) -> Page {
    let arrival = state.placing.flatMap(state.arrival)
    var page = Page(title: "Which context of this machine leads to its cluster?")
    page.intro = [
      Line(
        "The session calls it \(arrival?.cluster ?? "nothing"). Whether it is the same cluster is "
          + "checked before anything else.")
    ]
    page.columns = [Column("CONTEXT"), Column("SERVER")]
    page.rows = Rows(
      contexts.map { Row(id: .context($0.name), cells: [$0.name, $0.server ?? ""]) })
    page.about = { ContextsScreen.signIn(to: $0, contexts) }
    page.isDetailVital = true
    return page
  }
}
