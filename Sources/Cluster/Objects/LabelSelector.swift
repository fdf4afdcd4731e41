/// A label of an object, or one that is asked for.
struct Label: Hashable, Comparable, Sendable {
  var key: String
  var value: String

  static func < (a: Label, b: Label) -> Bool { (a.key, a.value) < (b.key, b.value) }
}

/// Labels that take little room; there may be tens of thousands of them.
struct Labels: Hashable, Sendable {
  private(set) var pairs: [Label]

  init(_ labels: [String: String] = [:]) {
    pairs = labels.map { Label(key: $0.key, value: $0.value) }.sorted()
  }

  subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }
}

/// `matchLabels` and `matchExpressions`, see Kubernetes' page on labels and selectors.
struct LabelSelector: Decodable, Sendable {
  var labels: Labels
  var requirements: [Requirement]

  struct Requirement: Decodable, Sendable {
    var key: String
    var `operator`: String
    var values: [String]?

    func holds(for labels: Labels) -> Bool {
      let value = labels[key]
      let isListed = value.map { (values ?? []).contains($0) } ?? false
      return switch `operator` {
      case "In": isListed
      case "NotIn": !isListed
      case "Exists": value != nil
      case "DoesNotExist": value == nil
      default: false
      }
    }
  }

  private enum CodingKeys: String, CodingKey { case matchLabels, matchExpressions }

  init(matchLabels: [String: String]? = nil) {
    labels = Labels(matchLabels ?? [:])
    requirements = []
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    labels = Labels(
      try members.decodeIfPresent([String: String].self, forKey: .matchLabels) ?? [:])
    requirements =
      try members.decodeIfPresent([Requirement].self, forKey: .matchExpressions) ?? []
  }

  /// Selects everything, or nothing: which of the two differs from kind to kind.
  var isEmpty: Bool { labels.pairs.isEmpty && requirements.isEmpty }

  func matches(_ labels: Labels) -> Bool {
    self.labels.pairs.allSatisfy { labels[$0.key] == $0.value }
      && requirements.allSatisfy { $0.holds(for: labels) }
  }
}
