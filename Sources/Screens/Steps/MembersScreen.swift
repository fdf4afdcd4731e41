import TerminalText
import Wizard

/// Step 3: what one unit holds, object by object.
enum MembersScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .omissions, .rows, .filter, .history, .preview, .marking,
    [
      KeyHandler(.close) { $0.closeUnit() },
      KeyHandler(.closeView) { press in
        press.showAll() || press.unmark() ? .nothing : press.closeUnit()
      },
      KeyHandler(.move) { press in
        let members = press.meant.compactMap(\.member)
        guard let unit = press.ui.openUnit, !members.isEmpty else {
          return press.say("Move to an object first.")
        }
        return press.pickMoveTarget(members, of: unit)
      },
    ])

  static let isView = true

  static let foremost: KeyValuePairs<Action, String> = [
    .move: "move", .mark: "mark", .preview: "preview",
  ]

  static let plain = PlainAnswers(emptyLine: .press(.close), numbers: .show) { _ in
    "enter to go on, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    guard let unit = ui.units.unit(of: ui.openUnit.map(Row.ID.unit)) else {
      return Page(empty: "There is no such unit.")
    }
    let marked = ui.markedWords(on: .members)
    var page = Page(
      title: "Unit \(unit.name) holds \(plural(unit.members.count, "object"))\(marked)")
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
          id: .member($0), isMarked: ui.marks.has(.member($0), on: .members),
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
