import Subprocess
import Wizard

/// Reads whole lists of a cluster, page by page.
struct Lister: Sendable {
  var kubectl: Kubectl
  var context: String
  var cancellation: Cancellation?

  /// Small enough to show progress, large enough that kubectl's start does not count.
  private static let pageSize = 500

  /// Every namespace's name, sorted.
  func namespaces() throws(Refusal) -> [String] {
    try list(
      .namespaces, "v1", namespace: nil, as: AnyObjectMetadata.self, keep: { $0.metadata.name }
    ).sorted()
  }

  /// A list as it was at one moment, as far as the server remembers that moment: if it forgets
  /// while pages are read, the list is begun again, once.
  ///
  /// - Parameters:
  ///   - namespace: `nil` for the whole cluster.
  ///   - keep: what to keep of an item; `nil` drops it.
  ///   - onPage: is told how many items were read, and how many there are if the server says so.
  func list<Item: Decodable, Kept>(
    _ resource: Resource, _ apiVersion: String, namespace: String?, as type: Item.Type,
    keep: (Item) -> Kept?, onPage: (_ read: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws(Refusal) -> [Kept] {
    var hasExpired = false
    while true {
      do {
        return try pages(resource, apiVersion, namespace, type, keep, onPage)
      } catch  where error.reason == .expired && !hasExpired {
        hasExpired = true
      }
    }
  }

  private func pages<Item: Decodable, Kept>(
    _ resource: Resource, _ apiVersion: String, _ namespace: String?, _ type: Item.Type,
    _ keep: (Item) -> Kept?, _ onPage: (Int, Int?) -> Void
  ) throws(Refusal) -> [Kept] {
    var kept: [Kept] = []
    var read = 0
    var limit = Self.pageSize
    var token: String?
    while true {
      let query = [("limit", String(limit))] + (token.map { [("continue", $0)] } ?? [])
      let path = APIPath(resource.name, of: apiVersion, namespace: namespace, query: query)
      guard let path else {
        throw Refusal(.notFound, "\"\(namespace ?? "")\" is no name that a namespace can have")
      }
      let page: ObjectList<Item>
      do {
        page = try decode(ObjectList<Item>.self, answer(to: path.text))
      } catch  where error.reason == .tooLong && limit > 1 {
        // Objects may be large, ConfigMaps for one up to 1 MiB.
        limit = max(1, limit / 10)
        continue
      }
      guard page.kind == resource.kind + "List" else {
        throw Refusal(.unreadable, "the answer is a \(page.kind), not a \(resource.kind)List")
      }
      let items = page.items ?? []
      read += items.count
      kept += items.compactMap(keep)
      token = page.metadata.continue.flatMap { $0.isEmpty ? nil : $0 }
      let remaining = token == nil ? 0 : page.metadata.remainingItemCount
      onPage(read, remaining.map { read + $0 })
      if token == nil { return kept }
    }
  }

  /// A server that is busy, or in trouble, is asked once more.
  private func answer(to path: String) throws(Refusal) -> [UInt8] {
    do {
      return try kubectl.get(path, context: context, cancellation: cancellation)
    } catch  where error.reason == .busy {
      return try kubectl.get(path, context: context, cancellation: cancellation)
    }
  }
}
