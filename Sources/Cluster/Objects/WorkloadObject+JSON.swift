import Documents
import ForeignText

// MARK: From JSON

extension WorkloadObject {
  init(_ json: inout JSONReader) throws {
    var metadata: Metadata?
    var (spec, status): (Spec?, Status?)
    try json.members { key, json in
      switch key {
      case "metadata": metadata = try json.object()
      case "spec": spec = try json.object()
      case "status": status = try json.object()
      default: break
      }
    }
    self.init(metadata: try metadata.orMalformed(), spec: spec, status: status)
  }
}

extension WorkloadObject.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "replicas": replicas = try json.integer()
      case "template": template = try json.object()
      case "jobTemplate": jobTemplate = try json.object()
      case "updateStrategy": updateStrategy = try json.object()
      case "volumeClaimTemplates": volumeClaimTemplates = try json.list()
      default: break
      }
    }
  }
}

extension WorkloadObject.ClaimTemplate: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var (name, className): (String?, String?)
    try json.members { key, json in
      switch key {
      case "metadata":
        try json.members { key, json in
          if case "name" = key { name = try json.text() }
        }
      case "spec":
        try json.members { key, json in
          if case "storageClassName" = key { className = try json.text() }
        }
      default: break
      }
    }
    self.init(name: name, storageClassName: className)
  }
}

extension WorkloadObject.JobTemplate: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "spec" = key { spec = try json.object() }
    }
  }
}

extension WorkloadObject.JobTemplate.Spec: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "template" = key { template = try json.object() }
    }
  }
}

extension WorkloadObject.UpdateStrategy: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "type": type = try json.text()
      case "rollingUpdate": rollingUpdate = try json.object()
      default: break
      }
    }
  }
}

extension WorkloadObject.UpdateStrategy.RollingUpdate: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      if case "partition" = key { partition = try json.integer() }
    }
  }
}

extension WorkloadObject.Status: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "observedGeneration": observedGeneration = try json.integer()
      case "conditions": conditions = try json.list()
      case "replicas": replicas = try json.integer()
      case "updatedReplicas": updatedReplicas = try json.integer()
      case "readyReplicas": readyReplicas = try json.integer()
      case "availableReplicas": availableReplicas = try json.integer()
      case "currentRevision": currentRevision = try json.text()
      case "updateRevision": updateRevision = try json.text()
      case "desiredNumberScheduled": desiredNumberScheduled = try json.integer()
      case "currentNumberScheduled": currentNumberScheduled = try json.integer()
      case "updatedNumberScheduled": updatedNumberScheduled = try json.integer()
      case "numberReady": numberReady = try json.integer()
      case "numberAvailable": numberAvailable = try json.integer()
      case "startTime": startTime = try json.text()
      default: break
      }
    }
  }
}

extension WorkloadObject.Condition: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var type: String?
    self.init(type: "")
    try json.members { key, json in
      switch key {
      case "type": type = try json.text()
      case "status": status = try json.text()
      case "reason": reason = try json.text()
      case "message": message = try json.text().map { ForeignText($0) }
      default: break
      }
    }
    self.type = try type.orMalformed()
  }
}
