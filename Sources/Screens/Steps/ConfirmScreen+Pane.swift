import TerminalText
import Wizard

extension ConfirmScreen {
  /// Beside the rows: what a unit holds, its YAML, and how it differs from what ConfigHub has.
  static func showInPane(_ page: inout Page, _ state: WizardState, _ ui: ViewState) {
    let units = state.session.proposal?.units ?? []
    page.paneContents = [.details, .yaml, .difference, .log]
    page.aboutInPane = { row in
      guard let place = ui.units.place(of: row) else { return [] }
      let unit = units[place]
      return [Line(unit.name, Style(bold: true))] + about(unit, state, ui.speech)
        + unit.members.map { Line("\($0.kind) \($0.name)") }
    }
    page.subject = { row, content in
      guard let place = ui.units.place(of: row) else { return nil }
      let unit = units[place]
      if content == .yaml { return .read(.unit(unit)) }
      let isThere = state.listed(unit) != nil || state.conflicts[unit.id] != nil
      guard isThere else { return .told(.muted("ConfigHub has no unit \(unit.slug): all is new.")) }
      return .read(.difference(unit))
    }
  }
}
