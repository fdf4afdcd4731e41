import Documents

// MARK: From JSON

extension PodTemplate: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "metadata": metadata = try json.object()
      case "spec": spec = try json.object()
      default: break
      }
    }
  }
}

extension PodTemplate.TemplateMetadata: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "labels" = key { labels = try json.texts() }
    }
  }
}

extension PodTemplate.PodSpec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "serviceAccountName": serviceAccountName = try json.text()
      case "priorityClassName": priorityClassName = try json.text()
      case "runtimeClassName": runtimeClassName = try json.text()
      case "imagePullSecrets": imagePullSecrets = try json.list()
      case "volumes": volumes = try json.list()
      case "initContainers": initContainers = try json.list()
      case "containers": containers = try json.list()
      default: break
      }
    }
  }
}

extension PodTemplate.Container: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "image": image = try json.text()
      case "envFrom": envFrom = try json.list()
      case "env": env = try json.list()
      default: break
      }
    }
  }
}

extension PodTemplate.Container.EnvironmentSource: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "configMapRef": configMapRef = try json.object()
      case "secretRef": secretRef = try json.object()
      default: break
      }
    }
  }
}

extension PodTemplate.Container.Variable: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "valueFrom" = key { valueFrom = try json.object() }
    }
  }
}

extension PodTemplate.Container.Variable.Source: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "configMapKeyRef": configMapKeyRef = try json.object()
      case "secretKeyRef": secretKeyRef = try json.object()
      default: break
      }
    }
  }
}

/// Types of volumes differ in how they name a Secret, not in what that means.
private struct VolumeSource: JSONReadable {
  var name: String?
  var secrets: [String?] = []
  var sources: [Projection]?
  var claimName: String?
  var attributes: [String: String]?

  struct Projection: JSONReadable {
    var configMap: LocalName?
    var secret: LocalName?

    init(_ json: inout JSONReader) throws {
      try json.members { key, json in
        switch key {
        case "configMap": configMap = try json.object()
        case "secret": secret = try json.object()
        default: break
        }
      }
    }
  }

  init(_ json: inout JSONReader) throws {
    try json.members { key, json in
      switch key {
      case "name": name = try json.text()
      case "secretName": secrets.append(try json.text())
      case "secretRef", "nodePublishSecretRef":
        secrets.append(try json.object(LocalName.self)?.name)
      case "sources": sources = try json.list()
      case "claimName": claimName = try json.text()
      case "volumeAttributes": attributes = try json.texts()
      default: break
      }
    }
  }
}

extension Volume: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "name" = key { return }
      guard let source = json.attempt(VolumeSource.self) else { return }
      if case "configMap" = key { configMaps += [source.name].compactMap(\.self) }
      configMaps += (source.sources ?? []).compactMap(\.configMap?.name)
      secrets += (source.sources ?? []).compactMap(\.secret?.name)
      secrets += source.secrets.compactMap(\.self)
      claims += [source.claimName].compactMap(\.self)
      secretProviderClasses += [source.attributes?["secretProviderClass"]].compactMap(\.self)
    }
  }
}
