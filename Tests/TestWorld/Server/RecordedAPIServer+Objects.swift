import FoundationEssentials

extension RecordedAPIServer {
  /// A cluster that serves the kinds of these objects and holds nothing else, but for their
  /// Namespaces and `kube-system`.
  ///
  /// - Parameter path: of a file with a plain list of whole objects, see `Recording.casePath`.
  public convenience init(objectsAt path: String, faults: [Fault] = []) throws {
    try self.init(faults: faults)
    struct Kind: Hashable {
      var apiVersion: String
      var kind: String
    }
    let text = JSONText(try fileBytes(path))
    var objects: [Kind: [ClusterObject]] = [:]
    var namespaces: Set = ["kube-system"]
    for range in text.elements(0..<text.bytes.count) {
      let item = JSONText(text[range])
      let kind = Kind(
        apiVersion: item.string(item.range(of: "apiVersion")) ?? "",
        kind: item.string(item.range(of: "kind")) ?? "")
      let object = try ClusterObject(text[range])
      objects[kind, default: []].append(object)
      if let namespace = object.namespace { namespaces.insert(namespace) }
    }
    let listed = objects[Kind(apiVersion: "v1", kind: "Namespace")] ?? []
    namespaces.subtract(listed.map(\.name))
    objects[Kind(apiVersion: "v1", kind: "Namespace"), default: []] += namespaces.map {
      ClusterObject(
        namespace: nil, name: $0, json: #"{"metadata":{"name":"\#($0)","uid":"uid-of-\#($0)"}}"#)
    }
    for (kind, objects) in objects {
      let group = kind.apiVersion.contains("/") ? "apis" : "api"
      addList(
        at: "/\(group)/\(kind.apiVersion)/\(Self.plural(kind.kind))", kind: "\(kind.kind)List",
        apiVersion: kind.apiVersion, objects: objects)
    }
  }
}

// Changing the cluster between two calls.
extension RecordedAPIServer {
  private static func plural(_ kind: String) -> String {
    let name = kind.lowercased()
    if name.hasSuffix("y") { return "\(name.dropLast())ies" }
    return name.hasSuffix("s") ? "\(name)es" : "\(name)s"
  }

  /// Adds, or replaces, all objects of one kind; `path` is the list's, `kind` for instance
  /// `DeploymentList`.
  public func addList(
    at path: String, kind: String, apiVersion: String, objects: [ClusterObject]
  ) {
    let list = ResourceList(kind: kind, apiVersion: apiVersion, objects: objects)
    state.change { $0.lists[path] = list }
  }

  /// Makes the server stop serving the kind whose list is at `path`.
  public func removeList(at path: String) {
    _ = state.change { $0.lists.removeValue(forKey: path) }
  }

  /// Answers requests for exactly `path`, with any query, by what `body` writes; writing answers
  /// false once nobody reads any more. For bodies too large to hold.
  public func stream(
    at path: String,
    _ body: @escaping @Sendable (Request, _ write: (ArraySlice<UInt8>) -> Bool) -> Void
  ) {
    state.change { $0.documents[path] = Answer(stream: body) }
  }

  /// The JSON text of an object as its list holds it; throws if it does not exist. `path` is the
  /// object's own, for instance `/apis/apps/v1/namespaces/prod/deployments/web`.
  public func object(at path: String) throws -> String {
    try state.read { state in
      let (resource, name) = try Self.parse(path)
      guard let list = state.lists[resource.list],
        let index = list.index(namespace: resource.namespace, name: name)
      else { throw WorldFailure("there is no object at \(path)") }
      return String(decoding: list.objects[index].json, as: UTF8.self)
    }
  }

  /// Puts an object where `path` says, in the place of the one there or as a new one; `json` may
  /// say its `kind` and `apiVersion`. Throws if no such kind is served.
  public func replaceObject(at path: String, with json: String) throws {
    try state.change { state in
      let (resource, name) = try Self.parse(path)
      guard var list = state.lists[resource.list] else {
        throw WorldFailure("there is no list for \(path)")
      }
      var object = ClusterObject(
        namespace: resource.resource == "namespaces" ? nil : resource.namespace, name: name,
        json: json)
      if !list.isCustom { object.removeKind() }
      list.put(object)
      state.lists[resource.list] = list
    }
  }

  /// Changes an object's `metadata.resourceVersion`; throws if the object does not exist.
  public func setResourceVersion(_ version: String, at path: String) throws {
    var text = JSONText(Array(try object(at: path).utf8))
    guard let range = text.range(of: "metadata", "resourceVersion") else {
      throw WorldFailure("the object at \(path) has no resourceVersion")
    }
    text = JSONText(
      Array(text.bytes[..<range.lowerBound]) + Array("\"\(version)\"".utf8)
        + text.bytes[range.upperBound...])
    try replaceObject(at: path, with: String(decoding: text.bytes, as: UTF8.self))
  }

  /// Removes an object; throws if it does not exist.
  public func removeObject(at path: String) throws {
    try state.change { state in
      let (resource, name) = try Self.parse(path)
      guard
        let index = state.lists[resource.list]?.index(
          namespace: resource.namespace, name: name)
      else { throw WorldFailure("there is no object at \(path)") }
      state.lists[resource.list]?.objects.remove(at: index)
    }
  }

  private static func parse(_ path: String) throws -> (ResourcePath, name: String) {
    guard let resource = ResourcePath(path), let name = resource.name else {
      throw WorldFailure("\(path) is not the path of an object")
    }
    return (resource, name)
  }
}

extension ClusterObject {
  /// Takes `kind` and `apiVersion` off, as the items of a list do not say them.
  mutating func removeKind() {
    let text = JSONText(json)
    let kept = text.members(0..<json.count).filter { !["kind", "apiVersion"].contains($0.name) }
    var bytes: [UInt8] = []
    for member in kept {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      bytes += Array("\"\(member.name)\":".utf8) + text[member.value]
    }
    json = [UInt8(ascii: "{")] + bytes + [UInt8(ascii: "}")]
  }
}
