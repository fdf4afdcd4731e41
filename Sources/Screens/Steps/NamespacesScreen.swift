import TerminalText
import Wizard

/// Step 1: which namespaces.
enum NamespacesScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .goOn, .retry, .rows, .filter, .choosing, .history,
    [KeyHandler(.editNamespace) { $0.edit(.namespace) }])

  static let foremost: KeyValuePairs<Action, String> = [
    .choose: "choose", .chooseShown: "all shown", .editNamespace: "name one",
  ]

  static let plain = PlainAnswers(numbers: .choose) { _ in
    "Numbers to choose, enter to scan, or ? "
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    let scope = state.session.scope
    var page = Page(title: "Which namespaces of \(scope.context)?")
    page.intro = [Line(chosen(state))]
    if !scope.allNamespaces, scope.namespaces.isEmpty, state.namespaces?.isEmpty == true {
      page.intro = [Line(ui.speech.name(of: .nameNamespace).map { "\($0) names one." } ?? "")]
    }
    page.intro += scope.restriction.map { [.warning("Only what \($0) asks for is read.")] } ?? []
    let rows = (state.namespaces ?? []).map { name in
      let isSystem = ScanScope.systemNamespaces.contains(name)
      let isChosen =
        scope.allNamespaces
        ? !isSystem && !scope.excluded.contains(name) : scope.namespaces.contains(name)
      return Row(
        id: .namespace(name), mark: isChosen ? .chosen : .unchosen,
        cells: [name, isSystem ? "system namespace" : ""],
        style: isSystem ? Style(.muted) : .plain)
    }
    page.rows = Rows(rows)
    page.firstCursor = rows.firstIndex { $0.style == .plain } ?? 0
    page.empty =
      state.namespaces == nil
      ? "Reading the namespaces…"
      : "The namespaces cannot be listed" + (state.namespacesProblem.map { ": \($0)" } ?? ".")
    let count = rows.count { $0.mark == .chosen }
    page.plain.intro = rows.isEmpty ? [] : ["\(count) of \(rows.count) chosen."]
    return page
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    let scope = state.session.scope
    return scope.allNamespaces || !scope.namespaces.isEmpty ? "scan" : nil
  }

  private static func chosen(_ state: WizardState) -> String {
    let scope = state.session.scope
    if scope.allNamespaces {
      return "All but system namespaces; space leaves one out, enter scans."
    }
    if state.namespaces?.isEmpty != false, !scope.namespaces.isEmpty {
      return "Named: \(scope.namespaces.joined(separator: ", ")); enter scans, e names another."
    }
    return "\(scope.namespaces.count) chosen; space chooses one, a all shown, enter scans."
  }
}
