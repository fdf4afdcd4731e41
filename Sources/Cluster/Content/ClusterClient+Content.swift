import Documents
import Subprocess
import Wizard

extension ClusterClient {
  /// The members as the cluster has them now, cleaned, in the given order. Fails if a single one
  /// of them cannot be read: a unit holds everything or is not made.
  public func content(
    of members: [ObjectReference], context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> UnitContent {
    let read = readObjects(members) { member, resource throws(Refusal) in
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
        documents.append(manifest.cleaned.yaml())
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
    let read = readObjects(members) { member, resource throws(Refusal) in
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

  /// Whether the objects are still at the versions that were read. A new version alone is no
  /// change of what somebody wants: a status makes one, too; compare ``content(of:context:cancellation:)``.
  public func currentVersions(
    of sources: [Operation.Source], context: String, cancellation: Cancellation? = nil
  ) -> [ObjectReference: VersionReading] {
    let objects = sources.map(\.object)
    let read = readObjects(objects) { object, resource throws(Refusal) in
      try kubectl.metadata(of: object, resource, context: context, cancellation: cancellation)
    }
    let readings = zip(sources, read).map { ($0.object, VersionReading($0, $1)) }
    return Dictionary(readings) { $1 }
  }

  /// In the order of the objects, at most four at a time.
  private func readObjects<Value: Sendable>(
    _ objects: [ObjectReference],
    read: @escaping @Sendable (ObjectReference, Resource) throws(Refusal) -> Value
  ) -> [Result<Value, Refusal>] {
    inParallel(
      objects.map { object in
        {
          Result { () throws(Refusal) in
            guard let resource = Resource.of(object) else {
              throw Refusal(.notServed, "\(object.apiVersion) \(object.kind) is not read")
            }
            return try read(object, resource)
          }
        }
      })
  }
}

/// What became of an object since it was read.
public enum VersionReading: Hashable, Sendable {
  case same
  /// It has this resourceVersion now; or it was deleted and made anew.
  case changed(now: String)
  case gone
  /// In kubectl's own words, which are not escaped.
  case unreadable(reason: String)

  init(_ source: Operation.Source, _ reading: Result<Metadata, Refusal>) {
    switch reading {
    case .failure(let refusal) where refusal.reason == .notFound: self = .gone
    case .failure(let refusal): self = .unreadable(reason: refusal.words)
    case .success(let metadata):
      guard let then = source.resourceVersion, let now = metadata.resourceVersion else {
        self = .unreadable(reason: "its version was not recorded")
        return
      }
      let isAnother = source.uid != nil && metadata.uid != source.uid
      self = then == now && !isAnother ? .same : .changed(now: now)
    }
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

  var cleaned: JSONValue { Cleaning.clean(object) }
}

extension ObjectReference {
  /// `Deployment payment-prod/payment-api`
  var text: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }
}
