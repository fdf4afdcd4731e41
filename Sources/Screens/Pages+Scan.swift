import TerminalText
import Wizard

extension Page {
  static func contexts(_ state: WizardState) -> Page {
    var page = Page(title: "Which cluster?")
    page.intro = [Line("Contexts of the kubeconfig; nothing is sent before enter.")]
    page.heads = ["CONTEXT", "SERVER"]
    let contexts = state.contexts ?? []
    page.rows = contexts.map { context in
      Row(
        id: .context(context.name), mark: context.name == state.currentContext ? .current : nil,
        cells: [context.name, context.server ?? ""])
    }
    for context in contexts {
      guard let plugin = context.credentialPlugin else { continue }
      page.detail[.context(context.name)] = [
        .warning("To sign in, this context runs a program:"), Line(plugin),
      ]
    }
    page.isDetailVital = true
    page.firstCursor = contexts.firstIndex { $0.name == state.currentContext } ?? 0
    page.empty =
      state.contexts == nil
      ? "Reading the kubeconfig…" : "The kubeconfig has no contexts; r reads it again."
    return page
  }

  static func namespaces(_ state: WizardState) -> Page {
    let scope = state.session.scope
    var page = Page(title: "Which namespaces of \(scope.context)?")
    page.intro = [
      Line(
        scope.allNamespaces
          ? "All namespaces, without the cluster's own; enter scans."
          : state.namespaces?.isEmpty == true
            ? "Named: \(scope.namespaces.joined(separator: ", ")); enter scans."
            : "\(scope.namespaces.count) chosen; space chooses one, a all shown, enter scans.")
    ]
    if !scope.allNamespaces, scope.namespaces.isEmpty, state.namespaces?.isEmpty == true {
      page.intro = [Line("Leave with q, and name some: --namespace NS.")]
    }
    page.rows = (state.namespaces ?? []).map { name in
      let isChosen =
        scope.allNamespaces
        ? !ScanScope.systemNamespaces.contains(name) && !scope.excluded.contains(name)
        : scope.namespaces.contains(name)
      let isSystem = ScanScope.systemNamespaces.contains(name)
      return Row(
        id: .namespace(name), mark: isChosen ? .chosen : .unchosen,
        cells: [name, isSystem ? "the cluster's own" : ""],
        style: isSystem ? Style(.muted) : .plain)
    }
    page.firstCursor = page.rows.firstIndex { $0.style == .plain } ?? 0
    page.empty =
      state.namespaces == nil
      ? "Reading the namespaces…"
      : "The namespaces cannot be listed" + (state.namespacesProblem.map { ": \($0)" } ?? ".")
    return page
  }

  /// What has been read so far, and what was found in it.
  static func scanning(_ state: WizardState, _ ui: ViewState) -> Page {
    var page = Page(title: "Scanning \(state.session.scope.context)")
    let found = state.arriving.count
    if found > 0 { page.title += ": \(plural(found, "workload")) so far" }
    page.intro = [Line(pace(state)), .muted("Nothing is changed. esc stops it.")]
    page.meters = state.scanProgress.values.sorted { $0.resource < $1.resource }
    takeList(&page, ui, canChoose: false)
    page.empty = found > 0 ? nil : "No workloads yet."
    return page
  }

  /// How long, how much, how fast.
  private static func pace(_ state: WizardState) -> String {
    let scan = state.running.values.first {
      if case .cluster(.scan) = $0.work { true } else { false }
    }
    let seconds = scan.map { max(0, state.now.seconds(since: $0.since)) } ?? 0
    let read = state.scanProgress.values.reduce(0) { $0 + $1.read }
    var words = "\(seconds) s, \(plural(read, "object")) read"
    if seconds > 0, read > 0 { words += ", \(read / Int(seconds)) a second" }
    return words
  }
}

extension String {
  func padding(_ columns: Int) -> String { padded(self, to: columns) }
}
