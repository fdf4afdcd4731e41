import Wizard

/// Gives equal strings one storage: in a cluster the same labels, images and owners come again and
/// again.
struct Interner {
  private var known: Set<String> = []

  /// What Swift keeps without storage of its own, see `String`.
  private static let inlineLimit = 15
  /// Beyond it, most of what comes is new.
  private static let limit = 20_000

  mutating func callAsFunction(_ text: String) -> String {
    guard text.utf8.count > Self.inlineLimit else { return text }
    if let index = known.firstIndex(of: text) { return known[index] }
    if known.count < Self.limit { known.insert(text) }
    return text
  }

  mutating func callAsFunction(_ labels: [String: String]) -> [String: String] {
    var interned = Dictionary<String, String>(minimumCapacity: labels.count)
    for (key, value) in labels { interned[self(key)] = self(value) }
    return interned
  }

  mutating func callAsFunction(_ owner: Owner) -> Owner {
    var owner = owner
    owner.kind = owner.kind.map { self($0) }
    owner.name = owner.name.map { self($0) }
    owner.namespace = owner.namespace.map { self($0) }
    owner.source = owner.source.map { self($0) }
    return owner
  }
}
