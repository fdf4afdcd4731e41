import Wizard

/// A pod template, as far as it says what the pods need.
struct PodTemplate: Sendable {
  var metadata: TemplateMetadata?
  var spec: PodSpec?

  struct TemplateMetadata: Sendable {
    var labels: [String: String]?
  }

  struct PodSpec: Sendable {
    var serviceAccountName: String?
    var priorityClassName: String?
    var runtimeClassName: String?
    var imagePullSecrets: [LocalName]?
    var volumes: [Volume]?
    var initContainers: [Container]?
    var containers: [Container]?
  }

  struct Container: Sendable {
    var image: String?
    var envFrom: [EnvironmentSource]?
    var env: [Variable]?

    struct EnvironmentSource: Sendable {
      var configMapRef: LocalName?
      var secretRef: LocalName?
    }

    struct Variable: Sendable {
      var valueFrom: Source?
      struct Source: Sendable {
        var configMapKeyRef: LocalName?
        var secretKeyRef: LocalName?
      }
    }
  }
}

/// What one volume, whatever its type, refers to.
struct Volume: Sendable {
  var configMaps: [String] = []
  var secrets: [String] = []
  var claims: [String] = []
  /// Of the Secrets Store CSI driver.
  var secretProviderClasses: [String] = []
}

extension PodTemplate {
  private var containers: [Container] { (spec?.initContainers ?? []) + (spec?.containers ?? []) }

  var images: Set<String> { Set(containers.compactMap(\.image).filter { !$0.isEmpty }) }

  /// The names of the ConfigMaps that its pods mount or read.
  var configMaps: Set<String> {
    var names = Set((spec?.volumes ?? []).flatMap(\.configMaps))
    for container in containers {
      names.formUnion((container.envFrom ?? []).compactMap(\.configMapRef?.name))
      names.formUnion((container.env ?? []).compactMap(\.valueFrom?.configMapKeyRef?.name))
    }
    return names
  }

  /// What its pods need beside that and their account, in the namespace that is theirs.
  func needed(in namespace: String) -> Set<ObjectReference> {
    func objects(_ apiVersion: String, _ kind: String, _ names: some Sequence<String>)
      -> [ObjectReference]
    {
      names.map {
        ObjectReference(apiVersion: apiVersion, kind: kind, namespace: namespace, name: $0)
      }
    }
    func ofCluster(_ apiVersion: String, _ kind: String, _ name: String?) -> [ObjectReference] {
      guard let name, !name.isEmpty, !everywhere.contains(name) else { return [] }
      return [ObjectReference(apiVersion: apiVersion, kind: kind, namespace: nil, name: name)]
    }
    // Every cluster has these.
    let everywhere = ["system-cluster-critical", "system-node-critical"]
    let volumes = spec?.volumes ?? []
    return Set(
      objects("v1", "Secret", secrets)
        + objects("v1", "PersistentVolumeClaim", volumes.flatMap(\.claims))
        + objects(
          "secrets-store.csi.x-k8s.io/v1", "SecretProviderClass",
          volumes.flatMap(\.secretProviderClasses))
        + ofCluster("scheduling.k8s.io/v1", "PriorityClass", spec?.priorityClassName)
        + ofCluster("node.k8s.io/v1", "RuntimeClass", spec?.runtimeClassName))
  }

  /// The names of the Secrets that its pods need; what is in them is nobody's business here.
  var secrets: Set<String> {
    var names = Set((spec?.volumes ?? []).flatMap(\.secrets))
    names.formUnion((spec?.imagePullSecrets ?? []).compactMap(\.name))
    for container in containers {
      names.formUnion((container.envFrom ?? []).compactMap(\.secretRef?.name))
      names.formUnion((container.env ?? []).compactMap(\.valueFrom?.secretKeyRef?.name))
    }
    return names
  }
}
