import Files
import Logs
import SessionFormat
import Wizard

extension FileStore {
  /// Takes over everything else that is known here of what a session did to ConfigHub: by other states
  /// of it, under whatever id, and by the logs of their runs. To be done whenever a state is taken up
  /// that is not the latest of all.
  ///
  /// - Parameter own: the session's id, if its logs are its own even where they do not say so.
  func joinKnown(
    into session: inout Session, ofOwn own: String?, in sessions: Directory
  ) throws {
    var ids: Set<String> = [own ?? session.id]
    for entry in try active(in: sessions) + archived(in: sessions)
    where entry.header?.lineage == session.lineage {
      ids.insert(entry.id)
      let directory: Directory?
      if case .archived(let day) = entry.place {
        directory = try SessionArchive.open(day, in: sessions)
      } else {
        directory = sessions
      }
      guard let directory,
        case .usable(let light, _) = SessionSearch.read(
          SessionName.file(entry.id), of: entry.id, in: directory),
        // What cannot be read of it is said where it is taken up itself.
        let other = try? SessionSearch.complete(light, in: sessions).document.session
      else { continue }
      session.join(other.operations)
    }
    if let own, let backup = try SessionSearch(sessions: sessions).newestBackup(own),
      backup.document.session.lineage == session.lineage,
      let other = try? SessionSearch.complete(backup.document, in: sessions).document.session
    {
      session.join(other.operations)
    }
    for id in ids.sorted() {
      let told = try LogHistory(of: id, in: root)
      // Elsewhere, another session may have had this id.
      let isTold = told.choice.map { $0.lineage == session.lineage } ?? (id == own)
      guard isTold else { continue }
      session.join(told.operations)
      if id == own { session.logs += told.logs.filter { !session.logs.contains($0) } }
    }
  }
}
