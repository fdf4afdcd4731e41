import Documents
import Hub
import SessionFormat
import SessionStore
import Sync
import TerminalText
import Wizard

/// `sessions history` and `sessions restore --revision`: what ConfigHub kept of a session so far.
extension SessionVerbs {
  func history(_ id: String) throws {
    let team = try SessionTeam(self)
    let found = try team.find(id)
    let revisions = try found.hub.history(of: found.remote.slug).filter(\.isWritten)
    print(
      .object([
        "session": .string(found.remote.slug), "space": .string(found.hub.space),
        "revisions": .array(revisions.map(json)),
      ]),
      revisions.isEmpty
        ? ["Session \(found.remote.slug) has no revisions that were written."]
        : [Self.historyRow("REVISION", "WHEN", "WHO", "WHERE", "WHAT")] + revisions.map(line))
  }

  private func line(_ revision: UnitRevision) -> String {
    let (what, host) = SessionUnit.parts(ofDescription: revision.description ?? "")
    let at = revision.createdAt.flatMap(Timestamp.init(fractional:))
    return Self.historyRow(
      "\(revision.number)", at?.minute(in: store.zone) ?? "unknown", revision.user ?? "unknown",
      host ?? "unknown", what)
  }

  private static func historyRow(
    _ number: String, _ at: String, _ user: String, _ host: String, _ what: String
  ) -> String {
    [
      padded(number, to: 8), padded(at, to: 22), padded(escaped(user), to: 24),
      padded(escaped(host), to: 12),
    ]
    .joined(separator: " ") + " " + what
  }

  private func json(_ revision: UnitRevision) -> JSONValue {
    let (what, host) = SessionUnit.parts(ofDescription: revision.description ?? "")
    return .object([
      "revision": JSONValue(revision.number), "user": JSONValue(revision.user),
      "at": JSONValue(revision.createdAt.flatMap(Timestamp.init(fractional:))?.rfc3339),
      "host": JSONValue(host), "what": .string(what), "source": JSONValue(revision.source),
      "program": JSONValue(revision.agent),
    ])
  }

  /// Makes an earlier revision the next generation here, and brings that up. What was done to ConfigHub
  /// since stays recorded.
  func restore(_ id: String, revision number: Int) throws {
    let id = try localID(id)
    let team = try SessionTeam(self)
    try holding(id) { lock in
      guard let document = try opened(lock) else { throw Refusal.noSession(id) }
      let found = try team.find(id)
      let slug = found.remote.slug
      let standing = try SessionTeam.hold(of: found.remote).standing(
        of: document.session.sync?.copy, in: document.session.sync?.epoch)
      if let sentence = standing.sentence(in: store.zone) {
        throw Refusal(
          5,
          "Session \(id) is not restored: \(sentence) `map-import sessions take \(id)` takes it over."
        )
      }
      let revisions = try found.hub.history(of: slug)
      guard let revision = revisions.first(where: { $0.number == number && $0.isWritten }) else {
        throw Refusal(
          3,
          "Session \(slug) has no revision \(number) that was written; `map-import sessions history "
            + "\(id)` shows those there are.")
      }
      let arrived = try SessionTeam.arrived(
        found.hub.data(of: slug, revision, atMost: OutgoingSession.sizeLimit), slug,
        "Revision \(number) of session \(slug)")
      var next = try restored(arrived, over: document, team)
      try save(&next, lock)
      let generation = next.session.generation
      audit(
        .restore, id,
        "done, from revision \(number) in ConfigHub, as generation \(generation)")
      var upload = SessionUpload(next, lock, in: found.hub, team)
      var problem: String?
      do {
        try upload.run()
      } catch {
        problem = Refusal(of: error)?.sentence ?? "\(error)"
      }
      report(arrived, number, generation, upload.document.session, problem)
    }
  }

  private func restored(
    _ arrived: ArrivedSession, over document: SessionDocument, _ team: SessionTeam
  ) throws -> SessionDocument {
    let local = document.session
    guard arrived.header.lineage == local.lineage else {
      throw Refusal(1, "That revision is of another session, and nothing was changed.")
    }
    do throws(InvalidSession) {
      var taken = try arrived.taken(
        here: .init(cluster: local.cluster, hub: local.hub ?? team.identity))
      taken.session = taken.session.restored(over: local, at: now)
      return taken
    } catch {
      throw Refusal(1, "That revision is not restored: \(error.reason).")
    }
  }

  private func report(
    _ arrived: ArrivedSession, _ number: Int, _ generation: Int, _ session: Session,
    _ problem: String?
  ) {
    let step = SessionSummary(SessionHeader(session), age: age(session.updatedAt)).step
    let left = arrived.isScanLeftOut ? ["Its scan is not in it: resuming it scans again."] : []
    print(
      .object([
        "session_id": .string(session.id), "restored_from": "revision",
        "revision": JSONValue(number), "generation": JSONValue(generation),
        "operations": JSONValue(session.operations.count),
        "step": .string(session.position.step.rawValue), "uploaded": .bool(problem == nil),
        "problem": JSONValue(problem),
        "warnings": .array((arrived.warnings + left).map(JSONValue.string)),
      ]),
      [
        "Session \(session.id) is as it was in revision \(number), saved as generation "
          + "\(generation): \(step). What was done to ConfigHub since stays recorded."
      ] + left + arrived.warnings + [problem ?? "It is up in ConfigHub, too."])
  }
}

extension UnitRevision {
  /// The first revision of each unit is empty: its content comes after it.
  fileprivate var isWritten: Bool { digest != nil && digest != SHA256.hex(of: []) }
}
