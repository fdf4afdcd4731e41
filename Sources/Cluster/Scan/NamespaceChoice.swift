import Wizard

/// Which namespaces a scan reads, given those that there are.
struct NamespaceChoice: Sendable {
  var scope: ScanScope
  /// All names, sorted; `nil` if they cannot be listed.
  var known: [String]?

  func isWanted(_ namespace: String) -> Bool { reasonToSkip(namespace) == nil }

  /// What to ask for, one by one; `nil` if everything is wanted and nobody says what there is.
  var names: [String]? {
    let names =
      scope.allNamespaces ? known : scope.namespaces.filter { known?.contains($0) != false }
    return names.map { Set($0.filter(isWanted)).sorted() }
  }

  /// Whether one list of the whole cluster is less to ask for than one of each namespace.
  var areMany: Bool { scope.allNamespaces || (names?.count ?? 0) >= 3 }

  /// The same for some of the names.
  func narrowed(to names: [String]) -> NamespaceChoice {
    var narrow = self
    (narrow.scope.namespaces, narrow.scope.allNamespaces) = (names, false)
    return narrow
  }

  /// What of the namespaces that exist is left out. A misspelt name would else look like an empty
  /// namespace.
  ///
  /// - Parameter seen: the namespaces of what was read, in case they cannot be listed.
  func leftOut(seen: Set<String>) -> [Omission] {
    let candidates = scope.allNamespaces ? known ?? Array(seen) : scope.namespaces
    return Set(candidates).sorted().compactMap { name in
      if let reason = reasonToSkip(name) {
        return Omission(what: "namespace \(name)", why: reason, isGap: false)
      }
      guard known?.contains(name) == false else { return nil }
      return Omission(what: "namespace \(name)", why: "there is no such namespace", isGap: true)
    }
  }

  private func reasonToSkip(_ namespace: String) -> String? {
    if scope.excluded.contains(namespace) { return "excluded" }
    let isNamed = scope.namespaces.contains(namespace)
    if !isNamed, scope.allNamespaces, !scope.includesSystem,
      ScanScope.systemNamespaces.contains(namespace)
    {
      return "a system namespace, read only if it is named"
    }
    return isNamed || scope.allNamespaces ? nil : "not chosen"
  }
}
