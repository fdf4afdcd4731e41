/// What is typed after `/`, taken apart. Each clause has to hold.
///
/// `!x` must not hold, of `a|b` one has to, and after `-f` the letters of a word only have to come in
/// their order. `key:value` is about one column; the alternatives after it are about the same one.
struct FilterText: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    /// In lower case.
    var key: String?
    var value: String
  }

  struct Clause: Hashable, Sendable {
    var isNegated = false
    var isFuzzy = false
    var parts: [Part] = []
  }

  private(set) var clauses: [Clause] = []
  /// Whatever is typed after it can only hide more.
  private(set) var isNarrowing = true

  /// Before the letters that only have to come in their order.
  static let fuzzyMark = "-f"

  init(_ text: String) {
    var isFuzzy = false
    for word in text.split(separator: " ") {
      if word == Self.fuzzyMark {
        isFuzzy = true
        isNarrowing = false
        continue
      }
      take(word, isFuzzy: isFuzzy)
    }
    if text.contains(where: { $0 == "!" || $0 == "|" || $0 == ":" }) { isNarrowing = false }
  }

  private mutating func take(_ word: Substring, isFuzzy: Bool) {
    var clause = Clause(isFuzzy: isFuzzy)
    var rest = word
    if rest.first == "!" {
      clause.isNegated = true
      rest = rest.dropFirst()
    }
    var key: String?
    for alternative in rest.split(separator: "|") {
      let part = Self.part(alternative)
      key = part.key ?? key
      if !part.value.isEmpty {
        clause.parts.append(Part(key: key, value: part.value))
      }
      // A key alone is the beginning of a term, but has to be one that there is.
      else if let key {
        clause.parts.append(Part(key: key, value: ""))
      }
    }
    if !clause.parts.isEmpty { clauses.append(clause) }
  }

  /// Only letters make a key; an address is none.
  private static func part(_ word: Substring) -> Part {
    let halves = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, halves[0].allSatisfy(\.isLetter),
      !halves[1].hasPrefix("//")
    else { return Part(key: nil, value: String(word)) }
    return Part(key: halves[0].lowercased(), value: String(halves[1]))
  }

  /// Why a key cannot be used: a sentence with those that can.
  static func problem(unknown key: String, known: [String]) -> String {
    known.isEmpty
      ? "There is no term \"\(key):\" here, and no other with a colon."
      : "There is no term \"\(key):\". Those there are: "
        + known.map { "\($0):" }.joined(separator: " ")
  }
}

extension Fuzzy {
  /// Whether the text has the letters in their order. Both are in lower case.
  static func isIn(_ text: some Sequence<UInt8>, _ letters: [UInt8]) -> Bool {
    var next = 0
    for byte in text where next < letters.count && byte == letters[next] { next += 1 }
    return next == letters.count
  }
}
