import TerminalText
import Wizard

// What the pages with a list of workloads have in common.

extension Page {
  /// Takes the rows of the list.
  mutating func show(
    _ list: WorkloadList, canChoose: Bool, canArrange: Bool, at now: Timestamp
  ) {
    columns = list.columns(canArrange: canArrange)
    rows = Rows(count: list.items.count) { list.row($0, canChoose: canChoose, at: now) }
    workloadCount = list.count
  }

  /// Lets a pane stand beside the list, with what is known of the workload, and its YAML.
  mutating func showInPane(_ list: WorkloadList, _ state: WizardState) {
    about = { list.detail(of: $0, state) }
    paneContents = [.details, .yaml, .log]
    subject = { row, _ in
      guard case .workload(let key) = row, let reference = WorkloadDetails(key, state).reference
      else { return nil }
      return .read(.object(reference))
    }
  }
}

extension WorkloadList {
  /// Which columns are shown depends on the arrangement: what the heads of groups say is not repeated.
  fileprivate func columns(canArrange: Bool) -> [Column] {
    let widths = index.widths
    func column(_ head: String, _ width: Int, _ sorting: Arrangement.Column? = nil) -> Column {
      var column = Column(head)
      column.width = width
      column.sorting = canArrange ? sorting : nil
      return column
    }
    var name = column("WORKLOAD", widths[0] + (isGrouped ? 2 : 0), .name)
    var namespace = column("NAMESPACE", widths[1], .namespace)
    var kind = column("KIND", widths[2], .kind)
    var owner = column("OWNER", widths[3], .owner)
    // With room for the mark of the column that rows are sorted by.
    var ready = column("READY", max(6, index.readyWidth), .ready)
    var age = column("AGE", 4, .age)
    switch grouping {
    case .namespace: namespace.isHidden = true
    case .owner: owner.isHidden = true
    case .application, .none: break
    }
    // Two workloads of one name are told apart by their kinds, and by nothing else.
    (name.stays, kind.stays) = (true, true)
    (kind.isWhole, ready.isWhole, age.isWhole) = (true, true, true)
    (name.least, namespace.least) = (Self.leastName, Self.leastNamespace)
    (owner.rank, ready.rank, age.rank) = (1, 2, 4)
    age.isHidden = !index.hasAges
    var last: [Column] = []
    if hasChanges {
      var change = column("CHANGE", 7)
      (change.rank, change.isWhole) = (3, true)
      last.append(change)
    }
    switch arrangement.columns {
    case .usual: break
    case .names: (ready.isHidden, age.isHidden) = (true, true)
    case .images:
      var images = column("IMAGES", widths[4])
      // An image ends with its tag.
      (images.keepsEnd, images.least) = (true, Self.leastImages)
      last.append(images)
    }
    return [name, namespace, kind, owner, ready, age] + last
  }

  /// Names that are alike at both ends are still told apart with so much of them.
  private static let leastName = 16
  private static let leastNamespace = 12
  private static let leastImages = 16

  var hasChanges: Bool { changeCount > 0 }

  /// The row for a line of the list.
  func row(_ number: Int, canChoose: Bool, at now: Timestamp) -> Row {
    switch items[number] {
    case .group(let index): groupRow(groups[index], canChoose: canChoose)
    case .workload(let index): workloadRow(index, canChoose: canChoose, at: now)
    }
  }

  private func groupRow(_ group: Group, canChoose: Bool) -> Row {
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
  }

