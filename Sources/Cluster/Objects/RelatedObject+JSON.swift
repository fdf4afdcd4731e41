import Documents

// MARK: From JSON

extension ServiceObject: SpecifiedObject {}
extension DisruptionBudgetObject: SpecifiedObject {}
extension NetworkPolicyObject: SpecifiedObject {}
extension IngressObject: SpecifiedObject {}

extension ServiceObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "selector" = key { selector = try json.texts() }
    }
  }
}

extension DisruptionBudgetObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "selector" = key { selector = try json.object() }
    }
  }
}

extension NetworkPolicyObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "podSelector" = key { podSelector = try json.object() }
    }
  }
}

extension ConfigMapObject {
  init(_ json: inout JSONReader) throws {
    self.init(metadata: try AnyObjectMetadata(&json).metadata)
  }
}

extension ServiceAccountObject {
  init(_ json: inout JSONReader) throws {
    var metadata: Metadata?
    var secrets: [LocalName]?
    try json.members { key, json in
      switch key {
      case "metadata": metadata = try json.object()
      case "imagePullSecrets": secrets = try json.list()
      default: break
      }
    }
    self.init(metadata: try metadata.orMalformed(), imagePullSecrets: secrets)
  }
}

extension AutoscalerObject {
  init(_ json: inout JSONReader) throws {
    let (metadata, spec) = try json.specified(by: Spec.self)
    self.init(metadata: metadata, spec: try spec.orMalformed())
  }
}

extension AutoscalerObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var target: Target?
    try json.members { key, json in
      if case "scaleTargetRef" = key { target = try json.object() }
    }
    self.init(scaleTargetRef: try target.orMalformed())
  }
}

extension AutoscalerObject.Spec.Target: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var (kind, name): (String?, String?)
    try json.members { key, json in
      switch key {
      case "kind": kind = try json.text()
      case "name": name = try json.text()
      default: break
      }
    }
    self.init(kind: try kind.orMalformed(), name: try name.orMalformed())
  }
}

extension IngressObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "defaultBackend": defaultBackend = try json.object()
      case "rules": rules = try json.list()
      case "tls": tls = try json.list()
      default: break
      }
    }
  }
}

extension IngressObject.Backend: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "service" = key { service = try json.object() }
    }
  }
}

extension IngressObject.Rule: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "http" = key { http = try json.object() }
    }
  }
}

extension IngressObject.Rule.HTTP: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "paths" = key { paths = try json.list() }
    }
  }
}

extension IngressObject.Rule.Path: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "backend" = key { backend = try json.object() }
    }
  }
}

extension IngressObject.TLS: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "secretName" = key { secretName = try json.text() }
    }
  }
}
