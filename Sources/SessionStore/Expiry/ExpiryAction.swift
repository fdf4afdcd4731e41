import Files
import TerminalText
import Wizard

/// One thing that keeping the limits of `Retention` asks for.
package struct ExpiryAction: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case archive, delete
    case removeLog = "remove-log"
  }

  package enum Outcome: Hashable, Sendable {
    case planned, done
    /// Nothing was done; why, as a clause without an end.
    case kept(String)
    /// It was not possible; why, as a sentence.
    case failed(String)
  }

  package let kind: Kind
  /// The session, or the file name of the log.
  package let id: String
  /// For a person, e.g. `not changed for 8 days`.
  package let reason: String
  /// How many units in ConfigHub have no other record here.
  package internal(set) var units = 0
  /// They were left when the import was taken back.
  var isUndone = false
  /// How many changes to ConfigHub of unknown outcome only the session knows of.
  package internal(set) var unsettled = 0
  package internal(set) var isUnreadable = false
  /// Asked for whatever the session is like.
  var isForced = false
  /// Kept only because the clock may be wrong.
  var isDoubted = false
  package internal(set) var outcome = Outcome.planned
  /// What the plan was made of; carrying it out looks again.
  var seen: Seen

  enum Seen: Hashable {
    /// `nil` if it could not be read.
    case active(generation: Int?)
    case archived(day: String)
    case log(FileStatus)
  }

  init(
    _ kind: Kind, _ id: String, _ reason: String, seen: Seen, outcome: Outcome = .planned
  ) {
    self.kind = kind
    self.id = id
    self.reason = reason
    self.seen = seen
    self.outcome = outcome
  }

  init(
    _ kind: Kind, _ session: ExpiryCandidate, _ reason: String, seen: Seen? = nil,
    outcome: Outcome = .planned
  ) {
    self.init(kind, session.id, reason, seen: seen ?? session.seen, outcome: outcome)
    units = session.units
    isUndone = session.removed > 0
    unsettled = session.unsettled
    isUnreadable = !session.isReadable
  }

  /// Why it was not possible; `nil` if it was, or was not tried.
  package var failure: String? { if case .failed(let sentence) = outcome { sentence } else { nil } }

  /// All about it, e.g. `archived import-2026-01-09-143022: not changed for 8 days`.
  package var line: String {
    let (infinitive, participle) =
      switch kind {
      case .archive: ("archive", "archived")
      case .delete: ("delete", "deleted")
      case .removeLog: ("remove", "removed")
      }
    return switch outcome {
    case .planned: "would \(infinitive) \(id): \(reason)\(loss(isGone: false))"
    case .done: "\(participle) \(id): \(reason)\(loss(isGone: true))"
    case .kept(let reason): "kept \(id): \(reason)"
    case .failed(let sentence): sentence
    }
  }

  /// What goes with a session that is deleted, as the end of a sentence that says so; empty if
  /// nothing does. `isGone` says whether it is deleted already.
  package func loss(isGone: Bool) -> String {
    guard kind == .delete else { return "" }
    let had = isGone ? "had" : "has"
    var text = ""
    if isUnreadable { text += isGone ? "; it could not be read" : "; it cannot be read" }
    if unsettled > 0 {
      text += "; it \(had) \(plural(unsettled, "change")) of unknown outcome"
    }
    if units > 0 { text += "; it \(Self.loss(ofUnits: units, isUndone: isUndone, isGone: isGone))" }
    return text
  }

  /// What goes with the record of so many units, after the session as the subject; empty if nothing.
  package static func loss(ofUnits units: Int, isUndone: Bool, isGone: Bool) -> String {
    guard units > 0 else { return "" }
    if isUndone {
      return
        "\(isGone ? "was" : "is") the only record of \(plural(units, "unit")) that undo left in "
        + "ConfigHub"
    }
    return
      "\(isGone ? "was" : "is") the only record of \(plural(units, "unit")) in ConfigHub, which "
      + "stay\(units == 1 ? "s" : "") there and \(isGone ? "can no longer" : "can then no longer") "
      + "be taken back with undo"
  }
}

extension [ExpiryAction] {
  /// What was done, for the first screen: one sentence, the worst first, or one more about what was
  /// put off; empty if nothing was.
  package var told: [String] {
    let done = filter { $0.outcome == .done }
    let deleted = done.filter { $0.kind == .delete }
    let gone = Set(deleted.map(\.id))
    let archived = done.filter { $0.kind == .archive && !gone.contains($0.id) }
    let logs = done.count { $0.kind == .removeLog }
    var parts: [String] = []
    if !deleted.isEmpty {
      let units = deleted.reduce(0) { $0 + $1.units }
      parts.append(
        "\(Self.count(deleted.count, "archived session")) deleted for good (\(Self.names(deleted)))"
          + (units == 0
            ? "" : ", the only record of \(plural(units, "unit")) in ConfigHub"))
    }
    if !archived.isEmpty {
      parts.append(
        "\(Self.count(archived.count, "old session")) archived (\(Self.names(archived)))")
    }
    if logs > 0 { parts.append("\(Self.count(logs, "old log")) removed") }
    var sentences = parts.isEmpty ? [] : [parts.joined(separator: "; ") + "."]
    let putOff = filter { $0.kind == .delete && $0.isKept }
    if let first = putOff.first, case .kept(let reason) = first.outcome {
      sentences.append(
        "\(Self.count(putOff.count, "archived session")) due to be deleted and kept: \(reason).")
    }
    return sentences
  }

  /// Why something was not possible, as sentences.
  package var problems: [String] { compactMap(\.failure) }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(plural(count, noun)) \(count == 1 ? "is" : "are")"
  }

  private static func names(_ actions: [ExpiryAction]) -> String {
    let shown = actions.prefix(3).map(\.id).joined(separator: ", ")
    return actions.count > 3 ? "\(shown) and \(actions.count - 3) more" : shown
  }
}

extension ExpiryAction {
  package var isKept: Bool { if case .kept = outcome { true } else { false } }
}
