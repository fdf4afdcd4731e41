import Documents
import Subprocess
import Wizard

extension Kubectl {
  /// One object, as the server has it now; asked for again if the server is busy.
  func object(
    _ object: ObjectReference, _ resource: Resource, context: String, cancellation: Cancellation?
  ) throws(KubectlError) -> [UInt8] {
    let path = APIPath(
      resource.name, of: object.apiVersion, namespace: object.namespace, name: object.name)
    guard let path else {
      throw KubectlError(.notFound, "\"\(object.name)\" is no name that an object can have")
    }
    return try patience.ask(object.text, cancellation: cancellation) { () throws(KubectlError) in
      try get(path.text, context: context, cancellation: cancellation)
    }
  }

  /// Under which name its cluster serves an object; asked for where no unit of ours is full of such.
  func resource(
    of object: ObjectReference, context: String, cancellation: Cancellation?
  ) throws(KubectlError) -> Resource {
    if let known = Resource.of(object) ?? proxies.kind(of: object, in: context) { return known }
    let lister = Lister(kubectl: self, context: context, cancellation: cancellation)
    guard object.kind != "Secret", Self.isVersion(object.apiVersion) else {
      throw KubectlError(.notServed, "\(object.apiVersion) \(object.kind) is not read")
    }
    proxies.keep(try Discovery(lister: lister).kinds(of: object.apiVersion), of: context)
    guard let found = proxies.kind(of: object, in: context) else {
      throw KubectlError(
        .notServed, "this cluster does not serve \(object.apiVersion) \(object.kind)")
    }
    return found
  }

  /// `VERSION` or `GROUP/VERSION`, and nothing that leads elsewhere.
  private static func isVersion(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        part.first?.isLetter == true
          && part.utf8.allSatisfy("abcdefghijklmnopqrstuvwxyz0123456789-.".utf8.contains)
      }
  }

  func metadata(
    of object: ObjectReference, _ resource: Resource, context: String, cancellation: Cancellation?
  ) throws(KubectlError) -> Metadata {
    let bytes = try self.object(object, resource, context: context, cancellation: cancellation)
    return try decode(AnyObjectMetadata.self, bytes).metadata
  }
}

extension Metadata {
  /// Of namespace kube-system: what tells one cluster from another.
  func uidOfCluster() throws(KubectlError) -> String {
    guard let uid else { throw KubectlError(.unreadable, "namespace kube-system has no uid") }
    return uid
  }
}

/// Reads what kubectl printed; what cannot be read was cut off, or does not come from a cluster.
func decode<Value: JSONReadable>(_ type: Value.Type, _ bytes: [UInt8]) throws(KubectlError) -> Value
{
  do {
    return try bytes.withUnsafeBufferPointer { try JSONReader.read(type, from: $0) }
  } catch {
    throw KubectlError(.unreadable, "the answer, \(bytes.count) bytes, is not what was asked for")
  }
}
