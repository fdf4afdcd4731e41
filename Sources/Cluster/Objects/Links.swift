import Documents
import Wizard

/// What names an object for others of its cluster.
struct ObjectName: Hashable, Sendable {
  var kind: String
  /// Empty for what is of the whole cluster.
  var namespace: String
  var name: String

  init(_ kind: String, _ namespace: String, _ name: String) {
    (self.kind, self.namespace, self.name) = (kind, namespace, name)
  }

  init(_ object: ObjectReference) {
    self.init(object.kind, object.namespace ?? "", object.name)
  }
}

/// How an object of a kind that not every cluster has is about a workload.
struct Links: Hashable, Sendable {
  /// Whoever is, or names, one of these has it, and so has whom one of these belongs to.
  var leadsTo: Set<ObjectName> = []
  /// It is about these Services.
  var services: LabelSelector?
  /// It is about these pods.
  var pods: LabelSelector?
  /// What it cannot do without goes with it.
  var needs: Set<ObjectName> = []
}

extension Links: Packable {
  func pack(into bytes: inout [UInt8]) {
    for names in [leadsTo, needs] {
      bytes.pack(names.count)
      for name in names { name.pack(into: &bytes) }
    }
    for selector in [services, pods] {
      bytes.pack(selector == nil ? 0 : 1)
      selector?.pack(into: &bytes)
    }
  }

  init(_ packed: inout PackedBytes) {
    leadsTo = Set((0..<packed.number()).map { _ in ObjectName(&packed) })
    needs = Set((0..<packed.number()).map { _ in ObjectName(&packed) })
    services = packed.number() == 0 ? nil : LabelSelector(&packed)
    pods = packed.number() == 0 ? nil : LabelSelector(&packed)
  }
}

extension ObjectName: Packable {
  func pack(into bytes: inout [UInt8]) { bytes.pack([kind, namespace, name]) }

  init(_ packed: inout PackedBytes) {
    let texts = packed.texts()
    self.init(texts[0], texts[1], texts[2])
  }
}

/// An object that is read whole, because what it is about stands somewhere in it.
struct LinkedObject: ListedObject {
  var metadata: Metadata
  var members: [String: JSONValue] = [:]

  /// Large, and about nothing.
  private static let passedOver = ["metadata", "status"]

  init(_ json: inout JSONReader) throws {
    var metadata: Metadata?
    var members: [String: JSONValue] = [:]
    try json.members { key, json in
      if case "metadata" = key { return metadata = try json.object() }
      let name = try key.text()
      if !Self.passedOver.contains(name) { members[name] = try json.value() }
    }
    self.init(metadata: try metadata.orMalformed(), members: members)
  }

  init(metadata: Metadata, members: [String: JSONValue]) {
    (self.metadata, self.members) = (metadata, members)
  }

  var namespace: String { metadata.namespace ?? "" }
  var spec: JSONValue { members["spec"] ?? .null }
}
