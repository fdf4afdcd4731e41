import Wizard

// What was asked of a cluster and what came of it, each value's writing beside its reading.

extension ScanScope {
  package var draft: Draft {
    .object([
      "context": .text(context), "namespaces": .texts(namespaces),
      "all_namespaces": .bool(allNamespaces), "excluded": .texts(excluded),
      "selector": selector.isEmpty ? nil : .text(selector),
      "kinds": kinds.isEmpty ? nil : .texts(kinds.map(\.rawValue)),
      "include_system": includesSystem ? .bool(true) : nil,
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    var kinds: [WorkloadKind] = []
    for item in try field["kinds"].list() {
      guard let kind: WorkloadKind = try item.choice() else { throw item.missing }
      kinds.append(kind)
    }
    self.init(
      context: try field["context"].optionalText() ?? "",
      namespaces: try field["namespaces"].texts(),
      allNamespaces: try field["all_namespaces"].bool() ?? false,
      excluded: try field["excluded"].texts(),
      selector: try field["selector"].optionalText() ?? "", kinds: kinds,
      includesSystem: try field["include_system"].bool() ?? false)
  }
}

extension OwnerObject {
  static let jsonKeys = ["kind", "namespace", "name"]

  package var draft: Draft {
    var why: String?
    if case .unread(let reason) = standing { why = reason }
    return .object([
      // Of a kind that one tool alone has, it goes without saying.
      "tool": Owner.Tool(objectKind: kind) == tool ? nil : .text(tool.rawValue),
      "kind": .text(kind), "namespace": .text(namespace), "name": .text(name),
      "standing": .text(standing.word), "why": .text(why), "source": .text(source),
      "automatic": isAutomatic.map { .bool($0) }, "parent": .text(parent),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    let standing: Standing =
      switch try field["standing"].text() {
      case "found": .found
      case "missing": .missing
      default: .unread(try field["why"].optionalText() ?? "")
      }
    let kind = try field["kind"].text()
    self.init(
      tool: try field["tool"].choice() ?? Owner.Tool(objectKind: kind) ?? .native, kind: kind,
      namespace: try field["namespace"].text(),
      name: try field["name"].text(), standing: standing,
      source: try field["source"].optionalText(), isAutomatic: try field["automatic"].bool(),
      parent: try field["parent"].optionalText())
  }
}

extension Omission {
  package var draft: Draft {
    .object(["what": .text(what), "why": .text(why), "gap": .bool(isGap)])
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(
      what: try field["what"].text(), why: try field["why"].text(),
      isGap: try field["gap"].bool() ?? false)
  }
}

extension FoundObject {
  static let jsonKeys = ["kind", "namespace", "name"]

  package var draft: Draft {
    let word =
      switch place {
      case .claimed: "claimed"
      case .shared: "shared"
      case .unclaimed(let part): part.rawValue
      case .leftOut: "left_out"
      }
    return .object([
      "api_version": .text(reference.apiVersion), "kind": .text(reference.kind),
      "namespace": .text(reference.namespace), "name": .text(reference.name),
      "place": .text(word), "why": .text(why),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    let word = try field["place"].text()
    let place: Place =
      switch word {
      case "claimed": .claimed
      case "shared": .shared
      default: NamespacePart(rawValue: word).map(Place.unclaimed) ?? .leftOut
      }
    self.init(
      ObjectReference(
        apiVersion: try field["api_version"].text(), kind: try field["kind"].text(),
        namespace: try field["namespace"].optionalText(), name: try field["name"].text()),
      place, why: try field["why"].text())
  }
}

extension ScanResult {
  /// - Parameter part: the digest of the file that holds the lists; `nil` if this one does.
  package func draft(listsIn part: String?) -> Draft {
    let lists: [String: Draft?] =
      part == nil
      ? self.lists : ["workloads": nil, "owner_objects": nil, "left_out": nil, "objects": nil]
    return .object(
      lists.merging([
        "namespaces": .texts(namespaces), "workloads_detected": .integer(detected),
        "owners": .value(.object(owners.mapValues { .integer(Int64($0)) })),
        "scan_file": .text(part), "partial": isPartial ? .bool(true) : nil,
        "scanned_at": .text(scannedAt?.rfc3339),
      ]) { $1 })
  }

  /// What may be long.
  package var lists: [String: Draft?] {
    [
      "workloads": .list(workloads, identifiedBy: WorkloadKey.jsonKeys, \.draft),
      "owner_objects": ownerObjects.isEmpty
        ? nil : .list(ownerObjects, identifiedBy: OwnerObject.jsonKeys, \.draft),
      "left_out": .list(leftOut, identifiedBy: ["what"], \.draft),
      "objects": objects.isEmpty
        ? nil : .list(objects, identifiedBy: FoundObject.jsonKeys, \.draft),
    ]
  }

  /// - Parameter read: the workloads, where they were read one by one already.
  package init(_ field: Field, workloads read: [Workload]? = nil) throws(InvalidSession) {
    var workloads = read ?? []
    if read == nil {
      for item in try field["workloads"].list() { workloads.append(try Workload(item)) }
    }
    var objects: [OwnerObject] = []
    for item in try field["owner_objects"].list() { objects.append(try OwnerObject(item)) }
    var leftOut: [Omission] = []
    for item in try field["left_out"].list() { leftOut.append(try Omission(item)) }
    var found: [FoundObject] = []
    for item in try field["objects"].list() { found.append(try FoundObject(item)) }
    self.init(
      namespaces: try field["namespaces"].texts(), workloads: workloads, ownerObjects: objects,
      leftOut: leftOut, objects: found, scannedAt: try field["scanned_at"].time())
    detected = try field["workloads_detected"].integer() ?? workloads.count
    if field.has("owners") {
      owners = [:]
      for member in try field["owners"].members() {
        owners[member.key] = try member.field.integer()
      }
    }
  }
}
