/// The parts of any object's `metadata` that are read; the rest is skipped while decoding.
struct Metadata: Decodable, Sendable {
  var name: String
  var namespace: String?
  var uid: String?
  var resourceVersion: String?
  var generation: Int?
  var deletionTimestamp: String?
  var labels: [String: String]?
  var annotations: [String: String]?
  var ownerReferences: [OwnerReference]?
  var managedFields: [ManagedFields]?

  struct OwnerReference: Decodable, Sendable {
    var apiVersion: String
    var kind: String
    var name: String
    var controller: Bool?
  }

  struct ManagedFields: Decodable, Sendable {
    var manager: String?
  }
}

/// An object as far as it is read.
protocol ListedObject: Decodable, Sendable {
  var metadata: Metadata { get }
}

/// A page of a list.
struct ObjectList<Item: Decodable>: Decodable {
  var kind: String
  var metadata: ListMetadata
  var items: [Item]?

  struct ListMetadata: Decodable {
    var `continue`: String?
    var remainingItemCount: Int?
  }
}

/// An object of which only the metadata matters.
struct AnyObjectMetadata: ListedObject {
  var metadata: Metadata
}

/// A reference within a namespace.
struct LocalName: Decodable, Sendable {
  var name: String?
}

/// `matchLabels` and `matchExpressions`, see Kubernetes' page on labels and selectors.
struct LabelSelector: Decodable, Sendable {
  var matchLabels: [String: String]?
  var matchExpressions: [Requirement]?

  struct Requirement: Decodable, Sendable {
    var key: String
    var `operator`: String
    var values: [String]?

    func holds(for labels: [String: String]) -> Bool {
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

  /// Selects everything, or nothing: which of the two differs from version to version.
  var isEmpty: Bool { (matchLabels ?? [:]).isEmpty && (matchExpressions ?? []).isEmpty }

  func matches(_ labels: [String: String]) -> Bool {
    (matchLabels ?? [:]).isSubset(of: labels)
      && (matchExpressions ?? []).allSatisfy { $0.holds(for: labels) }
  }
}

extension [String: String] {
  func isSubset(of labels: [String: String]) -> Bool {
    allSatisfy { labels[$0.key] == $0.value }
  }
}
