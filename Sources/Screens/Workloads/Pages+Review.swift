import TerminalText
import Wizard

extension Page {
  static func review(_ state: WizardState, _ ui: ViewState) -> Page {
    let scan = state.session.scan
    var page = Page()
    let found = plural(scan?.detected ?? 0, "workload")
    page.title = "\(found), \(ui.list.chosenCount) chosen, \(scanned(state))"
    page.intro = [ownersLine(scan)] + partialLine(scan)
    let contested = ui.list.contested.filter { $0.value > 0 }
    let contest = contested.values.reduce(0, +)
    if contest > 0 {
      let tools = contested.keys.map(\.rawValue).sorted().joined(separator: " and ")
      page.intro.append(
        .warning(
          "\(plural(contest, "chosen workload")) \(contest == 1 ? "is" : "are") "
            + "still owned by \(tools), which will undo changes made elsewhere."))
    }
    page.intro += changesLine(state.changes)
    takeList(&page, ui, canChoose: true)
    page.about = { about($0, state, ui.list) }
    if ui.list.count == 0 {
      page.empty =
        "No workloads in \(scan?.namespaces.joined(separator: ", ") ?? ""). "
        + "backspace leads back to the namespaces."
    }
    return page
  }

  static func cluster(_ state: WizardState, _ ui: ViewState) -> Page {
    var state = state
    state.session = state.shownSession
    guard let scan = state.session.scan else {
      let isRunning = state.step == .scan && state.phase == .scanning
      return Page(
        title: "No cluster was scanned yet",
        empty: isRunning
          ? "It is being scanned now; 3 shows how far that is."
          : "The first step of the import scans one; 3 leads there.")
    }
    var page = Page()
    page.title = "\(plural(scan.detected, "workload")), \(scanned(state))"
    page.intro = [ownersLine(scan)] + partialLine(scan) + changesLine(state.changes)
    takeList(&page, ui, canChoose: false)
    page.about = { about($0, state, ui.list) }
    let leftOut = scan.leftOut.filter { !$0.isGap }
    if !leftOut.isEmpty {
      page.outro = [
        .muted("Left out on purpose: \(plural(leftOut.count, "thing")); l lists them.")
      ]
    }
    if ui.list.count == 0 {
      page.empty =
        scan.detected > 0
        ? "They can be looked at once the session is resumed." : "No workloads are known."
    }
    return page
  }

  /// Takes the rows of the list of workloads.
  static func takeList(_ page: inout Page, _ ui: ViewState, canChoose: Bool) {
    let list = ui.list
    let showsImages = list.arrangement.columns == .images
    page.heads =
      ["WORKLOAD", "NAMESPACE", "KIND", "OWNER", "READY"] + (list.hasChanges ? ["CHANGE"] : [])
      + (showsImages ? ["IMAGES"] : [])
    let widths = list.index.widths
    page.widths =
      Array(widths[..<4]) + [5] + (list.hasChanges ? [7] : []) + (showsImages ? [widths[4]] : [])
    if list.isGrouped { page.widths?[0] += 2 }
    switch ui.list.grouping {
    case .namespace: page.hiddenColumns = [1]
    case .owner: page.hiddenColumns = [3]
    case .application, .none: break
    }
    if list.arrangement.columns == .names { page.hiddenColumns.formUnion([2, 4]) }
    page.spareColumns = showsImages ? [2, 4] : [2]
    // An image ends with its tag.
    page.endsWithProse = !showsImages
    page.list = Rows(count: list.items.count) { list.row($0, canChoose: canChoose) }
    page.listed = list.count
    if let problem = list.filter.problem { page.empty = problem }
  }

  private static func scanned(_ state: WizardState) -> String {
    guard let moment = state.session.scan?.scannedAt else { return "scanned at an unknown time" }
    let isAgain = state.running.values.contains {
      if case .cluster(.scan) = $0.work { state.step == .review } else { false }
    }
    return "scanned \(Age(since: moment, at: state.now).words)\(isAgain ? ", reading again" : "")"
  }

  static func ownersLine(_ scan: ScanResult?) -> Line {
    let owners = (scan?.owners ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return Line(owners.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  private static func partialLine(_ scan: ScanResult?) -> [Line] {
    let gaps = scan?.leftOut.filter(\.isGap) ?? []
    guard let first = gaps.first else { return [] }
    let rest = gaps.count > 1 ? " and \(gaps.count - 1) more" : ""
    return [.warning("Partial scan, l lists all not read: \(first.what) (\(first.why))\(rest)")]
  }

  private static func changesLine(_ changes: ScanChanges?) -> [Line] {
    guard let changes else { return [] }
    guard !changes.isEmpty else { return [Line("Since the scan before: nothing has changed.")] }
    let counts = [
      (changes.new.count, "new"), (changes.changed.count, "changed"), (changes.gone.count, "gone"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return [Line("Since the scan before: \(counts.joined(separator: ", ")).", Style(.accent))]
  }

  private static func about(_ id: Row.ID, _ state: WizardState, _ list: WorkloadList) -> [Line] {
    switch id {
    case .workload(let key): return Details(key, state).lines
    case .group(let name):
      guard let group = list.groups.first(where: { $0.name == name }) else { return [] }
      return [
        Line(name, Style(bold: true)), Line(plural(group.range.count, "workload")),
        Line("\(group.chosen) of \(group.choosable) chosen"),
        .muted("space chooses all, left and right fold"),
      ]
    default: return []
    }
  }
}

extension WorkloadList {
  var hasChanges: Bool { changeCount > 0 }

  /// The row for a line of the list.
  func row(_ number: Int, canChoose: Bool) -> Row {
    switch items[number] {
    case .group(let index):
      let group = groups[index]
      let mark: Row.Mark =
        group.choosable == 0
        ? .fixed
        : group.chosen == 0
          ? .unchosen : group.chosen < group.choosable ? .partlyChosen : .chosen
      var text = "\(group.name)  \(plural(group.range.count, "workload"))"
      if canChoose, group.chosen > 0 { text += ", \(group.chosen) chosen" }
      return Row(
        id: .group(group.name), mark: canChoose ? mark : nil, cells: [text],
        style: Style(bold: true), fold: isFolded(group) ? .folded : .unfolded)
    case .workload(let index): return workloadRow(index, canChoose: canChoose)
    }
  }

  private func workloadRow(_ index: Int, canChoose: Bool) -> Row {
    let key = source.key(of: index)
    let indent = isGrouped ? "  " : ""
    var cells = [indent + key.name, key.namespace, key.kind?.rawValue ?? ""]
    guard let workload = source.workload(index) else {
      cells += ["", "", "gone"]
      return Row(
        id: .workload(key), mark: canChoose ? .fixed : nil, cells: cells, style: Style(.muted))
    }
    cells += [
      workload.owner.title + (workload.otherOwners.isEmpty ? "" : " +"),
      workload.isReady ? "yes" : "no",
    ]
    if hasChanges { cells.append(change(of: key) ?? "") }
    if arrangement.columns == .images { cells.append(workload.imageNames) }
    let mark: Row.Mark =
      !workload.isChoosable ? .fixed : chosen[index] ? .chosen : .unchosen
    return Row(
      id: .workload(key), mark: canChoose ? mark : nil, cells: cells,
      style: !workload.isChoosable
        ? Style(.muted) : workload.isReady ? .plain : Style(.warning))
  }
}

extension Workload {
  /// Its images without the registries, whose names say little and take the room.
  var imageNames: String {
    images.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: " ")
  }
}
