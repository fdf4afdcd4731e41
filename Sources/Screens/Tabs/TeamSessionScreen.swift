import TerminalText
import Wizard

/// One of the sessions that ConfigHub keeps: all that is told of it, and its log once that was read.
enum TeamSessionScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .rows, .shifting, .searching, [KeyHandler(.closeView) { $0.leaveTeamSession() }])

  static let foremost: KeyValuePairs<Action, String> = [.takeOver: "take over", .viewLog: "log"]

  static let isView = true

  static let plain = PlainAnswers.goOn

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? { nil }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let session = ui.openTeamSession.flatMap(state.teamSession) else {
      return Page(empty: "It is not in the list any more.")
    }
    func age(_ moment: Timestamp?) -> String { Age(since: moment, at: state.now).words }
    var page = Page(title: "Session \(session.slug)")
    let facts = [
      ("User", session.shownUser), ("Cluster", session.shownCluster),
      ("Step", session.stepWords ?? "unknown"),
      ("Workloads", session.workloads?.words ?? "not scanned yet"),
      ("Started", age(session.startedAt)),
      ("Held by", "\(session.holderWords), saved \(age(session.savedAt))"),
    ]
    page.intro = facts.map { Line(fact: $0, $1) }
    page.intro.append(
      Line("V reads its log; T takes it over and goes on with it here.").onlyOnScreen)
    page.margin = 0
    page.plain.isVerbatim = true
    if let log = state.teamLog, log.slug == session.slug {
      page.rows = Rows(count: log.lines.count) { number in
        Row(id: .text(number), cells: [LogLine.shown(log.lines[number], in: ui.zone)])
      }
      page.firstCursor = max(0, page.rows.count - 1)
    } else if state.isReadingTeamLog {
      page.empty = "Reading its log…"
    }
    return page
  }
}

extension WizardState {
  func teamSession(_ slug: String) -> TeamSession? { team?.first { $0.slug == slug } }
}

extension KeyPress {
  /// Asked for twice: it is somebody else's at the moment, and the open session is left for it.
  mutating func takeTeamSession() -> Intent {
    guard let session = ui.openTeamSession.flatMap(state.teamSession) else {
      return say("It is not in the list any more.")
    }
    guard ui.isTakeOverArmed else {
      ui.isTakeOverArmed = true
      let age = Age(since: session.savedAt, at: state.now)
      return say(
        "It is held by \(session.holderWords), saved \(age.words). "
          + ui.speech.twice(.takeOver, "saves this session and goes on with that one"))
    }
    ui.isTakeOverArmed = false
    ui.closeSession()
    ui.tab = .importing
    return .event(.takeArrival(session.slug, context: nil))
  }

  fileprivate mutating func leaveTeamSession() -> Intent {
    guard let open = ui.openTeamSession else { return leaveTab() }
    ui.closeSession()
    // The cursor goes back to where it was.
    ui.positions[.screen(.configHub)] = .init(row: .arrival(open))
    return .nothing
  }
}
