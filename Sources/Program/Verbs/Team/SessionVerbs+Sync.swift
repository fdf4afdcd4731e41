import Documents
import Hub
import Logs
import SessionFormat
import SessionStore
import Sync
import Wizard

/// `sessions sync`
extension SessionVerbs {
  /// Brings the latest session, or the one named, up to ConfigHub now.
  func sync(_ id: String?) throws {
    let id = try id ?? latestID()
    let team = try SessionTeam(self)
    try holding(try localID(id)) { lock in
      guard let document = try opened(lock) else { throw Refusal.noSession(id) }
      let hub = team.hub(of: document.session)
      let before = document.session.operations.count
      var upload = SessionUpload(document, lock, in: hub, team, isForced: command.isForced)
      try upload.run()
      report(upload, logProblem: uploadLog(of: upload.document, hub), operationsBefore: before)
    }
  }

  private func latestID() throws -> String {
    let result = try store.read(nil, isWhole: false)
    guard let found = result.found else {
      throw Refusal(3, (result.warnings + ["No previous session found."]).joined(separator: " "))
    }
    return found.header.id
  }

  /// The id of a session on this machine that may be named by its unit.
  func localID(_ id: String) throws -> String {
    guard let entry = try localEntry(id) else {
      _ = try entries(of: id)
      return id
    }
    if case .archived = entry.place {
      throw Refusal(
        1,
        "Session \(entry.id) is archived: `map-import sessions restore \(entry.id)` makes it active."
      )
    }
    return entry.id
  }

  /// The log of its latest run goes with it; a sentence if that did not.
  private func uploadLog(of document: SessionDocument, _ hub: SessionHub) -> String? {
    let session = document.session
    guard let path = session.logFile, let slug = session.sync?.unit,
      let bytes = try? RunLog.contents(of: path, in: store.root)
    else { return nil }
    let people = Set([session.hub?.user, session.begunBy].compactMap(\.self))
    let text = OutgoingLog.content(
      String(decoding: bytes, as: UTF8.self), people: people, home: store.root.home)
    if text.isEmpty { return nil }
    let change = hub.writeLog(
      text, of: slug, labels: SessionUnit.logLabels(of: SessionHeader(session)),
      description: "the log of \(session.id)")
    do {
      _ = try change.done("upload the log of \(session.id)", slug, in: hub.space)
      return nil
    } catch {
      return error.sentence
    }
  }

  private func report(
    _ upload: SessionUpload, logProblem: String?, operationsBefore: Int
  ) {
    let session = upload.document.session
    guard let sync = session.sync else { return }
    let place = "unit \(sync.unit) in Space \(sync.space)"
    var lines = upload.deeds.map { deed in
      switch deed {
      case .created: "Session \(session.id) is in ConfigHub now, as \(place)."
      case .uploaded: "Session \(session.id) is uploaded, to \(place)."
      case .upToDate: "Session \(session.id) is up already, as \(place): nothing was to be done."
      case .tookOver:
        "ConfigHub's state of session \(session.id) came from the one here, and is taken over from "
          + "\(place), saved as generation \(session.generation). What it was before is in its backups."
      case .joined:
        "Session \(session.id) had gone on both here and in ConfigHub. ConfigHub's state is taken over; "
          + "the one that was here is kept as \(upload.aside ?? "a conflict"), and "
          + "`map-import sessions conflicts` brings it back."
      }
    }
    let more = session.operations.count - operationsBefore
    if more > 0 {
      lines.append("\(more) changes to ConfigHub that it did not know are recorded now.")
    }
    lines.append("It is revision \(sync.revision ?? 0) there. \(SessionTeam.whoSees)")
    if let logProblem { complain("Its log is not up: \(logProblem)") }
    print(
      .object([
        "session_id": .string(session.id), "space": .string(sync.space), "unit": .string(sync.unit),
        "results": .array(upload.deeds.map { .string($0.rawValue) }),
        "revision": JSONValue(sync.revision), "generation": JSONValue(session.generation),
        "epoch": JSONValue(sync.epoch), "scope": .string(sync.scope.rawValue),
        "put_aside": JSONValue(upload.aside), "log_problem": JSONValue(logProblem),
      ]), lines)
  }
}
