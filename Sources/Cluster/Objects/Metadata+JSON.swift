import Documents

// MARK: From JSON

extension Metadata: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var name: String?
    self.init(name: "")
    try json.members { key, json in
      switch key {
      case "name": name = try json.text()
      case "namespace": namespace = try json.text()
      case "uid": uid = try json.text()
      case "resourceVersion": resourceVersion = try json.text()
      case "generation": generation = try json.integer()
      case "deletionTimestamp": deletionTimestamp = try json.text()
      case "creationTimestamp": creationTimestamp = try json.text()
      case "labels": labels = try json.texts()
      case "annotations": annotations = try json.object()
      case "ownerReferences": ownerReferences = try json.list()
      case "managedFields": managedFields = try json.list()
      default: break
      }
    }
    self.name = try name.orMalformed()
  }
}

extension Metadata.OwnerReference: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var (apiVersion, kind, name): (String?, String?, String?)
    var controller: Bool?
    try json.members { key, json in
      switch key {
      case "apiVersion": apiVersion = try json.text()
      case "kind": kind = try json.text()
      case "name": name = try json.text()
      case "controller": controller = try json.bool()
      default: break
      }
    }
    self.init(
      apiVersion: try apiVersion.orMalformed(), kind: try kind.orMalformed(),
      name: try name.orMalformed(), controller: controller)
  }
}

extension Metadata.ManagedFields: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "manager" = key { manager = try json.text() }
    }
  }
}

extension Annotations: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      let name = try key.text()
      guard Self.prefixes.contains(where: name.hasPrefix) else { return }
      values[name] = try json.text().orMalformed()
    }
  }
}

extension AnyObjectMetadata {
  init(_ json: inout JSONReader) throws {
    var metadata: Metadata?
    try json.members { key, json in
      if case "metadata" = key { metadata = try json.object() }
    }
    self.init(metadata: try metadata.orMalformed())
  }
}

extension LocalName: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "name" = key { name = try json.text() }
    }
  }
}

extension JSONReader {
  /// Of an object's members, the two that most kinds are read for.
  mutating func specified<Spec: JSONReadable>(
    by type: Spec.Type
  ) throws -> (metadata: Metadata, spec: Spec?) {
    var (metadata, spec): (Metadata?, Spec?)
    try members { key, json in
      switch key {
      case "metadata": metadata = try json.object()
      case "spec": spec = try json.object()
      default: break
      }
    }
    return (try metadata.orMalformed(), spec)
  }
}

/// An object with a specification that it need not have.
protocol SpecifiedObject: ListedObject {
  associatedtype Spec: JSONReadable
  init(metadata: Metadata, spec: Spec?)
}

extension SpecifiedObject {
  init(_ json: inout JSONReader) throws {
    let (metadata, spec) = try json.specified(by: Spec.self)
    self.init(metadata: metadata, spec: spec)
  }
}
