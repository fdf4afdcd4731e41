import Documents
import Subprocess
import Wizard

/// Reads whole lists of a cluster, page by page, each while its bytes arrive.
struct Lister: Sendable {
  var kubectl: Kubectl
  var context: String
  var cancellation: Cancellation?

  /// Small enough to be there at once, and to say how many there are.
  private static let firstPage = 500
  /// Large enough that kubectl's start does not count, small enough that no page takes a server
  /// the minute after which it gives up.
  private static let laterPages = 5_000

  /// What happens while a list is read.
  enum News<Item> {
    case item(Item)
    /// How many there are in all, as far as the server has said.
    case total(Int)
    /// The page's items will stay.
    case pageEnd
    /// What came since the last end of a page will come again.
    case pageAgain
    /// The list begins anew.
    case listAgain
    /// This many items of the page made no sense.
    case unreadable(Int)
  }

  /// Every namespace's metadata, sorted by name.
  func namespaces() throws(KubectlError) -> [Metadata] {
    var pages: [[Metadata]] = [[]]
    var unreadable = 0
    try list(.namespaces, "v1", namespace: nil, as: AnyObjectMetadata.self) { news in
      switch news {
      case .item(let item): pages[pages.count - 1].append(item.metadata)
      case .pageEnd: pages.append([])
      case .pageAgain: pages[pages.count - 1] = []
      case .listAgain: pages = [[]]
      case .unreadable(let count): unreadable += count
      case .total: break
      }
    }
    guard unreadable == 0 else {
      throw KubectlError(.unreadable, "\(unreadable) of them are not what a Namespace looks like")
    }
    return pages.joined().sorted { $0.name < $1.name }
  }

  /// A list as it was at one moment, as far as the server remembers that moment: if it forgets
  /// while pages are read, the list is begun again, once, and then read in one piece, so that there
  /// is nothing to forget. What was read before a refusal was read.
  ///
  /// - Parameters:
  ///   - namespace: `nil` for the whole cluster.
  ///   - selector: a label selector; empty for all.
  ///   - form: metadata alone will do where it says so.
  func list<Item: JSONReadable>(
    _ resource: Resource, _ apiVersion: String, namespace: String?, selector: String = "",
    form: AnswerForm = .whole, as type: Item.Type, tell: (News<Item>) -> Void
  ) throws(KubectlError) {
    var token: String?
    var read = 0
    var hasExpired = false
    while true {
      do {
        let limit = hasExpired ? nil : token == nil ? Self.firstPage : Self.laterPages
        let request = try path(resource, apiVersion, namespace, selector, token, limit)
        let what = namespace.map { "\(resource.name) in \($0)" } ?? resource.name
        let (head, count) = try page(
          request, what, form, of: resource.isDiscovered ? nil : resource.kind, as: type,
          after: read, tell)
        read += count
        tell(.pageEnd)
        token = head.token
        if token == nil { return }
        if let remaining = head.metadata?.remainingItemCount { tell(.total(read + remaining)) }
      } catch  where error.reason == .expired && !hasExpired {
        hasExpired = true
        (token, read) = (nil, 0)
        tell(.listAgain)
      }
    }
  }

  private func path(
    _ resource: Resource, _ apiVersion: String, _ namespace: String?, _ selector: String,
    _ token: String?, _ limit: Int?
  ) throws(KubectlError) -> String {
    let query =
      (limit.map { [("limit", String($0))] } ?? []) + (token.map { [("continue", $0)] } ?? [])
      + (selector.isEmpty ? [] : [("labelSelector", selector)])
    let path = APIPath(resource.name, of: apiVersion, namespace: namespace, query: query)
    guard let path else {
      throw KubectlError(.notFound, "\"\(namespace ?? "")\" is no name that a namespace can have")
    }
    return path.text
  }

  /// A server that is busy, or in trouble, or lost on the way, is asked for the same page again.
  private func page<Item: JSONReadable>(
    _ path: String, _ what: String, _ form: AnswerForm, of kind: String?, as type: Item.Type,
    after read: Int, _ tell: (News<Item>) -> Void
  ) throws(KubectlError) -> (ListPage<Item>.Head, count: Int) {
    try kubectl.patience.ask(what, cancellation: cancellation) {
      tell(.pageAgain)
    } _: { () throws(KubectlError) in
      try onePage(path, form, of: kind, as: type, after: read, tell)
    }
  }

  private func onePage<Item: JSONReadable>(
    _ path: String, _ form: AnswerForm, of kind: String?, as type: Item.Type, after read: Int,
    _ tell: (News<Item>) -> Void
  ) throws(KubectlError) -> (ListPage<Item>.Head, count: Int) {
    var page = ListPage<Item>(of: kind)
    try kubectl.stream(path, as: form, context: context, cancellation: cancellation) {
      bytes throws(KubectlError) in
      try page.take(bytes) { head in
        if head.token != nil, let remaining = head.metadata?.remainingItemCount {
          tell(.total(read + (read == 0 ? Self.firstPage : Self.laterPages) + remaining))
        }
      } onItem: {
        tell(.item($0))
      }
    }
    let head = try page.finish()
    if page.unreadable > 0 { tell(.unreadable(page.unreadable)) }
    return (head, page.count)
  }
}
