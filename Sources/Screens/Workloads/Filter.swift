/// The terms of what is typed after `/` on a list of workloads.
struct Filter: Hashable, Sendable {
  enum Term: Hashable, Sendable {
    /// One of the columns contains the text.
    case text([UInt8])
    /// The name has the letters in their order.
    case letters([UInt8])
    case field(WorkloadIndex.Field, [UInt8])
    case label(key: String, value: String?)
    case ready(Bool), chosen(Bool), new(Bool)
  }

  /// One of the terms has to hold, or none of them.
  struct Clause: Hashable, Sendable {
    var isNegated: Bool
    var terms: [Term]
  }

  private(set) var clauses: [Clause] = []
  /// Why the filter cannot be used; a sentence.
  private(set) var problem: String?

  private static let keys = [
    "owner", "ns", "kind", "label", "image", "ready", "chosen", "new",
  ]

  /// What can be typed, shown while a filter is.
  static let hint = "!not a|b -f fuzzy " + keys.map { "\($0):" }.joined(separator: " ")

  var isAboutChoice: Bool {
    clauses.contains { clause in
      clause.terms.contains { if case .chosen = $0 { true } else { false } }
    }
  }

  init(_ text: String) {
    for clause in FilterText(text).clauses where problem == nil {
      let terms = clause.parts.compactMap { term($0, isFuzzy: clause.isFuzzy) }
      if !terms.isEmpty { clauses.append(Clause(isNegated: clause.isNegated, terms: terms)) }
    }
  }

  private mutating func term(_ part: FilterText.Part, isFuzzy: Bool) -> Term? {
    let bytes = Array(part.value.lowercased().utf8)
    guard let key = part.key else { return isFuzzy ? .letters(bytes) : .text(bytes) }
    switch key {
    case "owner": return .field(.owner, bytes)
    case "ns", "namespace": return .field(.namespace, bytes)
    case "kind": return .field(.kind, bytes)
    case "image": return .field(.images, bytes)
    case "label": return label(part.value)
    case "ready": return answer(key, part.value) { .ready($0) }
    case "chosen": return answer(key, part.value) { .chosen($0) }
    case "new": return answer(key, part.value) { .new($0) }
    default:
      problem = FilterText.problem(unknown: key, known: Self.keys)
      return nil
    }
  }

  private func label(_ value: String) -> Term? {
    if value.isEmpty { return nil }
    let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return .label(key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// A term that takes yes or no. The beginning of a word counts as the word.
  private mutating func answer(_ name: String, _ value: String, _ term: (Bool) -> Term) -> Term? {
    let value = value.lowercased()
    if value.isEmpty { return nil }
    if "yes".hasPrefix(value) { return term(true) }
    if "no".hasPrefix(value) { return term(false) }
    problem = "\"\(name):\" takes yes or no."
    return nil
  }
}
