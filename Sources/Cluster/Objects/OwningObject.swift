import FoundationEssentials
import Wizard

/// A Kustomization, HelmRelease or Application, as far as it says what it applies.
struct OwningObject: ListedObject {
  var metadata: Metadata
  var spec: Spec?
  var status: Status?

  struct Spec: Sendable {
    // Flux.
    var path: String?
    var sourceRef: Reference?
    var suspend: Bool?
    var chart: Chart?
    var chartRef: Reference?
    // Argo CD.
    var source: Source?
    var sources: [Source]?
    var syncPolicy: SyncPolicy?
    var destination: Reference?
  }

  struct Status: Sendable {
    /// What an Application applied last.
    var resources: [AppliedResource]?
  }

  struct AppliedResource: Hashable, Sendable {
    var group = ""
    var kind = ""
    var namespace: String?
    var name = ""
  }

  struct Reference: Sendable {
    var kind: String?
    var namespace: String?
    var name: String?

    var text: String {
      [kind, [namespace, name].compactMap(\.self).joined(separator: "/")].compactMap(\.self)
        .joined(separator: " ")
    }
  }

  struct Chart: Sendable {
    var spec: Spec?
    struct Spec: Sendable {
      var chart: String?
      var version: String?
      var sourceRef: Reference?
    }
  }

  struct Source: Sendable {
    var repoURL: String?
    var path: String?
    var chart: String?
    var targetRevision: String?

    var text: String {
      let what = chart.map { "chart \($0) of" } ?? path.map { "\($0) in" }
      return [
        what, repoURL.map(OwningObject.withoutCredentials), targetRevision.map { "at \($0)" },
      ].compactMap(\.self).joined(separator: " ")
    }
  }

  struct SyncPolicy: Sendable {
    var automated: Automated?
    struct Automated: Sendable {
      var enabled: Bool?
    }
  }

  /// `https://user:secret@host/path` without the middle.
  static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return String(url[..<scheme.upperBound] + rest[rest.index(after: at)...])
  }
}

extension OwnerObject {
  init(_ resource: Resource, _ object: OwningObject, apiVersion: String) {
    let namespace = object.metadata.namespace ?? ""
    self.init(
      tool: resource.owner, kind: resource.kind, namespace: namespace,
      name: object.metadata.name, standing: .found)
    guard let spec = object.spec else { return }
    switch tool {
    case .flux where kind == "HelmRelease":
      let chart = spec.chart?.spec
      let names = ["chart", chart?.chart, chart?.version].compactMap(\.self)
      source =
        spec.chartRef.map { "chart of \($0.text)" }
        ?? (names + [chart?.sourceRef.map { "from \($0.text)" }].compactMap(\.self))
        .joined(separator: " ")
      isAutomatic = spec.suspend != true
    case .flux:
      source = [spec.path, spec.sourceRef.map { "from \($0.text)" }].compactMap(\.self)
        .joined(separator: " ")
      isAutomatic = spec.suspend != true
    case .argoCD:
      let sources = spec.sources ?? [spec.source].compactMap(\.self)
      source = sources.map(\.text).joined(separator: ", ")
      isAutomatic = spec.syncPolicy?.automated.map { $0.enabled != false } ?? false
    case .configSync, .fleet, .kapp, .sveltos, .addonManager, .helm, .terraform, .configHub,
      .crossplane, .kro, .olm, .controller, .other, .native:
      break
    }
    if source?.isEmpty == true { source = nil }
    parent = Self.parent(of: object, resource, apiVersion)
  }

  /// An Application that another one applied, or a Kustomization.
  private static func parent(
    of object: OwningObject, _ resource: Resource, _ apiVersion: String
  ) -> String? {
    let reference = ObjectReference(
      apiVersion: apiVersion, kind: resource.kind, namespace: object.metadata.namespace,
      name: object.metadata.name)
    let owner = OwnerMarks(reference, object.metadata).owner
    guard owner.kind == resource.kind, let name = owner.name else { return nil }
    let namespace = owner.namespace ?? object.metadata.namespace ?? ""
    // The first of Flux's Kustomizations applies itself.
    guard name != object.metadata.name || namespace != object.metadata.namespace else { return nil }
    return "\(namespace)/\(name)"
  }
}
