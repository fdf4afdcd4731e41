import Documents
import ForeignText

/// The things of ConfigHub that are read here. The raw value is the key of the thing inside an
/// envelope, and, with `ID`, the name of its identity.
enum Entity: String {
  case component = "Component"
  case space = "Space"
  case unit = "Unit"
  case worker = "BridgeWorker"
  case target = "Target"
  case group = "Group"

  /// One entity of an answer. Only named fields are ever taken from it: a worker's holds secrets.
  struct Fields {
    let slug: String
    let id: String?
    fileprivate let own: JSONValue
    /// What surrounds the entity; itself, if it came bare.
    fileprivate let envelope: JSONValue

    /// Words, or a name; `nil` if it is empty.
    func text(_ key: String) -> String? { data(key).map { "\(ForeignText($0))" } }

    /// What is no words: content, or a document inside a string. `nil` if it is empty.
    func data(_ key: String) -> String? { own[key]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether the key is there with a string, be it empty.
    func has(_ key: String) -> Bool { own[key]?.string != nil }

    func integer(_ key: String) -> Int? { own[key]?.integer.flatMap { Int(exactly: $0) } }

    /// An identity; the zero UUID stands for none.
    func id(_ key: String) -> String? { Entity.id(own[key]) }

    /// The members of a map of words; others are left out.
    func texts(_ key: String) -> [String: String] {
      (own[key]?.object ?? [:]).compactMapValues { $0.string.map { "\(ForeignText($0))" } }
    }

    /// The users with `View` and `ViewChildren`; `nil` where no permissions are told.
    var pullers: Set<String>? {
      guard own["Permissions"]?.object != nil else { return nil }
      return ids("UserIDs", with: "View").intersection(ids("UserIDs", with: "ViewChildren"))
    }

    /// Of users (`UserIDs`) or groups (`GroupIDs`) with a permission.
    func ids(_ subjects: String, with action: String) -> Set<String> {
      let members = own["Permissions"]?[action]?[subjects]?.object ?? [:]
      return Set(members.filter { $0.value != .bool(false) }.keys.map { "\(ForeignText($0))" })
    }

    /// Whether a map has such a member.
    func has(_ member: String, in key: String) -> Bool { own[key]?.object?[member] != nil }

    /// The identity of another entity in the same envelope.
    func id(of neighbour: Entity) -> String? {
      Entity.id(envelope[neighbour.rawValue]?[neighbour.idKey])
    }
  }

  /// The entity in an envelope, or bare; `nil` if it has no slug.
  func fields(in value: JSONValue) -> Fields? {
    let own = value[rawValue]?.object == nil ? value : value[rawValue] ?? value
    guard let slug = own["Slug"]?.string, !slug.isEmpty else { return nil }
    return Fields(
      slug: "\(ForeignText(slug))", id: Entity.id(own[idKey]), own: own, envelope: value)
  }

  /// The entities of a list: an array of envelopes or of bare entities, or an object around one;
  /// `null` is how Go prints an empty one. `nil` if it is none of them or one has no slug.
  func list(in value: JSONValue) -> [Fields]? {
    if value.isNull { return [] }
    let wrapped = ["items", "data", "results", rawValue.lowercased() + "s", "workers"]
    guard let elements = value.array ?? wrapped.lazy.compactMap({ value[$0]?.array }).first
    else { return nil }
    var entities: [Fields] = []
    for element in elements where !isEmpty(element) {
      guard let fields = fields(in: element) else { return nil }
      entities.append(fields)
    }
    return entities
  }

  private func isEmpty(_ element: JSONValue) -> Bool {
    element.isNull || element[rawValue]?.isNull == true
  }

  private var idKey: String { rawValue + "ID" }

  private static func id(_ value: JSONValue?) -> String? {
    guard let id = value?.string, !id.isEmpty, id != "00000000-0000-0000-0000-000000000000"
    else { return nil }
    return "\(ForeignText(id))"
  }
}
