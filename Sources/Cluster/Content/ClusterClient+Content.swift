import Documents
import Subprocess
import Wizard

extension ClusterClient {
  /// The members as the cluster has them now, cleaned, in the given order. Fails if a single one
  /// of them cannot be read: a unit holds everything or is not made.
  ///
  /// - Parameter withoutReplicas: see ``UnitPlan/withoutReplicas``.
  public func content(
    of members: [ObjectReference], withoutReplicas: Set<ObjectReference>? = nil, context: String,
    cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> UnitContent {
    let read = readObjects(members, context, cancellation) {
      member, resource throws(KubectlError) in
      let bytes = try kubectl.object(
        member, resource, context: context, cancellation: cancellation)
      return try Manifest(bytes, member)
    }
    do {
      try kubectl.checkIdentityOfSingleReads(context, cancellation: cancellation)
    } catch {
      throw ClusterFailure("The objects of \(context) could not be read", error)
    }
    var objects: [JSONValue] = []
    var sources: [Operation.Source] = []
    for (member, result) in zip(members, read) {
      do {
        let manifest = try result.get()
        objects.append(manifest.object)
        sources.append(manifest.source)
      } catch {
        throw ClusterFailure("\(member.text) of \(context) could not be read", error)
      }
    }
    let cleaned = Self.cleaned(objects, of: members, withoutReplicas: withoutReplicas)
    let yaml = cleaned.map { $0.yaml() }.joined(separator: "---\n")
    return UnitContent(yaml: yaml, digest: SHA256.hex(of: yaml.utf8), sources: sources)
  }

  /// What the scan has found to be scaled is not all: it may be lost, and an autoscaler may be new.
  static func cleaned(
    _ objects: [JSONValue], of members: [ObjectReference], withoutReplicas: Set<ObjectReference>?
  ) -> [JSONValue] {
    var scaled = withoutReplicas ?? []
    if withoutReplicas != nil {
      for (member, object) in zip(members, objects) {
        guard let target = object["spec"]?["scaleTargetRef"],
          let name = target["name"]?.string
        else { continue }
        // KEDA's may leave the kind out.
        let kind = target["kind"]?.string ?? "Deployment"
        scaled.formUnion(
          members.filter {
            $0.kind == kind && $0.name == name && $0.namespace == member.namespace
          })
      }
    }
    return zip(members, objects).map {
      Cleaning.clean($1, withoutReplicas: scaled.contains($0))
    }
  }

  /// The members as they are, with everything the cluster wrote into them.
  func liveObjects(
    _ members: [ObjectReference], context: String, cancellation: Cancellation?
  ) throws(ClusterFailure) -> [JSONValue] {
    let read = readObjects(members, context, cancellation) {
      member, resource throws(KubectlError) in
      try Manifest(
        kubectl.object(member, resource, context: context, cancellation: cancellation), member)
    }
    var objects: [JSONValue] = []
    for (member, result) in zip(members, read) {
      do {
        objects.append(try result.get().object)
      } catch {
        throw ClusterFailure("\(member.text) of \(context) could not be read", error)
      }
    }
    return objects
  }

  /// In the order of the objects, at most four at a time.
  func readObjects<Value: Sendable>(
    _ objects: [ObjectReference], _ context: String, _ cancellation: Cancellation?,
    read: @escaping @Sendable (ObjectReference, Resource) throws(KubectlError) -> Value
  ) -> [Result<Value, KubectlError>] {
    inParallel(
      objects.map { object in
        {
          Result { () throws(KubectlError) in
            try read(
              object,
              kubectl.resource(of: object, context: context, cancellation: cancellation))
          }
        }
      })
  }
}

/// An object as the cluster wrote it.
private struct Manifest: Sendable {
  var object: JSONValue
  var source: Operation.Source

  init(_ bytes: [UInt8], _ reference: ObjectReference) throws(KubectlError) {
    do {
      object = try JSONValue(parsing: bytes)
    } catch {
      throw KubectlError(.unreadable, "the answer, \(bytes.count) bytes, is not an object")
    }
    let metadata = object["metadata"]
    source = Operation.Source(
      object: reference, uid: metadata?["uid"]?.string,
      resourceVersion: metadata?["resourceVersion"]?.string)
    let found = ObjectReference(
      apiVersion: object["apiVersion"]?.string ?? "", kind: object["kind"]?.string ?? "",
      namespace: metadata?["namespace"]?.string, name: metadata?["name"]?.string ?? "")
    guard found == reference else {
      throw KubectlError(.unreadable, "the answer is about \(found.text)")
    }
  }
}

extension ObjectReference {
  /// `Deployment payment-prod/payment-api`
  var text: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }
}
