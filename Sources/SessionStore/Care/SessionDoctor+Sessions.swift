import Documents
import Files
import SessionFormat
import Wizard

extension SessionDoctor {
  mutating func sessionFiles(in sessions: Directory) throws {
    let backups = try? sessions.existing(.backups)
    let numbered = try backups?.names().compactMap(SessionName.numbered) ?? []
    let active = try sessions.names().compactMap(SessionName.id)
    let archived = try SessionArchive.all(in: sessions)
    let isArchiveKnown = SessionArchive.isReadable(in: sessions)
    for id in Set(active).union(numbered.map(\.id)).sorted() {
      if !active.contains(id), !isArchiveKnown || archived.contains(where: { $0.id == id }) {
        continue
      }
      // A run is at work on it.
      if isHeld(id, in: sessions) { continue }
      try session(id, in: sessions)
    }
    for (day, id) in archived {
      guard let directory = try SessionArchive.open(day, in: sessions) else { continue }
      archivedSession(id, in: directory)
      if active.contains(id) { twin(id, on: day, in: directory, of: sessions) }
    }
    if let backups {
      for backup in numbered { self.backup(backup.id, backup.number, backups, sessions) }
    }
  }

  /// Tells of a lock that does not say.
  private mutating func isHeld(_ id: String, in sessions: Directory) -> Bool {
    do {
      return try FileStore.holder(of: id, in: sessions) != nil
    } catch {
      let name = SessionName.lockFile(id)
      // Of what is no file that was told already.
      if (try? sessions.status(of: name))??.kind == .regular {
        find(sessions.path(of: name), "cannot be read", FileStore.lockProblem(error))
      }
      return false
    }
  }

  private mutating func session(_ id: String, in sessions: Directory) throws {
    let path = sessions.path(of: SessionName.file(id))
    switch SessionSearch.read(SessionName.file(id), of: id, in: sessions) {
    case .usable(_, .newer(let version)):
      find(
        path, "was written by a later version (\(version))", "Use that version for this session.")
    case .usable(let document, let trust):
      if trust == .editedByHand {
        find(
          path, "was edited by hand: its digest is wrong",
          "Resuming it takes it as it is; `map-import sessions show \(id)` lists the backups that "
            + "`sessions restore` can take instead.")
      }
      let missing = try missingParts(of: document, in: sessions)
      if missing > 0 {
        find(
          path,
          "names \(missing) \(missing == 1 ? "file" : "files") in scans/ that cannot be found",
          "Resuming it goes on without that, and says what becomes of it.")
      }
      let generation = document.session.generation
      if let last = try store.laterBackup(than: generation, of: id, in: sessions) {
        find(
          path, FileStore.sentence(ofEarlier: generation, last: last),
          "`map-import --resume \(id)` takes over what the backups and the logs know of ConfigHub; "
            + "`map-import sessions show \(id)` lists the backups.")
      }
      let unsettled = document.session.operations.filter { $0.state == .intent }
      guard !unsettled.isEmpty else { return }
      let names = unsettled.prefix(3).map { "\($0.kind.rawValue) \($0.key)" }
        .joined(separator: ", ")
      find(
        path,
        "has \(unsettled.count) \(unsettled.count == 1 ? "change" : "changes") of unknown outcome "
          + "(\(names)\(unsettled.count > 3 ? ", …" : ""))",
        "`map-import --resume \(id)` settles that by reading what ConfigHub has.")
    case .bad(let invalid): try damaged(id, invalid.isNewer ? nil : invalid.reason, in: sessions)
    case .unreadable(let error):
      find(path, "cannot be read", StoreError("It is left alone", error).sentence)
    case .absent: try damaged(id, "is not there, though it has backups", in: sessions)
    }
  }

  private func missingParts(of document: SessionDocument, in sessions: Directory) throws -> Int {
    let named = document.references?.digests.all ?? []
    let scans = try sessions.existing(.scans)
    return try named.count {
      try scans?.status(of: SessionName.partFile(document.session.id, $0)) == nil
    }
  }

  private mutating func damaged(_ id: String, _ reason: String?, in sessions: Directory) throws {
    let path = sessions.path(of: SessionName.file(id))
    guard let reason else {
      return find(path, "was written by a later version", "Use that version for this session.")
    }
    let problem = reason.hasPrefix("is ") ? reason : "cannot be used: \(reason)"
    guard
      let backup = try SessionSearch(sessions: sessions).newestBackup(id)
    else {
      return find(
        path, problem,
        "It has no backup that can be read. `map-import sessions restore \(id) --from-log` makes "
          + "it anew from its logs, if there are any.")
    }
    let store = store
    let now = now
    find(
      path, problem,
      "Its backup of generation \(backup.generation) can take its place; the bad file goes to "
        + "corrupt/."
    ) { _ = try store.restore(id, generation: nil, at: now) }
  }

