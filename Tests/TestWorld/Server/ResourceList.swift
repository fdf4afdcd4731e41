import FoundationEssentials

/// An object of a cluster as its list holds it: JSON text, without `kind` and `apiVersion` unless
/// it is a custom resource.
public struct ClusterObject: Sendable {
  /// The namespace; nil for an object of the whole cluster.
  public var namespace: String?
  /// The name.
  public var name: String
  /// The object as JSON text in UTF-8.
  public var json: [UInt8]

  /// Takes `json` as it is: `metadata.namespace` and `metadata.name` in it must be the same.
  public init(namespace: String?, name: String, json: String) {
    self.namespace = namespace
    self.name = name
    self.json = Array(json.utf8)
  }

  /// An object found in JSON text.
  init(_ json: [UInt8]) throws {
    let text = JSONText(json)
    guard let name = text.string(text.range(of: "metadata", "name")) else {
      throw WorldFailure("an object has no name: \(String(decoding: json, as: UTF8.self))")
    }
    self.name = name
    namespace = text.string(text.range(of: "metadata", "namespace"))
    self.json = json
  }

  /// The same with its metadata alone.
  var partial: ClusterObject {
    let text = JSONText(json)
    let metadata = text.range(of: "metadata").map { text[$0] } ?? []
    var partial = self
    partial.json =
      Array(
        #"{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":"#.utf8)
      + metadata + Array("}".utf8)
    return partial
  }

  /// What the server orders lists and counts pages by.
  var key: String { namespace.map { "\($0)/\(name)" } ?? name }
}

/// All objects of one kind, in the order of their keys.
struct ResourceList: Sendable {
  /// The list's kind, for instance `DeploymentList`.
  var kind: String
  var apiVersion: String
  var resourceVersion: String
  var objects: [ClusterObject]
  /// Custom resources: the server writes members sorted by name, `metadata` after the items, and
  /// every item says its kind.
  var isCustom: Bool

  /// A list as the server sent it.
  init(recorded bytes: [UInt8]) throws {
    let text = JSONText(bytes)
    guard let kind = text.string(text.range(of: "kind")), kind.hasSuffix("List"),
      let apiVersion = text.string(text.range(of: "apiVersion")),
      let resourceVersion = text.string(text.range(of: "metadata", "resourceVersion")),
      let items = text.range(of: "items")
    else { throw WorldFailure("a recorded list is not one") }
    self.kind = kind
    self.apiVersion = apiVersion
    self.resourceVersion = resourceVersion
    objects = try text.elements(items).map { try ClusterObject(text[$0]) }
    isCustom = text.members(0..<bytes.count).first?.name == "apiVersion"
  }

  init(kind: String, apiVersion: String, objects: [ClusterObject]) {
    self.kind = kind
    self.apiVersion = apiVersion
    self.objects = objects.sorted { $0.key < $1.key }
    resourceVersion = "1"
    isCustom = false
  }

  /// Which part of a list is asked for.
  struct Page {
    var namespace: String?
    var limit: Int?
    /// The token that the page before ended with.
    var token: String?
  }

  /// The answer to a list request; nil if the token is not one.
  func text(_ page: Page, metadataOnly: Bool = false) -> [UInt8]? {
    var (version, start) = (resourceVersion, "")
    if let token = page.token {
      guard let place = Place(token) else { return nil }
      (version, start) = (place.version, place.start)
    }
    let chosen = objects.filter { object in
      page.namespace.map { $0 == object.namespace } ?? true
    }
    // A place within a namespace's list is a name alone.
    func place(_ object: ClusterObject) -> String {
      page.namespace == nil ? object.key : object.name
    }
    let rest = chosen.drop { place($0) + "\0" <= start }
    let shown = page.limit.map { $0 > 0 ? rest.prefix($0) : rest } ?? rest
    var next = ""
    if shown.count < rest.count, let last = shown.last {
      next = Place(version: version, start: place(last) + "\0").token
    }
    if metadataOnly {
      return partial.text(
        shown.map(\.partial)[...], version: version, next: next,
        remaining: rest.count - shown.count)
    }
    return text(shown, version: version, next: next, remaining: rest.count - shown.count)
  }

  private func text(
    _ objects: ArraySlice<ClusterObject>, version: String, next: String, remaining: Int
  ) -> [UInt8] {
    var items: [UInt8] = []
    items.reserveCapacity(objects.reduce(0) { $0 + $1.json.count + 1 })
    for object in objects {
      if !items.isEmpty { items.append(UInt8(ascii: ",")) }
      items += object.json
    }
    let count = remaining > 0 ? #","remainingItemCount":\#(remaining)"# : ""
    if isCustom {
      let metadata = #"{"continue":"\#(next)"\#(count),"resourceVersion":"\#(version)"}"#
      return Array(#"{"apiVersion":"\#(apiVersion)","items":["#.utf8) + items
        + Array(#"],"kind":"\#(kind)","metadata":\#(metadata)}"#.utf8) + [0x0A]
    }
    let more = next.isEmpty ? "" : #","continue":"\#(next)"\#(count)"#
    let metadata = #"{"resourceVersion":"\#(version)"\#(more)}"#
    let head =
      #"{"kind":"\#(kind)","apiVersion":"\#(apiVersion)","metadata":\#(metadata),"items":["#
    return Array(head.utf8) + items + Array("]}\n".utf8)
  }

  private var partial: ResourceList {
    ResourceList(
      kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1", objects: [])
  }

  /// The answer to a request for one object, which says its kind as the items of a list do not.
  func text(_ object: ClusterObject) -> [UInt8] {
    if isCustom { return object.json + [0x0A] }
    let head = #"{"kind":"\#(kind.dropLast("List".count))","apiVersion":"\#(apiVersion)","#
    return Array(head.utf8) + object.json.dropFirst() + [0x0A]
  }

  func index(namespace: String?, name: String) -> Int? {
    objects.firstIndex { $0.name == name && ($0.namespace == nil || $0.namespace == namespace) }
  }

  /// Puts an object in the place of the one with its key, or among the others.
  mutating func put(_ object: ClusterObject) {
    if let index = objects.firstIndex(where: { $0.key == object.key }) {
      objects[index] = object
    } else {
      let index = objects.firstIndex { $0.key > object.key } ?? objects.endIndex
      objects.insert(object, at: index)
    }
  }

  /// What a continue token holds: the first key of the next page, which is the last key of this
  /// one and a NUL.
  private struct Place {
    var version: String
    var start: String

    init(version: String, start: String) {
      self.version = version
      self.start = start
    }

    init?(_ token: String) {
      let padding = String(repeating: "=", count: (4 - token.count % 4) % 4)
      let standard = token.replacing("-", with: "+").replacing("_", with: "/")
      guard let data = Data(base64Encoded: standard + padding),
        let fields = try? JSONDecoder().decode(Fields.self, from: data)
      else { return nil }
      (version, start) = (String(fields.rv), fields.start)
    }

    private struct Fields: Decodable {
      var rv: Int
      var start: String
    }

    var token: String {
      let escaped = start.replacing("\0", with: #"\u0000"#)
      let json = #"{"v":"meta.k8s.io/v1","rv":\#(version),"start":"\#(escaped)"}"#
      return Data(json.utf8).base64EncodedString().replacing("+", with: "-")
        .replacing("/", with: "_").filter { $0 != "=" }
    }
  }
}
