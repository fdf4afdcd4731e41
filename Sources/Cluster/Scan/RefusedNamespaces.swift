import Wizard

/// The namespaces in which one resource could not be read. A person with few rights in a cluster of
/// many namespaces has hundreds of them, which say little one by one.
struct RefusedNamespaces {
  private struct Group {
    var reason: KubectlError.Reason
    var namespaces: [String]
    /// For each of them.
    var whys: [String]
  }

  private var groups: [Group] = []

  /// As many are told of one by one.
  private static let few = 2
  /// As many names are told in a sentence.
  private static let told = 5

  mutating func note(_ namespace: String, _ reason: KubectlError.Reason, _ why: String) {
    if let index = groups.firstIndex(where: { $0.reason == reason }),
      reason.isAlike(why, groups[index].whys[0])
    {
      groups[index].namespaces.append(namespace)
      groups[index].whys.append(why)
    } else {
      groups.append(Group(reason: reason, namespaces: [namespace], whys: [why]))
    }
  }

  /// - Parameter all: the namespaces that were to be read.
  func gaps(of resource: Resource, among all: [String]) -> [Omission] {
    let refused = Set(groups.flatMap(\.namespaces))
    let read = all.filter { !refused.contains($0) }
    return groups.flatMap { group in
      guard group.namespaces.count > Self.few else {
        return zip(group.namespaces, group.whys).map {
          Omission(what: "\(resource.name) in \($0)", why: $1, isGap: true)
        }
      }
      let what = "\(resource.name) in \(group.namespaces.count) of \(all.count) namespaces"
      let reason = group.reason == .forbidden ? "no right to list them" : group.whys[0]
      let isShorter = !read.isEmpty && read.count <= Self.told && groups.count == 1
      let rest =
        isShorter
        ? "they were read in \(Self.list(read)) alone" : "not in \(Self.list(group.namespaces))"
      return [Omission(what: what, why: "\(reason); \(rest)", isGap: true)]
    }
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > told else { return names.joined(separator: ", ") }
    return "\(names.prefix(told - 1).joined(separator: ", ")) and \(names.count - told + 1) more"
  }
}

extension KubectlError.Reason {
  /// Whether two sentences with this reason are about the same. Who has no right is told so with the
  /// namespace's name; other sentences differ where what happened does.
  fileprivate func isAlike(_ words: String, _ others: String) -> Bool {
    self == .forbidden || words == others
  }
}
