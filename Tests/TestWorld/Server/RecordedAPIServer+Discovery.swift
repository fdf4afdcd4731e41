// Which kinds are served: those of which there is a list.
extension RecordedAPIServer.State {
  /// What is served below the request's path; nil if the path is none that tells of that.
  func discovery(_ request: RecordedAPIServer.Request) -> String? {
    let kinds = lists.compactMap { path, list in ServedKind(path, list) }
      .sorted { ($0.group, $0.version, $0.name) < ($1.group, $1.version, $1.name) }
    let parts = request.path.split(separator: "/").map(String.init)
    switch (parts.first, parts.count) {
    case ("api", 1):
      return isAtOnce(request)
        ? Self.groups(kinds.filter(\.group.isEmpty))
        : #"{"kind":"APIVersions","versions":["v1"]}"#
    case ("apis", 1):
      let kinds = kinds.filter { !$0.group.isEmpty }
      return isAtOnce(request) ? Self.groups(kinds) : Self.oldGroups(kinds)
    case ("api", 2): return Self.version(kinds.filter { $0.group.isEmpty }, parts[1])
    case ("apis", 3):
      let kinds = kinds.filter { $0.group == parts[1] && $0.version == parts[2] }
      return kinds.isEmpty ? nil : Self.version(kinds, "\(parts[1])/\(parts[2])")
    default: return nil
    }
  }

  private func isAtOnce(_ request: RecordedAPIServer.Request) -> Bool {
    discoversAtOnce && request.accept.contains("as=APIGroupDiscoveryList")
  }

  private static func groups(_ kinds: [ServedKind]) -> String {
    let groups = Dictionary(grouping: kinds, by: \.group).sorted { $0.key < $1.key }.map {
      group, kinds in
      let versions = Dictionary(grouping: kinds, by: \.version).sorted { $0.key < $1.key }.map {
        let resources = $1.map(\.text).joined(separator: ",")
        return #"{"version":"\#($0)","freshness":"Current","resources":[\#(resources)]}"#
      }
      let name = group.isEmpty ? "" : #""name":"\#(group)","#
      return
        #"{"metadata":{\#(name)"creationTimestamp":null},"versions":[\#(versions.joined(separator: ","))]}"#
    }
    return
      #"{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":["#
      + groups.joined(separator: ",") + "]}\n"
  }

  private static func oldGroups(_ kinds: [ServedKind]) -> String {
    let groups = Dictionary(grouping: kinds, by: \.group).sorted { $0.key < $1.key }.map {
      let versions = Set($1.map(\.version)).sorted().map { [group = $0] version in
        #"{"groupVersion":"\#(group)/\#(version)","version":"\#(version)"}"#
      }
      return
        #"{"name":"\#($0)","versions":[\#(versions.joined(separator: ","))],"preferredVersion":\#(versions[0])}"#
    }
    return #"{"kind":"APIGroupList","apiVersion":"v1","groups":["#
      + groups.joined(separator: ",") + "]}\n"
  }

  private static func version(_ kinds: [ServedKind], _ version: String) -> String {
    let resources = kinds.map {
      #"{"name":"\#($0.name)","singularName":"","namespaced":\#($0.isNamespaced),"#
        + #""kind":"\#($0.kind)","verbs":["get","list"]}"#
    }
    return
      #"{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"\#(version)","resources":["#
      + resources.joined(separator: ",") + "]}\n"
  }
}

private struct ServedKind {
  var group = ""
  var version: String
  var name: String
  var kind: String
  var isNamespaced: Bool

  init?(_ path: String, _ list: ResourceList) {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count >= 3 else { return nil }
    if parts[0] == "apis" { group = parts[1] }
    version = parts[parts.count - 2]
    name = parts[parts.count - 1]
    kind = String(list.kind.dropLast("List".count))
    isNamespaced =
      list.objects.isEmpty
      ? !["namespaces", "customresourcedefinitions"].contains(name)
      : list.objects.contains { $0.namespace != nil }
  }

  var text: String {
    #"{"resource":"\#(name)","responseKind":{"group":"\#(group)","version":"\#(version)","#
      + #""kind":"\#(kind)"},"scope":"\#(isNamespaced ? "Namespaced" : "Cluster")","#
      + #""singularResource":"","verbs":["get","list"]}"#
  }
}
