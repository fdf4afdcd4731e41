import Documents
import ForeignText

extension JSONValue {
  /// Without the secrets in its strings, each looked at by itself and by the key that it is under: what
  /// is left is JSON of the same shape.
  ///
  /// - Parameter change: is done to every string and every key, too.
  package func redacted(_ change: (String) -> String = { $0 }) -> JSONValue {
    redacted(change, isSecret: false)
  }

  private func redacted(_ change: (String) -> String, isSecret: Bool) -> JSONValue {
    switch self {
    case .null, .bool, .integer, .number: return self
    case .string(let text):
      if isSecret { return .string(Redactor.mark) }
      var redactor = Redactor()
      return .string(change(redactor.redacted(text)))
    case .array(let items): return .array(items.map { $0.redacted(change, isSecret: isSecret) })
    case .object(let members):
      return .object(
        Dictionary(
          members.map { key, value in
            (change(key), value.redacted(change, isSecret: isSecret || Self.isSecret(key)))
          }
        ) { $1 })
    }
  }

  private static func isSecret(_ key: String) -> Bool {
    var redactor = Redactor()
    return redactor.redacted("\(key)=x") != "\(key)=x"
  }

  // MARK: Reading what was redacted

  /// Names of things in ConfigHub, without which what they name cannot be told.
  private static let names: Set<String> = [
    "app_space", "hub", "key", "kind", "name", "namespace", "op", "session_id", "slug", "space",
  ]
  /// Settled anew where they are missing.
  private static let others: Set<String> = ["target_slug", "worker_slug"]

  /// What was taken out for a secret is never an input again: without the labels that it was taken out
  /// of, and without the edits that would bring one back. Throws if it was a name.
  ///
  /// - Parameter removed: gets a sentence for each label.
  package func withoutRedacted(_ removed: inout [String]) throws(InvalidSession) -> JSONValue {
    switch self {
    case .null, .bool, .integer, .number, .string: return self
    case .array(let items):
      var kept: [JSONValue] = []
      for item in items { kept.append(try item.withoutRedacted(&removed)) }
      return .array(kept)
    case .object(let members):
      var kept: [String: JSONValue] = [:]
      for (key, value) in members {
        switch key {
        case "labels":
          kept[key] = value.labels(of: members["slug"]?.string ?? members["name"]?.string, &removed)
        case "undo", "redo":
          if !value.isRedacted { kept[key] = value }
        case _ where Self.others.contains(key) && value.isRedacted: break
        // What a session is called names nothing in ConfigHub.
        case "name" where members["session_id"] != nil && value.isRedacted:
          removed.append("What the session is called is left out: it was taken for a secret.")
        case _ where Self.names.contains(key) && value.string != nil && value.isRedacted:
          throw InvalidSession(reason: "\(key) was taken out of it for a secret")
        default: kept[key] = try value.withoutRedacted(&removed)
        }
      }
      return .object(kept)
    }
  }

  private func labels(of owner: String?, _ removed: inout [String]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    let lost = members.filter { $0.key.contains(Redactor.mark) || $0.value.isRedacted }
    for key in lost.keys.sorted() {
      let place = owner.map { " of \($0)" } ?? ""
      let sentence =
        "The label \(key)\(place) is left out: its value was taken out for a secret. Set it anew if "
        + "it is none."
      if !removed.contains(sentence) { removed.append(sentence) }
    }
    return .object(members.filter { lost[$0.key] == nil })
  }

  private var isRedacted: Bool {
    switch self {
    case .null, .bool, .integer, .number: false
    case .string(let text): text.contains(Redactor.mark)
    case .array(let items): items.contains(where: \.isRedacted)
    case .object(let members):
      members.contains { $0.key.contains(Redactor.mark) || $0.value.isRedacted }
    }
  }
}
