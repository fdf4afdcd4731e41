import Documents
import Subprocess
import Wizard

extension ClusterClient {
  /// The members as the cluster has them now, cleaned, in the given order. Fails if a single one
  /// of them cannot be read: a unit holds everything or is not made.
  ///
  /// - Parameter withoutReplicas: the members whose number of replicas is left out.
  public func content(
    of members: [ObjectReference], withoutReplicas: Set<ObjectReference> = [], context: String,
    cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> UnitContent {
    let read = readObjects(members, context, cancellation) { member, resource throws(Refusal) in
      let bytes = try kubectl.object(
        member, resource, context: context, cancellation: cancellation)
      return try Manifest(bytes, member)
    }
    do {
      try kubectl.checkIdentityOfSingleReads(context, cancellation: cancellation)
    } catch {
      throw ClusterFailure("The objects of \(context) could not be read", error)
    }
    var documents: [String] = []
    var sources: [Operation.Source] = []
    for (member, result) in zip(members, read) {
      do {
        let manifest = try result.get()
        let isScaled = withoutReplicas.contains(member)
        documents.append(Cleaning.clean(manifest.object, withoutReplicas: isScaled).yaml())
        sources.append(manifest.source)
      } catch {
        throw ClusterFailure("\(member.text) of \(context) could not be read", error)
      }
    }
    let yaml = documents.joined(separator: "---\n")
    return UnitContent(yaml: yaml, digest: SHA256.hex(of: yaml.utf8), sources: sources)
  }

  /// The members as they are, with everything the cluster wrote into them.
  func liveObjects(
    _ members: [ObjectReference], context: String, cancellation: Cancellation?
  ) throws(ClusterFailure) -> [JSONValue] {
    let read = readObjects(members, context, cancellation) { member, resource throws(Refusal) in
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
    read: @escaping @Sendable (ObjectReference, Resource) throws(Refusal) -> Value
  ) -> [Result<Value, Refusal>] {
    inParallel(
      objects.map { object in
        {
          Result { () throws(Refusal) in
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

  init(_ bytes: [UInt8], _ reference: ObjectReference) throws(Refusal) {
    do {
      object = try JSONValue(parsing: bytes)
    } catch {
      throw Refusal(.unreadable, "the answer, \(bytes.count) bytes, is not an object")
    }
    let metadata = object["metadata"]
    source = Operation.Source(
      object: reference, uid: metadata?["uid"]?.string,
      resourceVersion: metadata?["resourceVersion"]?.string)
    let found = ObjectReference(
      apiVersion: object["apiVersion"]?.string ?? "", kind: object["kind"]?.string ?? "",
      namespace: metadata?["namespace"]?.string, name: metadata?["name"]?.string ?? "")
    guard found == reference else {
      throw Refusal(.unreadable, "the answer is about \(found.text)")
    }
  }
}

extension ObjectReference {
  /// `Deployment payment-prod/payment-api`
  var text: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }
}
