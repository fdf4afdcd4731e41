import Wizard

/// Gives equal values one storage: in a cluster the same labels, images and owners come again and
/// again.
struct Interner {
  private var known: Set<String> = []
  private var knownKeys: Set<[String]> = []
  private var knownOwners: Set<Shared<Owner>> = []

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

  mutating func callAsFunction(_ labels: [String: String]) -> Labels {
    var keys = labels.keys.sorted()
    if let index = knownKeys.firstIndex(of: keys) {
      keys = knownKeys[index]
    } else if knownKeys.count < Self.limit {
      knownKeys.insert(keys)
    }
    return Labels(labels.mapValues { self($0) }, keys: keys)
  }

  mutating func callAsFunction(_ owner: Owner) -> Shared<Owner> {
    let shared = Shared.value(owner)
    if let index = knownOwners.firstIndex(of: shared) { return knownOwners[index] }
    if knownOwners.count < Self.limit { knownOwners.insert(shared) }
    return shared
  }
}
