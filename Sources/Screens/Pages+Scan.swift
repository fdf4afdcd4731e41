import TerminalText
import Wizard

extension Page {
  static func contexts(_ state: WizardState) -> Page {
    var page = Page(title: "Which cluster?")
    page.intro = [Line("The contexts of your kubeconfig. Nothing reaches a cluster before enter.")]
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
        .warning("This context runs a program for credentials:"), Line(plugin),
      ]
    }
    page.firstCursor = contexts.firstIndex { $0.name == state.currentContext } ?? 0
    page.empty =
      state.contexts == nil ? "Reading the kubeconfig…" : "The kubeconfig has no contexts."
    return page
  }

  static func namespaces(_ state: WizardState) -> Page {
    let scope = state.session.scope
    var page = Page(title: "Which namespaces of \(scope.context)?")
    page.intro = [
      Line(
        scope.allNamespaces
          ? "All namespaces, without the cluster's own."
          : "\(scope.namespaces.count) chosen. Space chooses one, a all that are shown.")
    ]
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
      ? "Reading the namespaces…" : "The namespaces cannot be listed; those named are used."
    return page
  }

  static func scanning(_ state: WizardState) -> Page {
    var page = Page(title: "Scanning \(state.session.scope.context)")
    page.intro = [
      Line("Reading what runs there. Nothing is changed. esc stops it."),
      Line(),
    ]
    page.intro += state.scanProgress.values.sorted { $0.resource < $1.resource }.map { progress in
      let count = progress.total.map { "\(progress.read)/\($0)" } ?? "\(progress.read)"
      return Line([
        ("  " + progress.resource.padding(24), .plain), (count, Style(.accent)),
      ])
    }
    return page
  }

  static func review(_ state: WizardState) -> Page {
    let scan = state.session.scan
    let workloads = scan?.workloads ?? []
    var page = Page(title: "\(plural(scan?.detected ?? 0, "workload")) found")
    page.intro = [ownersLine(scan)]
    if let gaps = scan?.leftOut.filter(\.isGap), !gaps.isEmpty {
      let what = gaps.map { "\($0.what) (\($0.why))" }.joined(separator: "; ")
      page.intro.append(.warning("Partial scan, not read: \(what)"))
    }
    let contested = state.contested
    if !contested.isEmpty {
      page.intro.append(
        .warning(
          "\(plural(contested.count, "chosen workload")) \(contested.count == 1 ? "is" : "are") "
            + "still owned by \(tools(of: contested)), which will undo changes made elsewhere."))
    }
    page.heads = ["WORKLOAD", "NAMESPACE", "KIND", "OWNER", "READY"]
    page.rows = workloads.map { row($0, state) }
    for workload in workloads { page.detail[.workload(workload.key)] = detail(workload) }
    page.empty = "No workloads in \(scan?.namespaces.joined(separator: ", ") ?? "")."
    page.outro = [
      Line("\(state.session.selected.count) of \(workloads.count) chosen for import.")
    ]
    return page
  }

  static func cluster(_ state: WizardState) -> Page {
    var state = state
    state.session = state.shownSession
    var page = review(state)
    page.rows = page.rows.map {
      var row = $0
      row.mark = nil
      return row
    }
    page.outro = []
    if let scan = state.session.scan {
      page.outro = scan.leftOut.prefix(3).map { .muted("Left out: \($0.what) (\($0.why))") }
      page.title += " in \(state.session.cluster.context)"
    } else {
      page.title = "No cluster was scanned yet"
      page.intro = []
      page.empty = "The import's first step scans one."
    }
    return page
  }

  private static func row(_ workload: Workload, _ state: WizardState) -> Row {
    let isFixed = workload.owner.tool == .controller || workload.owner.tool == .configHub
    let owner = [workload.owner.tool.rawValue, workload.owner.name].compactMap { $0 }
    return Row(
      id: .workload(workload.key),
      mark: isFixed ? .fixed : state.isSelected(workload.key) ? .chosen : .unchosen,
      cells: [
        workload.key.name, workload.key.namespace, workload.key.kind?.rawValue ?? "",
        owner.joined(separator: " "), workload.isReady ? "yes" : "no",
      ],
      style: isFixed ? Style(.muted) : workload.isReady ? .plain : Style(.warning))
  }

  static func ownersLine(_ scan: ScanResult?) -> Line {
    let owners = (scan?.owners ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return Line(owners.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  static func tools(of workloads: [Workload]) -> String {
    Set(workloads.map(\.owner.tool.rawValue)).sorted().joined(separator: " and ")
  }

  private static func detail(_ workload: Workload) -> [Line] {
    var lines = [Line(workload.key.name, Style(bold: true))]
    let owner = workload.owner
    lines.append(Line("Owner: \(owner.tool.rawValue) \(owner.name ?? "")"))
    if let source = owner.source {
      lines.append(.muted("  by \(source) (\(owner.confidence.rawValue))"))
    }
    if let reason = workload.reason { lines.append(.warning("Not ready: \(reason)")) }
    lines += workload.belongings.map { Line("+ \($0.kind) \($0.name)") }
    lines += workload.secrets.map { .muted("- Secret \($0) (never read)") }
    return lines
  }
}

extension String {
  func padding(_ columns: Int) -> String { padded(self, to: columns) }
}
