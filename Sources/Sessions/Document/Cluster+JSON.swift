import Wizard

// What is in the cluster, each value's writing beside its reading.

extension WorkloadKey {
  static let jsonKeys = ["namespace", "name", "kind"]

  var fields: [String: Draft?] {
    ["namespace": .text(namespace), "name": .text(name), "kind": .text(kind?.rawValue)]
  }

  init(_ field: Field) throws(InvalidSession) {
    self.init(
      kind: try field["kind"].choice(), namespace: try field["namespace"].text(),
      name: try field["name"].text())
  }
}

extension ObjectReference {
  static let jsonKeys = ["api_version", "kind", "namespace", "name"]

  var fields: [String: Draft?] {
    [
      "api_version": .text(apiVersion), "kind": .text(kind), "namespace": .text(namespace),
      "name": .text(name),
    ]
  }

  init(_ field: Field) throws(InvalidSession) {
    self.init(
      apiVersion: try field["api_version"].text(), kind: try field["kind"].text(),
      namespace: try field["namespace"].optionalText(), name: try field["name"].text())
  }

  static func list(_ field: Field) throws(InvalidSession) -> [ObjectReference] {
    var references: [ObjectReference] = []
    for item in try field.list() { references.append(try ObjectReference(item)) }
    return references
  }
}

extension [ObjectReference] {
  var draft: Draft {
    .list(map { .object($0.fields) }, identifiedBy: ObjectReference.jsonKeys)
  }
}

extension Owner {
  var draft: Draft {
    .object([
      "tool": .text(tool.rawValue), "name": .text(name), "namespace": .text(namespace),
      "source": .text(source), "confidence": .text(confidence.rawValue),
    ])
  }

  init(_ field: Field) throws(InvalidSession) {
    guard let tool: Tool = try field["tool"].choice() else { throw field["tool"].missing }
    self.init(
      tool, name: try field["name"].optionalText(),
      namespace: try field["namespace"].optionalText(),
      source: try field["source"].optionalText(),
      confidence: try field["confidence"].choice() ?? .high)
  }
}

extension Workload {
  var draft: Draft {
    .object(
      key.fields.merging([
        "api_version": .text(apiVersion), "owner": owner.draft, "ready": .bool(isReady),
        "reason": .text(reason), "labels": .map(labels), "belongings": belongings.draft,
        "secrets": .texts(secrets),
      ]) { $1 })
  }

  init(_ field: Field) throws(InvalidSession) {
    self.init(
      key: try WorkloadKey(field), apiVersion: try field["api_version"].text(),
      owner: try Owner(field["owner"]), isReady: try field["ready"].bool() ?? true,
      reason: try field["reason"].optionalText(), labels: try field["labels"].map(),
      belongings: try ObjectReference.list(field["belongings"]),
      secrets: try field["secrets"].texts())
  }
}

extension ScanScope {
  var draft: Draft {
    .object([
      "context": .text(context), "namespaces": .texts(namespaces),
      "all_namespaces": .bool(allNamespaces), "excluded": .texts(excluded),
    ])
  }

  init(_ field: Field) throws(InvalidSession) {
    self.init(
      context: try field["context"].optionalText() ?? "",
      namespaces: try field["namespaces"].texts(),
      allNamespaces: try field["all_namespaces"].bool() ?? false,
      excluded: try field["excluded"].texts())
  }
}

extension LeftOut {
  var draft: Draft { .object(["what": .text(what), "why": .text(why), "gap": .bool(isGap)]) }

  init(_ field: Field) throws(InvalidSession) {
    self.init(
      what: try field["what"].text(), why: try field["why"].text(),
      isGap: try field["gap"].bool() ?? false)
  }
}

extension ScanResult {
  var draft: Draft {
    .object([
      "namespaces": .texts(namespaces), "workloads_detected": .integer(detected),
      "owners": .value(.object(owners.mapValues { .integer(Int64($0)) })),
      "workloads": .list(workloads.map(\.draft), identifiedBy: WorkloadKey.jsonKeys),
      "left_out": .list(leftOut.map(\.draft), identifiedBy: ["what"]),
      "scanned_at": .text(scannedAt?.rfc3339),
    ])
  }

  init(_ field: Field) throws(InvalidSession) {
    var workloads: [Workload] = []
    for item in try field["workloads"].list() { workloads.append(try Workload(item)) }
    var leftOut: [LeftOut] = []
    for item in try field["left_out"].list() { leftOut.append(try LeftOut(item)) }
    self.init(
      namespaces: try field["namespaces"].texts(), workloads: workloads, leftOut: leftOut,
      scannedAt: try field["scanned_at"].time())
    detected = try field["workloads_detected"].integer() ?? workloads.count
    if field.has("owners") {
      owners = [:]
      for member in try field["owners"].members() {
        owners[member.key] = try member.field.integer()
      }
    }
  }
}
