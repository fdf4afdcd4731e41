import TerminalText
import Wizard

extension Page {
  /// What a unit would become, against what ConfigHub has.
  static func comparison(_ slug: String, _ differences: [UnitPreview.Difference]) -> Page {
    var page = Page(title: "Unit \(slug), and what ConfigHub has under this name")
    page.intro = [Line("- only ConfigHub has, + would be written. esc goes back.")]
    page.rows = differences.enumerated().map { index, line in
      switch line.sort {
      case .both: Row(id: .text(index), cells: ["  \(line.text)"])
      case .onlyInConfigHub:
        Row(id: .text(index), cells: ["- \(line.text)"], style: Style(.bad))
      case .onlyHere: Row(id: .text(index), cells: ["+ \(line.text)"], style: Style(.good))
      }
    }
    page.firstCursor = differences.firstIndex { $0.sort != .both } ?? 0
    if differences.allSatisfy({ $0.sort == .both }) {
      page.outro = [.warning("They differ only in what is not shown here, or in blanks.")]
    }
    page.margin = 2
    return page
  }

  /// The row on which all that differ are decided at once.
  static func undecided(_ state: WizardState) -> [Row] {
    let count = state.undecidedCount
    guard count > 0 else { return [] }
    let words =
      count == 1
      ? "1 unit has to be decided: K, U or e on its row" : "All \(count) that have to be decided"
    return [Row(id: .conflicts, mark: .warning, cells: [words])]
  }

  static func words(of plan: UnitCounts, _ objects: Int) -> String {
    plan.isOfCreationsOnly
      ? "\(plan.words), \(plural(objects, "object")) in all" : plan.compared
  }

  static func words(of outlook: Outlook) -> (Row.Mark?, String) {
    switch outlook {
    case .differs(nil): (.warning, "differs")
    case .differs(.skip): (nil, "differs, and stays as ConfigHub has it")
    case .differs(.update): (.warning, "differs, and is replaced")
    case .notCompared(let reason): (.warning, "not compared: \(reason)")
    case .comparing: (.current, outlook.planWord)
    case .create, .unchanged, .unfinished, .settled: (nil, outlook.planWord)
    }
  }
}

/// `K` and `U` on the row of a unit that differs, or on the row of all that do.
func resolve(_ action: Action, _ sight: Sight, _ ui: inout ViewState) -> Intent {
  guard let row = sight.row?.id, row.isDecidable else {
    ui.notice = "Move to a unit first."
    return .nothing
  }
  if action == .update, !ui.armed.contains(row) {
    ui.armed.insert(row)
    ui.notice = "U again replaces what ConfigHub has; any other key keeps it."
    return .nothing
  }
  ui.armed.remove(row)
  if case .unit(let id) = row {
    return .event(.resolve(unit: id, action == .update ? .update : .skip))
  }
  return .event(.resolveAll(action == .update ? .update : .skip))
}

extension Row.ID {
  fileprivate var isDecidable: Bool {
    switch self {
    case .unit, .conflicts: true
    default: false
    }
  }
}
