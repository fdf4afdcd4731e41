import TerminalText
import Wizard

extension ConfirmScreen {
  /// Beside the rows: what a unit holds, its YAML, and how it differs from what ConfigHub has.
  static func showInPane(_ page: inout Page, _ state: WizardState, _ ui: ViewState) {
    page.paneContents = [.details, .yaml, .difference, .log]
    page.aboutInPane = { row in
      guard let unit = ui.units.unit(of: row) else { return [] }
      return [Line(unit.name, Style(bold: true))] + about(unit, state, ui.speech) + unit.memberLines
    }
    page.subject = { row, content in
      guard let unit = ui.units.unit(of: row) else { return nil }
      if content == .yaml { return .read(.unit(unit)) }
      let isThere = state.listed(unit) != nil || state.conflicts[unit.id] != nil
      guard isThere else { return .told(.muted("ConfigHub has no unit \(unit.slug): all is new.")) }
      return .read(.difference(unit))
    }
  }
}
