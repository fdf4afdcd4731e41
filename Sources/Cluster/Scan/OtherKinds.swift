import Subprocess
import Synchronization
import Wizard

/// Reads, beside a scan, what a cluster serves that no workload need have: which kinds there are, and
/// their objects, of most of which the metadata will do.
struct OtherKinds: Sendable {
  var lister: Lister
  var choice: NamespaceChoice
  /// That of the scan.
  var findings: Findings
  var progress: @Sendable (ScanProgress) -> Void

  /// Not more than so many namespaces are asked for one by one without a sign that this will do.
  private static let few = 5

  /// With a kubectl for each of them, they share the four of the scan.
  private var atMost: Int { isOneByOne ? 2 : 4 }
  private var isOneByOne: Bool { lister.kubectl.proxies.isReadOneByOne(lister.context) }

  /// How many of the scan's own tasks go on beside this one, which is among them.
  var beside: Int { isOneByOne ? 3 : 5 }

  /// What could not be read at once.
  struct Rest: Sendable {
    var refused: [Resource] = []
    var kinds = 0
  }

  /// Lists what can be listed for the whole cluster, or for a few namespaces.
  func read() -> Rest {
    let answer = Discovery(lister: lister, atMost: atMost).kinds()
    lister.kubectl.proxies.keep(answer.kinds, of: lister.context)
    let catalogue = Catalogue(answer)
    findings.change { $0.leftOut += catalogue.leftOut }
    let refused = read(catalogue.others, .atOnce, choice)
    return Rest(refused: refused, kinds: catalogue.others.count)
  }

  /// Lists the rest one by one, in namespaces in which something else could be listed so.
  func read(_ rest: Rest) {
    if rest.refused.isEmpty { return }
    let names = choice.names ?? []
    let answered = findings.answered
    let asked = names.count <= Self.few ? names : names.filter(answered.contains)
    guard !asked.isEmpty else {
      let why =
        "no right to list them for the whole cluster"
        + (names.isEmpty ? "" : "; \(names.count) namespaces are too many to try one by one")
      findings.change { state in
        state.leftOut.append(
          Omission(what: Self.list(rest.refused.map(\.fullName)), why: why, isGap: true))
      }
      return
    }
    _ = read(rest.refused, .oneByOne, choice.narrowed(to: asked))
    guard asked.count < names.count else { return }
    let what =
      "\(Self.list(rest.refused.map(\.fullName))) in \(names.count - asked.count) namespaces"
    findings.change {
      $0.leftOut.append(Omission(what: what, why: "no right to list anything there", isGap: true))
    }
  }

  /// Answers those that may not be listed at once.
  private func read(
    _ resources: [Resource], _ way: ReadingWay, _ choice: NamespaceChoice
  ) -> [Resource] {
    // Their own: what is refused here says nothing about workloads.
    let own = Findings()
    let done = Progress(resources.count, progress)
    let tasks = resources.map { resource in
      { @Sendable in
        defer { done.advance() }
        return read(resource, way, choice, own) ? resource : nil
      }
    }
    let refused = inParallel(tasks, atMost: atMost).compactMap(\.self)
    let found = own.take()
    findings.change { state in
      state.leftOut += GroupedGaps.grouped(found.leftOut, of: resources)
      for (namespace, pages) in found.belongings {
        state.belongings[namespace, default: []] += pages
      }
      state.everywhere.formUnion(found.everywhere)
    }
    take(found.belongings[""] ?? [])
    return refused
  }

  /// Whether it may not be listed at once.
  private func read(
    _ resource: Resource, _ way: ReadingWay, _ choice: NamespaceChoice, _ findings: Findings
  ) -> Bool {
    guard let rule = Links.rule(for: resource) else {
      return read(resource, way, choice, findings, as: AnyObjectMetadata.self) { _ in Links() }
    }
    return read(resource, way, choice, findings, as: LinkedObject.self, rule)
  }

  private func read<Item: ListedObject>(
    _ resource: Resource, _ way: ReadingWay, _ choice: NamespaceChoice, _ findings: Findings,
    as type: Item.Type, _ links: @escaping (Item) -> Links
  ) -> Bool {
    var interner = Interner()
    var reading = ResourceReading<Item, FoundBelongings>(
      resource, lister, choice, findings, selector: resource.selector,
      news: ReadingNews(progress: { _ in })
    ) { item, apiVersion in
      let object = ObjectReference(
        apiVersion: apiVersion, kind: interner(resource.kind),
        namespace: item.metadata.namespace.map { interner($0) }, name: item.metadata.name)
      return RelatedObject(object, .other(links(item)), item.metadata, &interner)
    }
    if Item.self == AnyObjectMetadata.self { reading.form = .metadataList }
    reading.way = way
    reading.conduct()
    findings.add(reading.pages)
    return reading.isRefusedAtOnce
  }

  /// What is of the whole cluster: bindings go to the namespaces of the accounts that they are for.
  private func take(_ pages: [PackedList<RelatedObject>]) {
    findings.change { state in
      state.belongings[""] = nil
      for belonging in pages.joined() where belonging.obstacle == nil {
        if belonging.reference.kind == "ClusterRole" {
          state.clusterRoles[belonging.reference.name] = belonging
          continue
        }
        guard case .other(let links) = belonging.link else { continue }
        let namespaces = Set(links.leadsTo.map(\.namespace)).filter(choice.isWanted)
        for namespace in namespaces {
          var page = PackedList<RelatedObject>()
          page.append(belonging)
          state.belongings[namespace, default: []].append(page)
        }
      }
    }
  }

  static func list(_ names: [String]) -> String {
    let names = names.sorted()
    guard names.count > 5 else { return names.joined(separator: ", ") }
    return "\(names.prefix(4).joined(separator: ", ")) and \(names.count - 4) other kinds"
  }
}

/// How many of the kinds have been read.
private final class Progress: Sendable {
  private let count: Int
  private let tell: @Sendable (ScanProgress) -> Void
  private let done = Mutex(0)

  init(_ count: Int, _ tell: @escaping @Sendable (ScanProgress) -> Void) {
    (self.count, self.tell) = (count, tell)
  }

  func advance() {
    let done = done.withLock {
      $0 += 1
      return $0
    }
    tell(ScanProgress(resource: "other kinds", read: done, total: count))
  }
}
