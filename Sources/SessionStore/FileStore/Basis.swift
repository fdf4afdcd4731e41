import Files
import Glibc
import SessionFormat
import Wizard

/// The session's file as this program wrote it last, or read it.
struct KnownFile {
  var status: FileStatus
  package let generation: Int
  /// The digest that the file carries of itself; `nil` if it is wrong or gone.
  let digest: String?
}

extension SessionLock {
  /// Remembers what the next save is to find.
  func remember(_ found: LoadedSession?, in sessions: Directory) throws {
    guard let found, found.path == sessions.path(of: SessionName.file(id)) || found.isRestored,
      let status = try found.isRestored ? sessions.status(of: SessionName.file(id)) : found.status
    else { return }
    let digest =
      found.trust == .sound
      ? try sessions.contents(SessionName.file(id)).flatMap(Integrity.claimed) : nil
    state.withLock {
      $0.known = KnownFile(
        status: status, generation: found.document.session.generation, digest: digest)
    }
  }
}

extension LoadedSession {
  /// Read from a backup that is in the session's place by now.
  fileprivate var isRestored: Bool { if case .backup = origin { true } else { false } }
}

/// What a save is about to replace.
struct Basis {
  /// The new file is the one after it.
  package let generation: Int
  /// `nil`: there is no file.
  let status: FileStatus?
  var foreign: ForeignFile?
}

/// A file in the session's place that this program neither wrote nor read.
struct ForeignFile {
  /// `conflicts`, or `corrupt` for what is no session.
  package let folder: SessionFolder
  package let problem: String?

  /// Keeps it as it was found. It stays in the session's place until that is replaced, so that
  /// there is a file at every moment. Answers with a sentence that says so.
  func keep(_ name: String, of id: String, in sessions: Directory) throws -> String {
    let path = sessions.path(of: name)
    let copy = try sessions.keepAside(
      name, of: id, in: sessions.ownDirectory(folder, .writing))
    return "Somebody else \(problem.map { "damaged \(path) (\($0))" } ?? "changed \(path)") while "
      + "it was open here. That file is kept as \(copy); this session is saved in its place. "
      + "`map-import sessions conflicts` shows what is kept."
  }
}

extension FileStore {
  /// Looks at the file that a save replaces. A later generation, another session of the same name,
  /// and what a later version wrote, are left in their place: then the state goes to `conflicts/`
  /// and a `Conflict` is thrown.
  func basis(
    of document: SessionDocument, _ known: KnownFile?, in sessions: Directory
  ) throws -> Basis {
    let session = document.session
    let name = SessionName.file(session.id)
    let generation = max(session.generation, known?.generation ?? 0)
    guard let status = try sessions.status(of: name) else {
      return Basis(generation: generation, status: nil)
    }
    if let known, known.status == status {
      return Basis(generation: known.generation, status: status)
    }
    do {
      guard let bytes = try sessions.contents(name) else {
        return Basis(generation: generation, status: nil)
      }
      let found = try SessionCodec.look(bytes, named: session.id)
      if case .newer = found.trust {
        throw InvalidSession(reason: "a later version of this program wrote it", isNewer: true)
      }
      // A file that was read with a wrong digest could not be told again; where nobody remembers what
      // was read, the state came from one of its generation.
      let base = StateMark(
        lineage: session.lineage, generation: known?.generation ?? session.generation,
        digest: known.map { $0.digest ?? "" })
      let there = StateMark(
        lineage: found.header.lineage, generation: found.header.generation,
        // The first files had none.
        digest: found.trust == .sound ? Integrity.claimed(by: bytes) ?? "none" : nil)
      switch Lineage.compare(base, there) {
      case .same:
        // Touched, perhaps, but not changed.
        return Basis(generation: base.generation, status: status)
      case .diverged:
        return Basis(
          generation: generation, status: status,
          foreign: ForeignFile(folder: .conflicts, problem: nil))
      case .ahead, .foreign:
        let copy = try keepConflict(document, in: sessions)
        throw Conflict(
          sentence:
            "The session is not saved: another map-import saved it meanwhile (as generation "
            + "\(there.generation), this one came from \(session.generation)). "
            + "This state is kept in \(copy).")
      }
    } catch let invalid as InvalidSession {
      if invalid.isNewer {
        let copy = try keepConflict(document, in: sessions)
        throw Conflict(
          sentence: "The session is not saved: \(invalid.reason). This state is kept in \(copy).")
      }
      return Basis(
        generation: generation, status: status,
        foreign: ForeignFile(folder: .corrupt, problem: invalid.reason))
    }
  }
}
