import Files
import Logs
import SessionFormat
import Wizard

// Whoever copies a backup over the session's file has an earlier state there, which does not know
// what was done to ConfigHub after it.

extension FileStore {
  /// The session with all that is known of what it did, for whoever will not save it.
  package func readToLook(_ id: String) throws(StoreError) -> LoadResult {
    var result = try read(id)
    try explained("The session \(id) could not be read") {
      if let sessions = try existing() { _ = try joinLater(into: &result, in: sessions) }
    }
    return result
  }

  /// If there was a later state than the one that was found, takes over what the backups and the
  /// logs know of ConfigHub, and says so. The file stays as it is until the session is saved.
  ///
  /// - Returns: the last generation that is known of; `nil` if there is no session to go on with.
  func joinLater(into result: inout LoadResult, in sessions: Directory) throws -> Int? {
    guard let found = result.found else { return nil }
    if case .newer = found.trust { return nil }
    var session = found.document.session
    let (last, problem) = try lastGeneration(of: session, in: sessions)
    result.warnings += [problem].compactMap(\.self)
    guard last > session.generation else { return last }
    let known = Set(session.operations)
    try joinKnown(into: &session, ofOwn: session.id, in: sessions)
    result.found?.document.session = session
    let taken = session.operations.count { !known.contains($0) }
    let changes =
      switch taken {
      case 0: "it lacks no change to ConfigHub that is known here"
      case 1:
        "1 change to ConfigHub that it did not know, or not as well, is taken over from the "
          + "backups and the logs"
      default:
        "\(taken) changes to ConfigHub that it did not know, or not as well, are taken over from "
          + "the backups and the logs"
      }
    result.warnings.append(
      "\(found.path) is an earlier state of the session, generation \(session.generation) of at "
        + "least \(last): what was chosen after it is not in it; \(changes).")
    return last
  }

  /// The last generation of a session that the names of its backups tell of, if that is a later one.
  func laterBackup(than generation: Int, of id: String, in sessions: Directory) throws -> Int? {
    let newest = try sessions.existing(.backups)?.generations(of: id).first ?? 0
    // It was made when the one after it was saved, unless that was interrupted.
    return newest > generation ? newest + 1 : nil
  }

  /// That the file is an earlier state of the session, for whoever only looks.
  static func sentence(ofEarlier generation: Int, last: Int) -> String {
    "is an earlier state of the session, generation \(generation) of at least \(last)"
  }

  /// The last generation of a session that its backups and the end of its newest log tell of: 0 if
  /// they tell of none. A sentence if the logs cannot be asked.
  func lastGeneration(
    of session: Session, in sessions: Directory
  ) throws -> (number: Int, problem: String?) {
    let backup = try laterBackup(than: session.generation, of: session.id, in: sessions) ?? 0
    do throws(StoreError) {
      return (max(backup, try RunLog.lastGeneration(of: session, in: root) ?? 0), nil)
    } catch {
      return (backup, error.sentence)
    }
  }
}
