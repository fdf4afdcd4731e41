import Wizard

/// What could not be read of many kinds, told once for all kinds of which the same is to be said.
enum GroupedGaps {
  /// - Parameter leftOut: each begins with the name of one of the resources, or has it in it.
  static func grouped(_ leftOut: [Omission], of resources: [Resource]) -> [Omission] {
    struct Key: Hashable {
      /// What comes after the resource's name: ` in shop`.
      var place: Substring
      var why: String
      var isGap: Bool
    }
    let byName = Dictionary(resources.map { ($0.name, $0) }) { first, _ in first }
    var groups: [Key: [Resource]] = [:]
    var others: [Omission] = []
    for one in leftOut {
      let name = one.what.prefix { $0 != " " }
      guard let resource = byName[String(name)] else {
        others.append(one)
        continue
      }
      let why = isForbidden(one.why) ? "no right to list them" : one.why
      groups[
        Key(place: one.what.dropFirst(name.count), why: why, isGap: one.isGap), default: []
      ].append(resource)
    }
    return others
      + groups.map { key, resources in
        Omission(
          what: OtherKinds.list(resources.map(\.fullName)) + key.place, why: key.why,
          isGap: key.isGap)
      }
  }

  /// As the API server says it, which names the kind.
  private static func isForbidden(_ why: String) -> Bool {
    why.hasPrefix("Error from server (Forbidden)") && !why.contains(" were read")
  }
}
