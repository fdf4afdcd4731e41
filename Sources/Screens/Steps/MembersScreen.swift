import TerminalText
import Wizard

/// Step 3: what one unit holds, object by object.
enum MembersScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .omissions, .rows, .filter, .history, .preview,
    [
      KeyHandler(.close) { $0.closeUnit() },
      KeyHandler(.closeView) { press in press.showAll() ? .nothing : press.closeUnit() },
      KeyHandler(.move) { press in
        guard case .member(let member) = press.row?.id else {
          return press.say("Move to a unit first.")
        }
        return press.ui.openUnit.map { press.edit(.move(member, of: $0)) } ?? .nothing
      },
    ])

  static let isView = true

  static let foremost: KeyValuePairs<Action, String> = [.move: "move", .preview: "preview"]

  static let plain = PlainAnswers(emptyLine: .press(.close), numbers: .show) { _ in
    "enter to go on, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let unit = state.session.proposal?.units.first { $0.id == ui.openUnit }
    guard let unit else { return Page(empty: "There is no such unit.") }
    var page = Page(title: "Unit \(unit.name) holds \(plural(unit.members.count, "object"))")
    page.intro = [
      Line("m moves one to another unit, or a new one; esc goes back.").onlyOnScreen
    ]
    page.columns = [
      Column("KIND"), Column("NAME"), Column("NAMESPACE"), Column("WHY", rank: 1),
    ]
    let reasons = state.session.scan?.reasons ?? [:]
    page.rows = Rows(
      unit.members.map {
        Row(
          id: .member($0),
          cells: [$0.kind, $0.name, $0.namespace ?? "", reasons[$0] ?? $0.usualReason ?? ""])
      })
    return page
  }
}

extension KeyPress {
  fileprivate mutating func closeUnit() -> Intent {
    ui.openUnit = nil
    return .nothing
  }
}
