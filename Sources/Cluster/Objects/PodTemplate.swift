/// A pod template, as far as it says what the pods need.
struct PodTemplate: Decodable, Sendable {
  var metadata: TemplateMetadata?
  var spec: PodSpec?

  struct TemplateMetadata: Decodable, Sendable {
    var labels: [String: String]?
  }

  struct PodSpec: Decodable, Sendable {
    var serviceAccountName: String?
    var imagePullSecrets: [LocalName]?
    var volumes: [Volume]?
    var initContainers: [Container]?
    var containers: [Container]?
  }

  struct Container: Decodable, Sendable {
    var image: String?
    var envFrom: [EnvironmentSource]?
    var env: [Variable]?

    struct EnvironmentSource: Decodable, Sendable {
      var configMapRef: LocalName?
      var secretRef: LocalName?
    }

    struct Variable: Decodable, Sendable {
      var valueFrom: Source?
      struct Source: Decodable, Sendable {
        var configMapKeyRef: LocalName?
        var secretKeyRef: LocalName?
      }
    }
  }
}

/// The ConfigMaps and Secrets of one volume, whatever its type.
struct Volume: Decodable, Sendable {
  var configMaps: [String] = []
  var secrets: [String] = []

  /// Types differ in how they name a Secret, not in what that means.
  private struct Source: Decodable {
    var name: String?
    var secretName: String?
    var secretRef: LocalName?
    var nodePublishSecretRef: LocalName?
    var sources: [Projection]?

    struct Projection: Decodable {
      var configMap: LocalName?
      var secret: LocalName?
    }
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: AnyKey.self)
    for key in members.allKeys where key.stringValue != "name" {
      guard let source = try? members.decodeIfPresent(Source.self, forKey: key) else { continue }
      if key.stringValue == "configMap" { configMaps += [source.name].compactMap(\.self) }
      configMaps += (source.sources ?? []).compactMap(\.configMap?.name)
      secrets += (source.sources ?? []).compactMap(\.secret?.name)
      secrets += [source.secretName, source.secretRef?.name, source.nodePublishSecretRef?.name]
        .compactMap(\.self)
    }
  }
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
