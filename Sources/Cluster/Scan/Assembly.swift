import Wizard

/// Puts together what belongs together in one namespace.
struct Assembly {
  /// Sorted by key.
  private(set) var workloads: [Workload]
  /// What becomes of the rest, and of what more than one of the workloads uses. Sorted.
  private(set) var objects: [FoundObject] = []

  /// By kind, namespace and name, the workloads that something else makes of it.
  private var operators: [ObjectName: [Workload]] = [:]
  /// `TEMPLATE-STATEFULSET`, with the StatefulSet's name.
  private var claims: [String: String] = [:]

  /// - Parameter whole: the kinds of which everything in the namespace was read.
  init(_ found: [FoundWorkload], _ belongings: [RelatedObject], whole: Set<String> = []) {
    let found = found.sorted { $0.workload.key < $1.workload.key }
    workloads = found.map(\.workload)
    note(found)
    let users = ReferenceResolver(found, belongings)
    for (index, belonging) in belongings.enumerated() {
      let using = users.of[index]
      objects += [place(belonging, using, users.why[index])].compactMap(\.self)
      for user in using { add(belonging, to: &workloads[user]) }
    }
    let known = Set(belongings.map(\.reference))
    for (index, found) in found.enumerated() {
      let missing = found.clues.named(in: found.workload.key.namespace).filter {
        whole.contains($0.kind) && !known.contains($0) && !RelatedObject.isEverywhere($0)
      }
      workloads[index].needed = Set(workloads[index].needed + missing)
        .subtracting(workloads[index].belongings).sorted()
      // Grown one by one, it has room for more than it will ever hold.
      workloads[index].belongings = workloads[index].belongings.sorted()
    }
    objects.sort { $0.reference < $1.reference }
  }

  private mutating func note(_ found: [FoundWorkload]) {
    for found in found {
      let (workload, owner) = (found.workload, found.workload.owner)
      for template in found.clues.claimTemplates {
        claims["\(template)-\(workload.key.name)"] = workload.key.name
      }
      guard owner.tool == .controller, let kind = owner.kind, let name = owner.name else {
        continue
      }
      operators[ObjectName(kind, workload.key.namespace, name), default: []].append(workload)
    }
  }

  private func add(_ belonging: RelatedObject, to workload: inout Workload) {
    // What is made by another object still says how many replicas there are.
    let isScaler = if case .scales = belonging.link { true } else { false }
    guard belonging.obstacle == nil else {
      if isScaler { workload.needed.append(belonging.reference) }
      return
    }
    workload.belongings.append(belonging.reference)
    switch belonging.link {
    case .account(let secrets), .routes(_, let secrets):
      workload.needed += secrets.map {
        ObjectReference(
          apiVersion: "v1", kind: "Secret", namespace: workload.key.namespace, name: $0)
      }
    case .named, .selects, .scales, .other: break
    }
  }

  // MARK: What becomes of it

  /// `nil` where that is plain from the workload that it belongs to.
  private func place(_ belonging: RelatedObject, _ using: Set<Int>, _ why: String?) -> FoundObject?
  {
    let object = belonging.reference
    if let obstacle = belonging.obstacle ?? template(of: object) {
      return FoundObject(object, .leftOut, why: obstacle)
    }
    let importable = using.sorted().map { workloads[$0] }.filter { $0.owner.tool != .controller }
    if let why, !importable.isEmpty { return FoundObject(object, .claimed, why: why) }
    if importable.count > 1 { return FoundObject(object, .shared, why: sharing(importable)) }
    // What is of the whole cluster is looked at for those who use it alone.
    if !importable.isEmpty || object.namespace == nil { return nil }
    if let made = operators[ObjectName(object)] {
      return FoundObject(
        object, .unclaimed(.operators),
        why: "\(Self.list(made)) \(made.count == 1 ? "is" : "are") "
          + "made by it, and not imported")
    }
    let applied = belonging.applier.map { "; \($0) applies it" } ?? ""
    return FoundObject(
      object, .unclaimed(NamespacePart(object)), why: lack(belonging, using.sorted()) + applied)
  }

  /// Why nobody claims it.
  private func lack(_ belonging: RelatedObject, _ using: [Int]) -> String {
    if let user = using.first {
      let made = workloads[user]
      let owner = [made.owner.kind, made.owner.name].compactMap(\.self).joined(separator: " ")
      return "only what \(owner) makes uses it: \(Self.list(using.map { workloads[$0] }))"
    }
    if belonging.reference.kind == "NetworkPolicy", case .selects(let pods) = belonging.link,
      pods.isEmpty
    {
      return "it is about the whole namespace, not about one workload"
    }
    return "no workload refers to it"
  }

  /// Which of them is imported is not known yet, so all of them have it until units are proposed.
  private func sharing(_ users: [Workload]) -> String {
    "shared by \(Self.list(users)): it goes with the first of them that is imported"
  }

  private static func list(_ workloads: [Workload]) -> String {
    let names = workloads.map { "\($0.reference.kind) \($0.key.name)" }
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    let named = names.count > 4 ? names.prefix(3) : names.dropLast()
    let rest = names.count > 4 ? "\(names.count - 3) more" : last
    return "\(named.joined(separator: ", ")) and \(rest)"
  }

  /// Of a claim that a StatefulSet made for one of its pods.
  private func template(of object: ObjectReference) -> String? {
    guard object.kind == "PersistentVolumeClaim",
      let dash = object.name.lastIndex(of: "-"),
      Int(object.name[object.name.index(after: dash)...]) != nil,
      let maker = claims[String(object.name[..<dash])]
    else { return nil }
    return "StatefulSet \(maker) made it of its template, and makes it again"
  }
}
