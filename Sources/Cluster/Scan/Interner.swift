import Wizard

/// Gives equal values one storage: in a cluster the same labels, images and owners come again and
/// again.
struct Interner {
  private var texts: Set<String> = []
  private var keys: Set<[String]> = []
  private var owners: Set<Shared<Owner>> = []

  /// What Swift keeps without storage of its own, see `String`.
  private static let inlineLimit = 15
  /// Then it forgets: lists come sorted by namespace, so what comes again comes soon.
  private static let limit = 2_000

  mutating func callAsFunction(_ text: String) -> String {
    text.utf8.count > Self.inlineLimit ? Self.known(text, &texts) : text
  }

  mutating func callAsFunction(_ labels: [String: String]) -> Labels {
    Labels(labels.mapValues { self($0) }, keys: Self.known(labels.keys.sorted(), &keys))
  }

  mutating func callAsFunction(_ owner: Owner) -> Shared<Owner> {
    Self.known(.value(owner), &owners)
  }

  private static func known<Value: Hashable>(_ value: Value, _ known: inout Set<Value>) -> Value {
    if let index = known.firstIndex(of: value) { return known[index] }
    if known.count >= limit { known.removeAll(keepingCapacity: true) }
    known.insert(value)
    return value
  }
}
