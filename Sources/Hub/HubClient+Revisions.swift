import Documents
import ForeignText
import Subprocess

/// One state of a unit's content, and where it came from.
public struct UnitRevision: Hashable, Sendable {
  public var number: Int
  /// SHA-256 of the content, lower-case hex.
  public var digest: String?
  /// `UpdateUnit` and the like.
  public var source: String?
  public var description: String?
  /// Who is said to have made it.
  public var user: String?
  /// When, in RFC 3339.
  public var createdAt: String?
  /// The program that it was made with.
  public var agent: String?

  /// How people and programs write content through cub; what comes from elsewhere is a trigger's, as
  /// far as is known.
  static let written: Set = ["MergeExternal", "UpdateUnit", "RestoreRevision"]

  /// `nil` for what is no envelope of a revision.
  init?(_ envelope: JSONValue) {
    guard let own = envelope["Revision"],
      let number = own["RevisionNum"]?.integer.flatMap({ Int(exactly: $0) })
    else { return nil }
    func text(_ value: JSONValue?) -> String? {
      value?.string.flatMap { $0.isEmpty ? nil : "\(ForeignText($0))" }
    }
    self.number = number
    digest = text(own["DataHash"])
    source = text(own["Source"])
    description = text(own["Description"])
    user = text(envelope["User"]?["Username"])
    createdAt = text(own["CreatedAt"])
    agent = text(own["UserAgent"])
  }
}

extension HubClient {
  /// The revisions of a unit, the newest first.
  public func revisions(
    of unit: String, space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [UnitRevision] {
    try revisions(
      Call(
        ["revision", "list"], "list the revisions of unit \(unit) in space \(space)", space: space,
        slugs: [unit]), cancellation)
  }

  func revisions(
    _ call: Call, _ cancellation: Cancellation?
  ) throws(HubFailure) -> [UnitRevision] {
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) { throw failure }
    guard let list = (try? JSONValue(parsing: completion.output))?.array else {
      throw unexpectedAnswer(completion, call)
    }
    let revisions = list.compactMap(UnitRevision.init)
    guard revisions.count == list.count else { throw unexpectedAnswer(completion, call) }
    return revisions.sorted { $0.number > $1.number }
  }

  /// Why a unit holds other content than was written, as far as ConfigHub tells.
  ///
  /// - Parameters:
  ///   - operation: the one that wrote it.
  ///   - digest: of what it wrote.
  public func whyOtherContent(
    _ unit: RemoteUnit, space: String, operation: String, digest: String
  ) -> String {
    let other = "holds other content than intended"
    guard let mark = unit.mark,
      mark.isSame(as: UnitMark(session: mark.session, operation: operation, digest: digest))
    else { return other }
    let ours = "holds other content than was written, though the mark is ours: "
    guard let revisions = try? revisions(of: unit.slug, space: space),
      let head = revisions.first, head.digest == unit.digest,
      revisions.dropFirst().contains(where: { $0.digest == digest })
    else { return ours + "a trigger of the organisation may have changed it" }
    let what = " (revision \(head.number)\(head.description.map { ": \($0)" } ?? ""))"
    if let source = head.source, UnitRevision.written.contains(source) {
      return ours + "\(head.user ?? "somebody") changed it since\(what)"
    }
    return ours + "a trigger of the organisation changed it\(what)"
  }
}
