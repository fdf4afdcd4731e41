import TerminalText
import Wizard

/// Step 3: what is in no unit, to be taken back.
enum LeftOutScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .omissions, .rows, .filter, .history, .marking,
    [
      KeyHandler(.goOn) { press in
        press.onUnits { press, units in
          let event = Event.takeBack(units: units)
          return press.refusal(of: event).map { press.say($0) } ?? .event(event)
        }
      },
      KeyHandler(.closeView) { press in
        if !press.showAll(), !press.unmark() { press.ui.isLeftOutShown = false }
        return .nothing
      },
    ])

  static let isView = true

  static let foremost: KeyValuePairs<Action, String> = [.mark: "mark", .markShown: "mark all"]

  static let plain = PlainAnswers(emptyLine: .press(.closeView), numbers: .takeSeveral) { _ in
    "numbers to take back, enter to close, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    row == nil ? nil : "take back"
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let leftOut = ui.leftOut
    var page = Page(
      title: "Left out: \(plural(leftOut.all.count, "unit"))\(ui.markedWords(on: .leftOutUnits))",
      empty: "All that may be imported is in a unit.")
    page.intro = [
      Line("enter takes one back, or all that are marked; esc goes back to the units.").onlyOnScreen
    ]
    page.columns = [
      Column("UNIT"), Column("HOLDS"), Column("FROM", rank: 1), Column("WHY"),
    ]
    page.rows = Rows(count: leftOut.all.count) { number in
      let (unit, why) = (leftOut.all[number].unit, leftOut.all[number].why)
      return Row(
        id: .unit(unit.id), isMarked: ui.marks.has(.unit(unit.id), on: .leftOutUnits),
        cells: [unit.name, plural(unit.members.count, "object"), unit.id.namespace, why])
    }
    page.about = { row in
      guard let place = row.unit.flatMap({ leftOut.places[$0] }) else { return [] }
      return leftOut.all[place].unit.memberLines
    }
    return page
  }
}
