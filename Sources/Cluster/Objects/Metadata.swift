/// The parts of any object's `metadata` that are read; the rest is skipped while decoding.
struct Metadata: Decodable, Sendable {
  var name: String
  var namespace: String?
  var uid: String?
  var resourceVersion: String?
  var generation: Int?
  var deletionTimestamp: String?
  var labels: [String: String]?
  var annotations: Annotations?
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

/// Those of an object's annotations that may say who manages it; the others can be long.
struct Annotations: Decodable, Sendable {
  var values: [String: String] = [:]

  private static let prefixes = [
    "app.terraform.io/", "argocd.argoproj.io/", "confighub.com/", "crossplane.io/", "kro.run/",
    "meta.helm.sh/",
  ]

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: AnyKey.self)
    for key in members.allKeys where Self.prefixes.contains(where: key.stringValue.hasPrefix) {
      values[key.stringValue] = try members.decode(String.self, forKey: key)
    }
  }
}

/// A key that is not known beforehand.
struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// An object as far as it is read.
protocol ListedObject: Decodable, Sendable {
  var metadata: Metadata { get }
}

/// An object of which only the metadata matters.
struct AnyObjectMetadata: ListedObject {
  var metadata: Metadata
}

/// A reference within a namespace.
struct LocalName: Decodable, Sendable {
  var name: String?
}
