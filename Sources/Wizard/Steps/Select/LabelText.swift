/// Labels as a person types them: `app=api, variant=prod`.
public struct LabelText: Hashable, Sendable {
  public var labels: [String: String]
  /// The names of those that are taken away, as `variant=-` says it.
  public var removed: Set<String> = []

  public struct Problem: Error, Hashable, Sendable {
    public var sentence: String
  }

  public init(_ text: String) throws(Problem) {
    labels = [:]
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let trimmed = words.map { LabelText.trimmed($0) }
      guard trimmed.count == 2 else {
        throw Problem(sentence: "\"\(LabelText.trimmed(part))\" is not name=value")
      }
      if let problem = LabelText.problem(key: trimmed[0], value: trimmed[1]) { throw problem }
      guard labels.updateValue(trimmed[1], forKey: trimmed[0]) == nil else {
        throw Problem(sentence: "the label \(trimmed[0]) is there twice")
      }
    }
  }

  /// What changes of the labels of several units: all others stay as they are.
  public init(changes text: String) throws(Problem) {
    var set: [Substring] = []
    var removed: Set<String> = []
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if words.count == 2, LabelText.trimmed(words[1]) == "-" {
        let name = LabelText.trimmed(words[0])
        // The name has to be one, whatever the value was.
        if let problem = LabelText.problem(key: name, value: "x") { throw problem }
        removed.insert(name)
      } else {
        set.append(part)
      }
    }
    try self.init(set.joined(separator: ","))
    self.removed = removed
    if let both = removed.first(where: { labels[$0] != nil }) {
      throw Problem(sentence: "the label \(both) is there twice")
    }
    guard !labels.isEmpty || !removed.isEmpty else {
      throw Problem(sentence: "name=value sets a label, name=- takes one away; others stay")
    }
  }

  func changed(_ old: [String: String]) -> [String: String] {
    old.filter { !removed.contains($0.key) }.merging(labels) { $1 }
  }

  /// What ConfigHub, or cub on the way there, would not take as a label; `nil` if they do.
  ///
  /// A name is `[A-Za-z0-9]([-_./A-Za-z0-9]*[A-Za-z0-9])?`, at most 128; a value 1 to 128 ASCII letters,
  /// digits and `-_@/#$%&~+!?.:;(){}[]<>|`, with spaces only inside. `=` and `,` part labels in cub's
  /// command line, and the value `-` would take a label away.
  public static func problem(key: String, value: String) -> Problem? {
    if key.isEmpty { return Problem(sentence: "a label has no name") }
    if key.utf8.count > 128 { return Problem(sentence: "the name of a label is longer than 128") }
    guard Naming.isName(key, with: "-_./") else {
      return Problem(
        sentence: "\"\(key)\" is no name for a label: use letters, digits, - _ . and /, begin and "
          + "end with a letter or digit")
    }
    if value.isEmpty { return Problem(sentence: "the label \(key) has no value") }
    if value.utf8.count > 128 {
      return Problem(sentence: "the value of the label \(key) is longer than 128")
    }
    if value == "-" { return Problem(sentence: "the label \(key) cannot be -") }
    guard value.first != " ", value.last != " ",
      value.utf8.allSatisfy({
        Naming.isAlphanumeric($0) || " -_@/#$%&~+!?.:;(){}[]<>|".utf8.contains($0)
      })
    else {
      return Problem(
        sentence: "the value of \(key) has a character that ConfigHub does not take in a label")
    }
    return nil
  }

  public static func text(of labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    return String(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
  }
}
