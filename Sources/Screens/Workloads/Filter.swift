/// The terms of what is typed after `/`. A row is shown if all of them hold for it.
struct Filter: Hashable, Sendable {
  enum Term: Hashable, Sendable {
    /// One of the columns contains the text.
    case text([UInt8])
    case field(WorkloadIndex.Field, [UInt8])
    case label(key: String, value: String?)
    case ready(Bool), chosen(Bool), new(Bool)
  }

  private(set) var terms: [Term] = []
  /// Why the filter cannot be used; a sentence.
  private(set) var problem: String?

  /// The names of the terms, shown while a filter is typed.
  static let hint = "owner: ns: kind: label: image: ready: chosen: new:"

  var isAboutChoice: Bool {
    terms.contains { if case .chosen = $0 { true } else { false } }
  }

  init(_ text: String) {
    for word in text.split(separator: " ") where problem == nil {
      let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count < 2 || parts[0].isEmpty || !parts[0].allSatisfy(\.isLetter) {
        terms.append(.text(Array(word.lowercased().utf8)))
      } else {
        take(String(parts[0]).lowercased(), String(parts[1]))
      }
    }
  }

  private mutating func take(_ name: String, _ value: String) {
    let bytes = Array(value.lowercased().utf8)
    switch name {
    case "owner": terms.append(.field(.owner, bytes))
    case "ns", "namespace": terms.append(.field(.namespace, bytes))
    case "kind": terms.append(.field(.kind, bytes))
    case "image": terms.append(.field(.images, bytes))
    case "label": takeLabel(value)
    case "ready": takeAnswer(name, value) { .ready($0) }
    case "chosen": takeAnswer(name, value) { .chosen($0) }
    case "new": takeAnswer(name, value) { .new($0) }
    default: problem = "There is no term \"\(name):\". Those there are: \(Self.hint)"
    }
  }

  private mutating func takeLabel(_ value: String) {
    if value.isEmpty { return }
    let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    terms.append(
      .label(key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : nil))
  }

  /// Adds a term that takes yes or no. The beginning of a word counts as the word.
  private mutating func takeAnswer(_ name: String, _ value: String, _ term: (Bool) -> Term) {
    let value = value.lowercased()
    if value.isEmpty { return }
    if "yes".hasPrefix(value) {
      terms.append(term(true))
    } else if "no".hasPrefix(value) {
      terms.append(term(false))
    } else {
      problem = "\"\(name):\" takes yes or no."
    }
  }
}
