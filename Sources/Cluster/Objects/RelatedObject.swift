import Wizard

/// An object that may belong to a workload, and how one sees to which.
struct RelatedObject: Hashable, Sendable {
  enum Link: Hashable, Sendable {
    /// A workload names it, by the kind of its own.
    case named
    /// A ServiceAccount: named likewise, and its pods get these Secrets' credentials.
    case account(pullSecrets: Set<String>)
    /// It chooses pods by their labels.
    case selects(LabelSelector)
    /// It changes the replicas of the workload of this kind and name.
    case scales(kind: String, name: String)
    /// It leads to Services, and its certificates are in Secrets.
    case routes(services: Set<String>, secrets: Set<String>)
    /// It is of a kind that not every cluster has, or that says it in another way.
    case other(Links)
  }

  var reference: ObjectReference
  var link: Link
  /// Why nobody may import it, if so: what made it makes it again, or it is being deleted.
  var obstacle: String?
  /// Of a Service all of them, of anything else those that name a release.
  var labels = Labels()
  /// Those that own it, and have not made it.
  var owners: [ObjectName] = []
  /// Who puts it back when it is changed, if somebody does, as in `Flux Kustomization apps`. Of what
  /// mostly belongs to a workload it is not looked at.
  var applier: String?
}

extension RelatedObject: Packable {
  func pack(into bytes: inout [UInt8]) {
    bytes.pack(reference.apiVersion)
    bytes.pack(reference.kind)
    bytes.pack(ifAny: reference.namespace)
    bytes.pack(reference.name)
    bytes.pack(ifAny: obstacle)
    bytes.pack(labels)
    bytes.pack(owners.count)
    for owner in owners { owner.pack(into: &bytes) }
    bytes.pack(ifAny: applier)
    switch link {
    case .named: bytes.pack(0)
    case .account(let pullSecrets):
      bytes.pack(1)
      bytes.pack(pullSecrets)
    case .selects(let selector):
      bytes.pack(2)
      selector.pack(into: &bytes)
    case .scales(let kind, let name):
      bytes.pack(3)
      bytes.pack(kind)
      bytes.pack(name)
    case .routes(let services, let secrets):
      bytes.pack(4)
      bytes.pack(services)
      bytes.pack(secrets)
    case .other(let links):
      bytes.pack(5)
      links.pack(into: &bytes)
    }
  }

  init(_ packed: inout PackedBytes) {
    reference = ObjectReference(
      apiVersion: packed.text(), kind: packed.text(), namespace: packed.textIfAny(),
      name: packed.text())
    obstacle = packed.textIfAny()
    labels = packed.labels()
    owners = (0..<packed.number()).map { _ in ObjectName(&packed) }
    applier = packed.textIfAny()
    link =
      switch packed.number() {
      case 0: .named
      case 1: .account(pullSecrets: Set(packed.texts()))
      case 2: .selects(LabelSelector(&packed))
      case 3: .scales(kind: packed.text(), name: packed.text())
      case 4: .routes(services: Set(packed.texts()), secrets: Set(packed.texts()))
      default: .other(Links(&packed))
      }
  }
}

/// One of the kinds that belong to workloads, as far as it is read.
protocol BelongingObject: ListedObject {
  var link: RelatedObject.Link { get }
}

struct ServiceObject: BelongingObject {
  var metadata: Metadata
  var spec: Spec?

  struct Spec: Sendable {
    var selector: [String: String]?
  }

  var link: RelatedObject.Link { .selects(LabelSelector(matchLabels: spec?.selector)) }
}

struct ConfigMapObject: BelongingObject {
  var metadata: Metadata

  var link: RelatedObject.Link { .named }
}

struct ServiceAccountObject: BelongingObject {
  var metadata: Metadata
  var imagePullSecrets: [LocalName]?

  var link: RelatedObject.Link {
    .account(pullSecrets: Set((imagePullSecrets ?? []).compactMap(\.name)))
  }
}

struct AutoscalerObject: BelongingObject {
  var metadata: Metadata
  var spec: Spec

  struct Spec: Sendable {
    var scaleTargetRef: Target
    struct Target: Sendable {
      var kind: String
      var name: String
    }
  }

  var link: RelatedObject.Link {
    .scales(kind: spec.scaleTargetRef.kind, name: spec.scaleTargetRef.name)
  }
}

struct DisruptionBudgetObject: BelongingObject {
  var metadata: Metadata
  var spec: Spec?

  struct Spec: Sendable {
    var selector: LabelSelector?
  }

  var link: RelatedObject.Link { .selects(spec?.selector ?? LabelSelector()) }
}

struct NetworkPolicyObject: BelongingObject {
  var metadata: Metadata
  var spec: Spec?

  struct Spec: Sendable {
    var podSelector: LabelSelector?
  }

  var link: RelatedObject.Link { .selects(spec?.podSelector ?? LabelSelector()) }
}

struct IngressObject: BelongingObject {
  var metadata: Metadata
  var spec: Spec?

  struct Spec: Sendable {
    var defaultBackend: Backend?
    var rules: [Rule]?
    var tls: [TLS]?
  }

  struct Backend: Sendable {
    var service: LocalName?
  }

  struct Rule: Sendable {
    var http: HTTP?
    struct HTTP: Sendable {
      var paths: [Path]?
    }
    struct Path: Sendable {
      var backend: Backend?
    }
  }

  struct TLS: Sendable {
    var secretName: String?
  }

  var link: RelatedObject.Link {
    let backends = (spec?.rules ?? []).flatMap { $0.http?.paths ?? [] }.map(\.backend)
    return .routes(
      services: Set((backends + [spec?.defaultBackend]).compactMap { $0?.service?.name }),
      secrets: Set((spec?.tls ?? []).compactMap(\.secretName)))
  }
}