  private func workloadRow(_ index: Int, canChoose: Bool, at now: Timestamp) -> Row {
    let key = source.key(of: index)
    let indent = isGrouped ? "  " : ""
    var cells = [indent + key.name, key.namespace, key.kind?.rawValue ?? ""]
    guard let workload = source.workload(index) else {
      cells += ["", "", "", "gone"]
      return Row(
        id: .workload(key), mark: canChoose ? .fixed : nil, cells: cells, style: Style(.muted))
    }
    cells += [
      workload.ownerWords,
      workload.readyWords,
      workload.created.map { Age(since: $0, at: now).short } ?? "",
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

  /// About a row of the list, for the pane at its side.
  func detail(of row: Row.ID, _ state: WizardState) -> [Line] {
    if case .workload(let key) = row { return WorkloadDetails(key, state).lines }
    guard case .group(let name) = row, let group = groups.first(where: { $0.name == name }) else {
      return []
    }
    return [
      Line(name, Style(bold: true)), Line(plural(group.range.count, "workload")),
      Line("\(group.chosen) of \(group.choosable) chosen"),
      .muted("space chooses all, left and right fold"),
    ]
  }
}

extension WorkloadList.Source {
  /// What the scan of the shown session found, and what is gone since the one before.
  static func scan(of state: WizardState) -> WorkloadList.Source {
    .scan(state.shownSession.scan?.workloads ?? [], gone: state.changes?.gone ?? [])
  }
}

extension Line {
  /// Who owns what was found, and whether all could be read.
  static func about(_ scan: ScanResult?, _ speech: Speech) -> [Line] {
    let owners = (scan?.owners ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let lines = [Line(owners.map { "\($0.key) \($0.value)" }.joined(separator: ", "))]
    let gaps = scan?.leftOut.filter(\.isGap) ?? []
    guard let first = gaps.first else { return lines }
    let name = speech.name(of: .viewOmissions) ?? ""
    let rest = gaps.count > 1 ? " and \(gaps.count - 1) more" : ""
    return lines + [
      .warning("Partial scan, \(name) lists all not read: \(first.what) (\(first.why))\(rest)")
    ]
  }

  /// What has changed since the scan before.
  static func about(_ changes: ScanChanges?) -> [Line] {
    guard let changes else { return [] }
    guard !changes.isEmpty else { return [Line("Since the scan before: nothing has changed.")] }
    let counts = [
      (changes.new.count, "new"), (changes.changed.count, "changed"), (changes.gone.count, "gone"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return [Line("Since the scan before: \(counts.joined(separator: ", ")).", Style(.accent))]
  }
}

extension WizardState {
  /// When the cluster was scanned, in words.
  var scanned: String {
    guard let moment = session.scan?.scannedAt else { return "scanned at an unknown time" }
    let isAgain = step == .review && running.values.contains { $0.work.isScan }
    return "scanned \(Age(since: moment, at: now).words)\(isAgain ? ", reading again" : "")"
  }
}

extension Workload {
  /// `1/2`; `yes` or `no` for what keeps no pods up, and where their number does not say it.
  var readyWords: String {
    guard let replicas, isReady || replicas.ready < replicas.wanted else {
      return isReady ? "yes" : "no"
    }
    return "\(replicas.ready)/\(replicas.wanted)"
  }

  /// `ArgoCD shop +`, where others say that they manage it, too.
  var ownerWords: String { owner.label + (otherOwners.isEmpty ? "" : " +") }

  /// Its images without the registries, whose names say little and take the room.
  var imageNames: String {
    images.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: " ")
  }
}

extension Set<Owner.Tool> {
  /// `ArgoCD, Flux and others`
  var words: String {
    let names =
      filter { $0 != .other }.map(\.rawValue).sorted() + (contains(.other) ? ["others"] : [])
    let last = names.suffix(1)
    return [names.dropLast().joined(separator: ", "), last.joined()].filter { !$0.isEmpty }
      .joined(separator: " and ")
  }

  /// Whether each of them is known to put back what others change.
  var undoForSure: Bool { allSatisfy { $0.gitOps?.objectKinds.isEmpty == false } }
}

extension Owner {
  /// `Flux payments`; the tool alone where the mark names nothing.
  var label: String { name.map { "\(tool.rawValue) \($0)" } ?? tool.rawValue }
}
