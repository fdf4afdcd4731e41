import Wizard

/// Step 1: which cluster.
enum ContextsScreen: Screen {
  static let keys: [KeyHandler] = KeyHandler.all(
    .step, .retry, .rows, .filter,
    [
      KeyHandler(.goOn) { press in
        guard case .context(let name) = press.row?.id else { return .event(.goOn) }
        return .event(.chooseContext(name))
      }
    ])

  static let plain = PlainAnswers(emptyLine: .takeFirst(isReady: false), numbers: .take) { _ in
    "Number of the context, enter for the current one, or ? "
  }

  static func enterWord(_ row: Row.ID?, _ state: WizardState) -> String? {
    row == nil ? nil : "choose"
  }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page(title: "Which cluster?")
    page.intro = [Line("Contexts of the kubeconfig; nothing is sent before enter.")]
    page.columns = [Column("CONTEXT"), Column("SERVER")]
    let contexts = state.contexts ?? []
    page.rows = Rows(
      contexts.map { context in
        Row(
          id: .context(context.name), mark: context.name == state.currentContext ? .current : nil,
          cells: [context.name, context.server ?? ""])
      })
    if contexts.contains(where: { $0.credentialPlugin != nil }) {
      page.about = { signIn(to: $0, contexts) }
    }
    page.isDetailVital = true
    page.firstCursor = contexts.firstIndex { $0.name == state.currentContext } ?? 0
    page.empty =
      state.contexts == nil
      ? "Reading the kubeconfig…"
      : ui.speech.told("The kubeconfig has no contexts.", [Way(.retry, "reads it again")])
    page.plain.current = "current"
    return page
  }

  /// The program that the context of a row has kubectl run to sign in; none for most.
  static func signIn(to row: Row.ID, _ contexts: [ContextChoice]) -> [Line] {
    guard case .context(let name) = row,
      let plugin = contexts.first(where: { $0.name == name })?.credentialPlugin
    else { return [] }
    return [.warning("To sign in, this context runs a program:"), Line(plugin)]
  }
}
