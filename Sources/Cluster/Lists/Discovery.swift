import Documents
import FoundationEssentials
import Subprocess
import Wizard

/// Asks a cluster which kinds of objects it serves.
struct Discovery: Sendable {
  let lister: Lister
  /// How many requests are made at a time.
  var atMost = 4

  /// A kind as a cluster says it serves it.
  struct Kind: Sendable {
    var apiVersion: String
    /// As in paths.
    var name: String
    var kind: String
    var isNamespaced: Bool
    var verbs: Set<String>

    var resource: Resource {
      Resource(
        name: name, kind: kind, apiVersions: [apiVersion], isOptional: true,
        isOfCluster: !isNamespaced, isDiscovered: true)
    }
  }

  /// What came of it.
  struct Answer: Sendable {
    /// Each kind of a group once, in the version that the cluster prefers.
    var kinds: [Kind] = []
    /// By the part of the API that did not answer.
    var refusals: [(String, KubectlError)] = []
  }

  /// Two requests; where the cluster cannot say all at once, one for each version of each group.
  func kinds() -> Answer {
    var answer = Answer()
    var versions: [String] = []
    let roots = ["/api", "/apis"]
    let read = inParallel(
      roots.map { path in
        { Result { () throws(KubectlError) in try document(at: path, as: .discovery) } }
      }, atMost: atMost)
    for (path, result) in zip(roots, read) {
      do {
        let document = try result.get()
        if document.kind == "APIGroupDiscoveryList" {
          answer.kinds += document.kinds
        } else {
          versions += document.groupVersions
        }
      } catch {
        answer.refusals.append((path, error))
      }
    }
    let rest = inParallel(
      versions.map { version in
        { Result { () throws(KubectlError) in try kinds(of: version) } }
      }, atMost: atMost)
    for (version, result) in zip(versions, rest) {
      do {
        answer.kinds += try result.get()
      } catch {
        answer.refusals.append((version, error))
      }
    }
    var seen: Set<[String]> = []
    answer.kinds = answer.kinds.filter {
      seen.insert([String(ObjectReference.group(of: $0.apiVersion)), $0.name]).inserted
    }
    return answer
  }

  /// What one version of a group has: `v1`, `apps/v1`.
  func kinds(of apiVersion: String) throws(KubectlError) -> [Kind] {
    let path = apiVersion.contains("/") ? "/apis/\(apiVersion)" : "/api/\(apiVersion)"
    return try document(at: path, as: .whole).resources?.map { $0.kind(of: apiVersion) } ?? []
  }

  private func document(
    at path: String, as form: AnswerForm
  ) throws(KubectlError) -> DiscoveryDocument {
    let bytes = try lister.kubectl.patience.ask(path, cancellation: lister.cancellation) {
      () throws(KubectlError) in
      try lister.kubectl.get(
        path, as: form, context: lister.context, cancellation: lister.cancellation)
    }
    do {
      return try JSONDecoder().decode(DiscoveryDocument.self, from: Data(bytes))
    } catch {
      throw KubectlError(
        .unreadable, "the answer, \(bytes.count) bytes, does not say what is served")
    }
  }
}

/// An `APIGroupDiscoveryList`, or what there was before it: `APIVersions`, `APIGroupList`,
/// `APIResourceList`.
private struct DiscoveryDocument: Decodable {
  var kind: String?
  var items: [Group]?
  var versions: [String]?
  var groups: [OldGroup]?
  var resources: [OldResource]?

  struct Group: Decodable {
    var metadata: Name?
    var versions: [Version]?

    struct Name: Decodable { var name: String? }

    struct Version: Decodable {
      var version: String
      var resources: [Resource]?
    }

    struct Resource: Decodable {
      var resource: String
      var responseKind: Kind?
      var scope: String?
      var verbs: [String]?
      struct Kind: Decodable { var kind: String? }
    }
  }

  struct OldGroup: Decodable {
    var versions: [Version]?
    struct Version: Decodable { var groupVersion: String }
  }

  struct OldResource: Decodable {
    var name: String
    var kind: String
    var namespaced: Bool?
    var verbs: [String]?

    func kind(of apiVersion: String) -> Discovery.Kind {
      Discovery.Kind(
        apiVersion: apiVersion, name: name, kind: kind, isNamespaced: namespaced ?? false,
        verbs: Set(verbs ?? []))
    }
  }

  /// Groups have the versions that they prefer before the others.
  var groupVersions: [String] {
    (versions ?? []) + (groups ?? []).flatMap { $0.versions ?? [] }.map(\.groupVersion)
  }

  var kinds: [Discovery.Kind] {
    (items ?? []).flatMap { group in
      (group.versions ?? []).flatMap { version in
        let name = group.metadata?.name ?? ""
        let apiVersion = name.isEmpty ? version.version : "\(name)/\(version.version)"
        return (version.resources ?? []).map {
          Discovery.Kind(
            apiVersion: apiVersion, name: $0.resource, kind: $0.responseKind?.kind ?? "",
            isNamespaced: $0.scope == "Namespaced", verbs: Set($0.verbs ?? []))
        }
      }
    }
  }
}
