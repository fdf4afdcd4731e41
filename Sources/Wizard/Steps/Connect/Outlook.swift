/// How a unit of the proposal compares with what ConfigHub has under its name.
public enum Comparison: Hashable, Sendable {
  /// It holds the same already.
  case unchanged
  /// It holds other content, of this SHA-256 as far as that is known.
  case differs(digest: String?)
  /// This session made it, and its content was never written.
  case unfinished
  /// Why not; a sentence.
  case failed(String)
}

/// What is to become of a unit of our name with other content; made for the content of that digest.
public struct Decision: Hashable, Sendable {
  public enum Sort: String, Sendable { case skip, update }

  public var sort: Sort
  public var digest: String?

  public init(sort: Sort, digest: String?) {
    self.sort = sort
    self.digest = digest
  }
}

/// What the confirmation is about to do with one unit.
public enum Outlook: Hashable, Sendable {
  case create, unchanged, unfinished, comparing
  /// What was decided about it, if anything was.
  case differs(Decision.Sort?)
  case notCompared(String)
  /// By this session, earlier.
  case settled
}

/// How many units there are of each outlook, but for the settled ones.
public struct UnitCounts: Hashable, Sendable {
  /// In this order, e.g. `9 to create`; only what there is.
  public let parts: [(word: String, count: Int)]

  /// Which way those that differ are decided; empty where none is.
  private let decided: String

  public init(_ outlooks: [Outlook]) {
    let kept = outlooks.count { $0 == .differs(.skip) }
    let replaced = outlooks.count { $0 == .differs(.update) }
    decided = DecisionCounts(kept: kept, replaced: replaced).words
    var counts: [String: Int] = [:]
    for outlook in outlooks { counts[outlook.planWord, default: 0] += 1 }
    parts = Outlook.words.compactMap { word in counts[word].map { (word: word, count: $0) } }
  }

  /// `9 to create, 2 unchanged, 1 differs`
  public var words: String { Self.words(of: parts) }

  /// The same without those that could not be compared, which are told apart, and with what was
  /// decided: `2 differ (1 kept, 1 replaced)`.
  public var compared: String {
    Self.words(of: parts.filter { $0.word != Self.notCompared }, decided: decided)
  }

  /// About those; `nil` if there are none.
  public var notCompared: String? {
    guard let count = parts.first(where: { $0.word == Self.notCompared })?.count else { return nil }
    return count == 1
      ? "1 unit could not be compared with what ConfigHub has."
      : "\(count) units could not be compared with what ConfigHub has."
  }

  private static let notCompared = Outlook.notCompared("").planWord

  private static func words(of parts: [(word: String, count: Int)], decided: String = "") -> String
  {
    let words = parts.map { part in
      guard part.word == Outlook.differs(nil).planWord else { return "\(part.count) \(part.word)" }
      return "\(part.count) \(part.count > 1 ? "differ" : part.word)"
        + (decided.isEmpty ? "" : " (\(decided))")
    }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  public var isOfCreationsOnly: Bool { parts.map(\.word) == [Outlook.create.planWord] }

  public static func == (a: UnitCounts, b: UnitCounts) -> Bool {
    a.words == b.words && a.decided == b.decided
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words)
    hasher.combine(decided)
  }
}

extension Outlook {
  /// In the order they are told in.
  fileprivate static let words = [
    Outlook.create, .unchanged, .differs(nil), .unfinished, .notCompared(""), .comparing,
  ].map(\.planWord)

  /// As it is counted.
  public var planWord: String {
    switch self {
    case .create: "to create"
    case .unchanged: "unchanged"
    case .unfinished: "ours and unfinished"
    case .comparing: "being compared"
    case .differs: "differs"
    case .notCompared: "not compared"
    case .settled: "settled already"
    }
  }
}
