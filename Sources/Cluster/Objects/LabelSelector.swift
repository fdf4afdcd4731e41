import Documents
import Wizard

/// `matchLabels` and `matchExpressions`, see Kubernetes' page on labels and selectors.
struct LabelSelector: Hashable, Sendable {
  var labels: Labels
  var requirements: [Requirement] = []

  struct Requirement: Hashable, Sendable {
    var key: String
    var `operator`: String
    var values: [String]

    func holds(for labels: Labels) -> Bool {
      let value = labels[key]
      let isListed = value.map { values.contains($0) } ?? false
      return switch `operator` {
      case "In": isListed
      case "NotIn": !isListed
      case "Exists": value != nil
      case "DoesNotExist": value == nil
      default: false
      }
    }
  }

  init(matchLabels: [String: String]? = nil) { labels = Labels(matchLabels ?? [:]) }

  /// Selects everything, or nothing: which of the two differs from kind to kind.
  var isEmpty: Bool { labels.isEmpty && requirements.isEmpty }

  func matches(_ labels: Labels) -> Bool {
    self.labels.allSatisfy { labels[$0.key] == $0.value }
      && requirements.allSatisfy { $0.holds(for: labels) }
  }
}

extension LabelSelector: Packable {
  func pack(into bytes: inout [UInt8]) {
    bytes.pack(labels)
    bytes.pack(requirements.count)
    for requirement in requirements {
      bytes.pack(requirement.key)
      bytes.pack(requirement.operator)
      bytes.pack(requirement.values)
    }
  }

  init(_ packed: inout PackedBytes) {
    labels = packed.labels()
    requirements = (0..<packed.number()).map { _ in
      Requirement(key: packed.text(), operator: packed.text(), values: packed.texts())
    }
  }
}

// MARK: From JSON

extension LabelSelector: JSONReadable {
  init(_ json: inout JSONReader) throws {
    self.init()
    try json.members { key, json in
      switch key {
      case "matchLabels": labels = Labels(try json.texts() ?? [:])
      case "matchExpressions": requirements = try json.list() ?? []
      default: break
      }
    }
  }
}

extension LabelSelector.Requirement: JSONReadable {
  init(_ json: inout JSONReader) throws {
    var (key, sign): (String?, String?)
    var values: [String]?
    try json.members { member, json in
      switch member {
      case "key": key = try json.text()
      case "operator": sign = try json.text()
      case "values": values = try json.list()
      default: break
      }
    }
    self.init(
      key: try key.orMalformed(), operator: try sign.orMalformed(), values: values ?? [])
  }
}
