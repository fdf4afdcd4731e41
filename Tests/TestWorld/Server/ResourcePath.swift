/// What a path of the Kubernetes API names: the objects of one kind, those in one namespace, or one
/// of them.
struct ResourcePath {
  /// The path of the list of all objects of the kind, for instance `/apis/apps/v1/deployments`.
  var list: String
  /// The API group, empty for the core one.
  var group: String
  /// The kind's name in paths, for instance `deployments`.
  var resource: String
  /// The namespace; for a namespace itself its own name, as in the server's authorization.
  var namespace: String?
  /// The object; nil for a list.
  var name: String?

  /// Nil if the path does not name objects.
  init?(_ path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)[...]
    guard parts.popFirst() == "", !parts.contains("") else { return nil }
    let prefix: [String]
    switch parts.first {
    case "api" where parts.count > 2:
      group = ""
      prefix = Array(parts.prefix(2))
    case "apis" where parts.count > 3:
      prefix = Array(parts.prefix(3))
      group = prefix[1]
    default: return nil
    }
    parts = parts.dropFirst(prefix.count)
    if parts.first == "namespaces" {
      parts.removeFirst()
      namespace = parts.popFirst()
      if parts.isEmpty {
        parts = ["namespaces"]
        if let namespace { parts.append(namespace) }
      }
    }
    guard parts.count <= 2, let resource = parts.popFirst() else { return nil }
    self.resource = resource
    name = parts.popFirst()
    list = "/" + (prefix + [resource]).joined(separator: "/")
  }

  /// The kind's name in messages, for instance `deployments.apps`.
  var qualifiedResource: String { group.isEmpty ? resource : "\(resource).\(group)" }
}
