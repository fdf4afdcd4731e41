import Documents

// MARK: From JSON

extension OwningObject {
  init(_ json: inout JSONReader) throws {
    var (metadata, spec, status): (Metadata?, Spec?, Status?)
    try json.members { key, json in
      switch key {
      case "metadata": metadata = try json.object()
      case "spec": spec = try json.object()
      case "status": status = json.attempt(Status.self)
      default: break
      }
    }
    self.init(metadata: try metadata.orMalformed(), spec: spec, status: status)
  }
}

extension OwningObject.Status: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "resources" = key { resources = try json.list() }
    }
  }
}

extension OwningObject.AppliedResource: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "group": group = try json.text() ?? ""
      case "kind": kind = try json.text() ?? ""
      case "namespace": namespace = try json.text()
      case "name": name = try json.text() ?? ""
      default: break
      }
    }
  }
}

extension OwningObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "path": path = try json.text()
      case "sourceRef": sourceRef = try json.object()
      case "suspend": suspend = try json.bool()
      case "chart": chart = try json.object()
      case "chartRef": chartRef = try json.object()
      case "source": source = try json.object()
      case "sources": sources = try json.list()
      case "syncPolicy": syncPolicy = try json.object()
      case "destination": destination = try json.object()
      default: break
      }
    }
  }
}

extension OwningObject.Reference: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "kind": kind = try json.text()
      case "namespace": namespace = try json.text()
      case "name": name = try json.text()
      default: break
      }
    }
  }
}

extension OwningObject.Chart: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "spec" = key { spec = try json.object() }
    }
  }
}

extension OwningObject.Chart.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "chart": chart = try json.text()
      case "version": version = try json.text()
      case "sourceRef": sourceRef = try json.object()
      default: break
      }
    }
  }
}

extension OwningObject.Source: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "repoURL": repoURL = try json.text()
      case "path": path = try json.text()
      case "chart": chart = try json.text()
      case "targetRevision": targetRevision = try json.text()
      default: break
      }
    }
  }
}

extension OwningObject.SyncPolicy: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "automated" = key { automated = try json.object() }
    }
  }
}

extension OwningObject.SyncPolicy.Automated: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "enabled" = key { enabled = try json.bool() }
    }
  }
}
