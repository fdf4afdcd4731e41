/// A pod template, as far as it says what the pods need.
struct PodTemplate: Sendable {
  var metadata: TemplateMetadata?
  var spec: PodSpec?

  struct TemplateMetadata: Sendable {
    var labels: [String: String]?
  }

  struct PodSpec: Sendable {
    var serviceAccountName: String?
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

/// The ConfigMaps and Secrets of one volume, whatever its type.
struct Volume: Sendable {
  var configMaps: [String] = []
  var secrets: [String] = []
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
