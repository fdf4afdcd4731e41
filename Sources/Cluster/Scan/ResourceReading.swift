import Wizard

/// The reading of one resource wherever a scan wants it: what was found, and what could not be
/// read.
struct ResourceReading<Item: ListedObject, Kept> {
  let resource: Resource
  let lister: Lister
  let choice: NamespaceChoice
  let findings: Findings
  let progress: (ScanProgress) -> Void
  /// Is also given the version of the API that the object came in.
  let keep: (Item, _ apiVersion: String) -> Kept?

  /// What was kept of the wanted namespaces' objects.
  private(set) var kept: [Kept] = []
  private var count = 0
  private var isRead = false
  private var seen: Set<String> = []
  private var leftOut: [LeftOut] = []
  private var refusals: [Refusal] = []
  /// What is left of the resource's versions: the first is asked for.
  private var versions: ArraySlice<String> = []

  init(
    _ resource: Resource, _ lister: Lister, _ choice: NamespaceChoice, _ findings: Findings,
    progress: @escaping (ScanProgress) -> Void,
    keep: @escaping (Item, _ apiVersion: String) -> Kept?
  ) {
    self.resource = resource
    self.lister = lister
    self.choice = choice
    self.findings = findings
    self.progress = progress
    self.keep = keep
  }

  /// Reads, and tells the findings how it went.
  mutating func conduct() {
    versions = resource.apiVersions[...]
    readEverywhere()
    if isRead { report(count, count) }
    let (seen, leftOut, refusals, isRead) = (seen, leftOut, refusals, isRead)
    findings.change {
      $0.seen.formUnion(seen)
      $0.leftOut += leftOut
      $0.outcomes[resource.name] =
        isRead ? .read : refusals.first.map { .failed($0) } ?? .notServed
      if $0.refusal == nil, let refusal = refusals.first(where: \.reason.concernsAllRequests) {
        $0.refusal = (resource.name, refusal)
      }
    }
  }

  /// In one list if all namespaces are wanted; namespace by namespace if not, or if that is all
  /// that this user may.
  private mutating func readEverywhere() {
    guard choice.scope.allNamespaces else { return readOneByOne() }
    do {
      try add(namespace: nil)
    } catch  where error.reason == .forbidden {
      guard choice.names != nil else {
        let way = "and the namespaces cannot be listed: name those to read"
        return refused(Refusal(.forbidden, "\(error.words), \(way)"))
      }
      readOneByOne()
      // One sentence for what is the same everywhere.
      if !isRead, refusals.allSatisfy({ $0.reason == .forbidden }) {
        (leftOut, refusals) = ([], [])
        refused(error)
      }
    } catch {
      refused(error)
    }
  }

  private mutating func readOneByOne() {
    let names = choice.names ?? []
    for (index, name) in names.enumerated() where !findings.isOver {
      do {
        try add(namespace: name)
      } catch  where error.reason == .notServed || error.reason.concernsAllRequests {
        return refused(error)
      } catch  where error.reason == .timedOut {
        // It would take as long in every other one.
        for name in names[index...] { refused(error, in: name) }
        return
      } catch {
        refused(error, in: name)
      }
    }
  }

  /// Adds one list, in the best version that is served.
  private mutating func add(namespace: String?) throws(Refusal) {
    while let version = versions.first {
      do {
        return try add(namespace, version)
      } catch  where error.reason == .notServed && versions.count > 1 {
        versions.removeFirst()
      }
    }
  }

  private mutating func add(_ namespace: String?, _ version: String) throws(Refusal) {
    var seen: Set<String> = []
    var read = 0
    kept += try lister.list(
      resource, version, namespace: namespace, as: Item.self,
      keep: { item in
        let namespace = item.metadata.namespace ?? ""
        seen.insert(namespace)
        return choice.isWanted(namespace) ? keep(item, version) : nil
      },
      onPage: {
        read = $0
        report(count + read, namespace == nil ? $1 : nil)
      })
    count += read
    self.seen.formUnion(seen)
    isRead = true
  }

  private func report(_ read: Int, _ total: Int?) {
    progress(ScanProgress(resource: resource.name, read: read, total: total))
  }

  /// Something that a cluster need not have is no gap if it does not have it.
  private mutating func refused(_ refusal: Refusal, in namespace: String? = nil) {
    let what = namespace.map { "\(resource.name) in \($0)" } ?? resource.name
    guard refusal.reason == .notServed, resource.isOptional else {
      refusals.append(refusal)
      return leftOut.append(LeftOut(what: what, why: refusal.words, isGap: true))
    }
    leftOut.append(LeftOut(what: what, why: "this cluster does not have them", isGap: false))
  }
}
