import ForeignText
import TerminalText
import Wizard

/// Everything that is known about one workload, for the pane at the side and the layer of details.
struct WorkloadDetails {
  private let key: WorkloadKey
  private let state: WizardState
  private let workload: Workload?

  init(_ key: WorkloadKey, _ state: WizardState) {
    self.key = key
    self.state = state
    let workloads = state.shownSession.scan?.workloads ?? []
    workload =
      workloads.index(of: key).map { workloads[$0] }
      ?? state.arriving.position(of: key).map { state.arriving[$0] }
  }

  var reference: ObjectReference? { workload?.reference }

  var lines: [Line] {
    var lines = [
      Line(key.name, Style(bold: true)),
      Line("\(key.kind?.rawValue ?? "Workload") in \(key.namespace)"),
    ]
    guard let workload else {
      return lines + [.warning("The scan before found it; this one did not.")]
    }
    lines += readiness(workload) + ownership(workload)
    lines += section("Images", workload.images)
    lines += section(
      "Labels",
      workload.labels.sorted { $0.key < $1.key }.map { "\(ForeignText("\($0)=\($1)"))" })
    let (referring, used) = belongings(workload)
    lines += section("Referring to it", referring)
    lines += section("What it refers to", used)
    lines += section("Secrets, never read, left out", workload.secrets)
    let others = workload.needed.filter { $0.kind != "Secret" && !$0.isAutoscaler }
    return lines + section("Needed, and not imported", others.map { "\($0.kind) \($0.name)" })
  }

  private func section(_ title: String, _ items: [String]) -> [Line] {
    items.isEmpty ? [] : [.muted(title)] + items.map { Line("  " + $0) }
  }

  private func readiness(_ workload: Workload) -> [Line] {
    let line: Line =
      workload.isReady
      ? Line("Ready" + (workload.reason.map { ": \($0)" } ?? ""), Style(.good))
      : .warning("Not ready: \(workload.reason ?? "no reason given")")
    let change = state.changes.map { changes in
      changes.new.contains(key)
        ? [Line("New since the scan before", Style(.accent))]
        : changes.changed.contains(key)
          ? [Line("Changed since the scan before", Style(.accent))] : []
    }
    let age = workload.created.map { [Line("Created \(Age(since: $0, at: state.now).words)")] }
    let scaler = workload.autoscaler.map { [Line("Scaled by \($0.kind) \($0.name)")] }
    let reserved = workload.whyNotByItself.map { [Line.warning("Not chosen by itself: \($0)")] }
    return [line] + (age ?? []) + (scaler ?? []) + (reserved ?? []) + (change ?? [])
  }

  // MARK: Owners

  private func ownership(_ workload: Workload) -> [Line] {
    var lines: [Line] = []
    if !workload.otherOwners.isEmpty {
      lines.append(
        .bad("Conflict: \(workload.otherOwners.count + 1) tools say that they own it."))
    }
    for owner in [workload.owner] + workload.otherOwners { lines += self.lines(about: owner) }
    return lines
  }

  private func lines(about owner: Owner) -> [Line] {
    guard owner.tool != .native else { return [Line("Owner: nobody (Native)")] }
    let place = [owner.namespace, owner.name].compactMap { $0 }.joined(separator: "/")
    let what = [owner.tool.rawValue, owner.kind, place.isEmpty ? nil : place]
    var lines = [Line("Owner: \(what.compactMap { $0 }.joined(separator: " "))")]
    let source = owner.source.map { "says \($0), " } ?? ""
    lines.append(.muted("  \(source)confidence \(owner.confidence.rawValue)"))
    if let object = state.shownSession.scan?.object(of: owner) {
      lines += self.lines(about: object)
    }
    return lines
  }

  private func lines(about object: OwnerObject) -> [Line] {
    switch object.standing {
    case .missing:
      return [.warning("  This \(object.kind) is not in this cluster.")]
    case .unread(let why):
      return [.warning("  Whether the \(object.kind) exists is not known: \(why)")]
    case .found: break
    }
    var lines: [Line] = []
    if let source = object.source { lines.append(Line("  from \(source)")) }
    switch object.isAutomatic {
    case true?: lines.append(.warning("  automatic: it undoes changes made elsewhere"))
    case false?: lines.append(Line("  suspended, or synced by hand"))
    case nil: break
    }
    if let parent = object.parent {
      lines.append(Line("  made by Application \(parent) (an app of apps)"))
    }
    return lines
  }

  // MARK: What belongs to it

  /// The objects that refer to the workload and those that it refers to, each with its other users.
  private func belongings(_ workload: Workload) -> (referring: [String], used: [String]) {
    let pointing: Set<String> = [
      "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy",
    ]
    var (referring, used): ([String], [String]) = ([], [])
    for object in workload.belongings {
      var text = "\(object.kind) \(object.name)"
      let others = otherUsers(of: object)
      if !others.isEmpty { text += " (also of \(others.joined(separator: ", ")))" }
      if pointing.contains(object.kind) { referring.append(text) } else { used.append(text) }
    }
    return (referring, used)
  }

  /// The other workloads that use the object. Only workloads of its namespace can.
  private func otherUsers(of object: ObjectReference) -> [String] {
    (state.shownSession.scan?.workloads ?? []).withUnsafeBufferPointer { workloads in
      let first = gallop(from: 0, to: workloads.count) {
        workloads[$0].key.namespace < key.namespace
      }
      let end = gallop(from: first, to: workloads.count) {
        workloads[$0].key.namespace == key.namespace
      }
      return (first..<end).filter {
        workloads[$0].key != key && workloads[$0].belongings.contains(object)
      }.map { workloads[$0].key.name }
    }
  }
}
