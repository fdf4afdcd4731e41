import Documents
import FoundationEssentials

/// A page of a list, decoded while its bytes arrive.
struct ListPage<Item: JSONReadable> {
  /// What a list says about itself; custom resources say so after their items.
  struct Head: Decodable {
    var kind: String?
    var metadata: Metadata?
    /// Present, and empty, where the list has items.
    var items: [Nothing]?

    struct Metadata: Decodable {
      var `continue`: String?
      var remainingItemCount: Int?
    }

    struct Nothing: Decodable {}

    /// Asks for the next page; `nil` on the last one.
    var token: String? { metadata?.continue.flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// More than any cluster has of one kind.
  static var countLimit: Int { 1_000_000 }

  private let kind: String?
  private var splitter = ListSplitter()
  private var start = AnswerStart()
  private(set) var count = 0
  /// Items that are not what objects of this kind look like.
  private(set) var unreadable = 0

  /// - Parameter kind: the items', as in `Deployment`; `nil` where lists may be named otherwise.
  init(of kind: String?) { self.kind = kind }

  /// - Parameters:
  ///   - onHead: is told, before the first item, what the list has said about itself by then.
  ///   - onItem: takes each item.
  mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, onHead: (Head) -> Void, onItem: (Item) -> Void
  ) throws(KubectlError) {
    try start.check(bytes)
    var (count, unreadable) = (count, unreadable)
    let kind = kind
    defer { (self.count, self.unreadable) = (count, unreadable) }
    try splitter.take(bytes) { begun throws(KubectlError) in
      let head = try Self.head(begun)
      if head.kind != nil { try Self.check(head, kind) }
      onHead(head)
    } onItem: { bytes throws(KubectlError) in
      count += 1
      guard count <= Self.countLimit else {
        throw KubectlError(.tooLong, "the list has more than \(Self.countLimit) objects")
      }
      if let item = try? JSONReader.read(Item.self, from: bytes) {
        onItem(item)
      } else {
        unreadable += 1
      }
    }
  }

  /// Throws if the page is not whole, or is one of something else.
  func finish() throws(KubectlError) -> Head {
    try splitter.finish()
    let head = try Self.head(splitter.envelope)
    try Self.check(head, kind)
    return head
  }

  private static func head(_ envelope: [UInt8]) throws(KubectlError) -> Head {
    guard let head = try? JSONDecoder().decode(Head.self, from: Data(envelope)),
      head.items?.isEmpty != false
    else { throw KubectlError(.unreadable, "the answer is not a list") }
    return head
  }

  private static func check(_ head: Head, _ kind: String?) throws(KubectlError) {
    let isList = kind.map { head.kind == $0 + "List" } ?? head.kind?.hasSuffix("List") ?? false
    guard isList else {
      throw KubectlError(
        .unreadable,
        "the answer is \(head.kind.map { "a \($0)" } ?? "nothing"), not a \(kind ?? "")List")
    }
  }
}