  private mutating func archivedSession(_ id: String, in day: Directory) {
    let problem: String
    switch SessionSearch.look(SessionName.file(id), of: id, in: day, content: true) {
    case .usable, .absent: return
    case .bad(let invalid): problem = "cannot be used: \(invalid.reason)"
    case .unreadable(let error): problem = StoreError("cannot be read", error).sentence
    }
    find(
      day.path(of: (try? day.whichName(SessionName.file(id))) ?? SessionName.file(id)), problem,
      "`map-import sessions restore \(id)` takes a backup, if there is one; "
        + "`map-import sessions delete \(id)` deletes it.")
  }

  /// What archiving or restoring left in both places when it was cut off.
  private mutating func twin(
    _ id: String, on date: String, in day: Directory, of sessions: Directory
  ) {
    let name = SessionName.file(id)
    func isTwin() -> Bool {
      guard
        case .usable(let archived, _) = SessionSearch.look(name, of: id, in: day),
        case .usable(let active, .sound) = SessionSearch.look(name, of: id, in: sessions)
      else { return false }
      return archived.lineage == active.lineage && archived.generation == active.generation
    }
    guard isTwin(), let there = try? day.whichName(name) else { return }
    let (store, now) = (store, now)
    find(
      day.path(of: there), "is active, too: archiving it, or restoring it, was cut off",
      "It can be removed: the active session is the same."
    ) {
      try store.holding(id, at: now) { _ in
        // Whoever had it meanwhile may have finished what was cut off.
        guard isTwin() else { return }
        try day.removeIfThere(there)
        SessionArchive.removeIfEmpty(date, in: sessions)
      }
    }
  }

  private mutating func backup(
    _ id: String, _ generation: Int, _ backups: Directory, _ sessions: Directory
  ) {
    let file = SessionName.file(id, generation)
    let name = (try? backups.whichName(file)) ?? file
    let problem: String
    switch SessionSearch.look(name, of: id, in: backups, content: true) {
    case .usable(_, .editedByHand): problem = "cannot be used: its digest is wrong"
    case .usable, .absent: return
    case .bad(let invalid) where invalid.isNewer: return
    case .bad(let invalid): problem = "cannot be used: \(invalid.reason)"
    case .unreadable(let error):
      return find(
        backups.path(of: name), "cannot be read", StoreError("It is left alone", error).sentence)
    }
    find(
      backups.path(of: name), problem, "It can be put aside, into corrupt/: it restores nothing."
    ) {
      try backups.setAside(name, of: id, in: sessions.ownDirectory(.corrupt, .writing))
    }
  }
}

extension SessionDoctor {
  /// Files in `scans` that are damaged, and those of sessions that are gone.
  fileprivate mutating func part(
    _ name: String, of id: String, _ digest: String, in scans: Directory, _ sessions: Directory
  ) throws {
    let path = scans.path(of: name)
    let backups = try sessions.existing(.backups)?.names() ?? []
    let isThere =
      try sessions.status(of: SessionName.file(id)) != nil
      || !SessionArchive.days(of: id, in: sessions).isEmpty
      || backups.contains { SessionName.numbered($0)?.id == id }
      || FileStore.namedAside(of: id, in: sessions).contains(digest)
    guard isThere else {
      let (store, now) = (store, now)
      return find(
        path, "is a part of a session that is gone", "It can be removed: nothing names it."
      ) {
        try store.holding(id, at: now) { _ in try scans.removeIfThere(name) }
      }
    }
    let bytes = try? scans.contents(name)
    guard bytes.map({ SHA256.hex(of: $0) }) != digest else { return }
    find(
      path, "is not what it was, or cannot be read",
      "The session goes on without it: what is missing is read again from the cluster.")
  }

  mutating func parts(in sessions: Directory) throws {
    guard let scans = try sessions.existing(.scans) else { return }
    for name in try scans.names() {
      guard let (id, digest) = SessionName.part(name) else { continue }
      // A run is at work on it.
      guard isFree(id, in: sessions) else { continue }
      try part(name, of: id, digest, in: scans, sessions)
    }
  }
}
