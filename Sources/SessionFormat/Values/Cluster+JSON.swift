import Wizard

// What is in the cluster, each value's writing beside its reading.

extension WorkloadKey {
  static let jsonKeys = ["namespace", "name", "kind"]

  package var fields: [String: Draft?] {
    ["namespace": .text(namespace), "name": .text(name), "kind": .text(kind?.rawValue)]
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(
      kind: try field["kind"].choice(), namespace: try field["namespace"].text(),
      name: try field["name"].text())
  }
}

extension ObjectReference {
  static let jsonKeys = ["api_version", "kind", "namespace", "name"]

  package var fields: [String: Draft?] {
    [
      "api_version": .text(apiVersion), "kind": .text(kind), "namespace": .text(namespace),
      "name": .text(name),
    ]
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init(
      apiVersion: try field["api_version"].text(), kind: try field["kind"].text(),
      namespace: try field["namespace"].optionalText(), name: try field["name"].text())
  }

  package static func list(_ field: Field) throws(InvalidSession) -> [ObjectReference] {
    var references: [ObjectReference] = []
    for item in try field.list() { references.append(try ObjectReference(item)) }
    return references
  }
}

extension [ObjectReference] {
  package var draft: Draft {
    .list(self, identifiedBy: ObjectReference.jsonKeys) { .object($0.fields) }
  }
}

extension Owner {
  static let jsonKeys = ["tool", "kind", "name", "namespace"]

  package var draft: Draft {
    .object([
      "tool": .text(tool.rawValue), "kind": .text(kind), "name": .text(name),
      "namespace": .text(namespace), "source": .text(source),
      "confidence": .text(confidence.rawValue),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    guard let tool: Tool = try field["tool"].choice() else { throw field["tool"].missing }
    self.init(
      tool, kind: try field["kind"].optionalText(), name: try field["name"].optionalText(),
      namespace: try field["namespace"].optionalText(),
      source: try field["source"].optionalText(),
      confidence: try field["confidence"].choice() ?? .high)
  }
}

extension Workload {
  /// What most workloads do not have is not written: there may be tens of thousands of them.
  package var draft: Draft {
    let others = needed.filter { $0.kind != "Secret" }
    return .object(
      key.fields.merging([
        "api_version": .text(apiVersion), "owner": owner.draft,
        "other_owners": otherOwners.isEmpty
          ? nil : .list(otherOwners, identifiedBy: Owner.jsonKeys, \.draft),
        "ready": .bool(isReady), "reason": .text(reason), "labels": .map(labels.mapValues(\.self)),
        "images": images.isEmpty ? nil : .texts(images), "uid": .text(uid),
        "generation": .integer(generation), "belongings": belongings.draft,
        "secrets": .texts(secrets), "needed": others.isEmpty ? nil : others.draft,
        "reservation": .text(reservation?.rawValue),
        "ready_replicas": .integer(replicas?.ready), "replicas": .integer(replicas?.wanted),
        "created": .text(created?.rfc3339),
      ]) { $1 })
  }

  package init(_ field: Field) throws(InvalidSession) {
    var otherOwners: [Owner] = []
    for item in try field["other_owners"].list() { otherOwners.append(try Owner(item)) }
    let key = try WorkloadKey(field)
    let secrets = try field["secrets"].texts().map {
      ObjectReference(apiVersion: "v1", kind: "Secret", namespace: key.namespace, name: $0)
    }
    var replicas: ReadyReplicas?
    if let ready = try field["ready_replicas"].integer(),
      let wanted = try field["replicas"].integer()
    {
      replicas = ReadyReplicas(ready: ready, of: wanted)
    }
    self.init(
      key: key, apiVersion: try field["api_version"].text(),
      owner: try Owner(field["owner"]), otherOwners: otherOwners,
      isReady: try field["ready"].bool() ?? true, reason: try field["reason"].optionalText(),
      labels: try field["labels"].map(), images: try field["images"].texts(),
      uid: try field["uid"].optionalText(), generation: try field["generation"].integer(),
      belongings: try ObjectReference.list(field["belongings"]),
      needed: (secrets + (try ObjectReference.list(field["needed"]))).sorted(),
      reservation: try field["reservation"].choice(), replicas: replicas,
      created: try field["created"].time())
  }
}
