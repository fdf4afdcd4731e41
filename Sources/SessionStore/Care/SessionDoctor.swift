import Files
import Glibc
import SessionFormat
import Wizard

/// Something about the session files that is not as it should be.
package struct Finding: Hashable, Sendable {
  /// What it is about, with the home directory as `~`.
  package let path: String
  /// What is wrong, as the rest of a sentence about the path.
  package let problem: String
  /// What a person can do, as a sentence; what `repair` does, if that is safe.
  package let advice: String
  package let isRepairable: Bool
  package var isRepaired = false
  /// Why a repair was not possible.
  package var failure: String?
}

extension FileStore {
  /// Looks at every file and directory of ours. With `repairing`, what can be repaired without
  /// losing anything is. Otherwise nothing is changed.
  package func examine(
    repairing: Bool, at now: Timestamp
  ) throws(StoreError) -> [Finding] {
    try explained("The sessions could not be examined") {
      var doctor = SessionDoctor(store: self, repairing: repairing, now: now)
      try doctor.examine()
      return doctor.findings
    }
  }
}

/// One round of examination.
struct SessionDoctor {
  let store: FileStore
  let repairing: Bool
  let now: Timestamp
  private(set) var findings: [Finding] = []

  init(store: FileStore, repairing: Bool, now: Timestamp) {
    self.store = store
    self.repairing = repairing
    self.now = now
  }

  /// Seconds after which a temporary file is nobody's any more.
  private static let strayAfter: Int64 = 3600

  mutating func examine() throws {
    do {
      if let logs = try store.root.existing(.logs) {
        mode(of: logs)
        try modes(in: logs) { ["tui-import-", "worker-", "audit."].contains(where: $0.hasPrefix) }
      }
      guard let sessions = try store.existing() else { return }
      mode(of: sessions)
      try modes(in: sessions, where: SessionName.isOurs)
      for folder in SessionFolder.allCases {
        try subdirectory(folder.rawValue, of: sessions)
      }
      try temporaries(in: sessions)
      try sessionFiles(in: sessions)
      try parts(in: sessions)
      try locks(in: sessions)
      try pointer(in: sessions)
    } catch let refusal as Refusal {
      // A directory that is not to be trusted: nothing below it was looked at.
      find(store.root.shownPath, "cannot be used", refusal.sentence)
    }
  }

  // MARK: Telling and repairing

  mutating func find(
    _ path: String, _ problem: String, _ advice: String, repair: (() throws -> Void)? = nil
  ) {
    var finding = Finding(
      path: path, problem: problem, advice: advice, isRepairable: repair != nil)
    if repairing, let repair {
      do {
        try repair()
        finding.isRepaired = true
      } catch {
        finding.failure = StoreError("It could not be repaired", error).sentence
      }
    }
    findings.append(finding)
  }

  // MARK: Owners and modes

  private mutating func subdirectory(_ name: String, of parent: Directory) throws {
    let directory: Directory?
    do {
      directory = try parent.existing(name)
    } catch let refusal as Refusal {
      return find(parent.path(of: name), "cannot be used", refusal.sentence)
    } catch let error as CallError {
      return find(parent.path(of: name), "cannot be used", StoreError("It stays", error).sentence)
    }
    guard let directory else { return }
    mode(of: directory)
    if name == SessionFolder.archive.rawValue {
      for day in try directory.names() where SessionID.isDay(day) {
        try subdirectory(day, of: directory)
      }
    } else {
      try modes(in: directory) {
        switch SessionName($0) {
        case .copy, .part: true
        default: SessionName.isOurs($0)
        }
      }
    }
  }

  private mutating func mode(of directory: Directory) {
    guard let status = try? directory.status(of: "."), status.permissions & 0o077 != 0 else {
      return
    }
    find(
      directory.path,
      "has mode \(String(status.permissions, radix: 8)), so others can look into it",
      "Take that away with chmod 700."
    ) {
      _ = try attempt("fchmod", directory.path) {
        fchmod(directory.descriptor, status.permissions & 0o700)
      }
    }
  }

  private mutating func modes(in directory: Directory, where isOurs: (String) -> Bool) throws {
    for name in try directory.names() where isOurs(name) && name != SessionName.pointerFile {
      guard let status = try directory.status(of: name) else { continue }
      let path = directory.path(of: name)
      if status.owner != geteuid() {
        find(path, "belongs to user \(status.owner)", "Give it back with chown, or move it away.")
      } else if status.kind != .regular {
        find(path, "is not a regular file", "Move it away; map-import does not read it.")
      } else if status.permissions & 0o077 != 0 {
        find(
          path, "has mode \(String(status.permissions, radix: 8)), so others can read it",
          "Take that away with chmod 600."
        ) {
          let file = try directory.open(name, O_RDONLY)
          try file.setMode(status.permissions & 0o700)
        }
      }
    }
  }

  // MARK: What interrupted runs left

  private mutating func temporaries(in sessions: Directory) throws {
    let others = SessionFolder.allCases.filter { $0 != .archive }.map {
      try? sessions.existing($0)
    }
    for directory in [sessions] + others.compactMap({ $0 ?? nil }) {
      for name in try directory.names() {
        let id = SessionName.temporaryID(name)
        guard id != nil || SessionName(name) == .temporaryPointer,
          let status = try directory.status(of: name), status.kind != .directory,
          now.seconds - Int64(status.modifiedSeconds) > Self.strayAfter
        else { continue }
        if let id, !isFree(id, in: sessions) { continue }
        find(
          directory.path(of: name), "was left by a save that was interrupted",
          "It can be removed: the session itself is whole without it."
        ) { try directory.removeIfThere(name) }
      }
    }
  }

  /// Whether nobody has it; not if that is not known.
  func isFree(_ id: String, in sessions: Directory) -> Bool {
    (try? FileStore.holder(of: id, in: sessions)) == .some(nil)
  }

  private mutating func locks(in sessions: Directory) throws {
    for name in try sessions.names() {
      guard let id = SessionName.lockID(name),
        try sessions.status(of: SessionName.file(id)) == nil,
        try sessions.status(of: name)?.kind == .regular, isFree(id, in: sessions)
      else { continue }
      let store = store
      let now = now
      find(
        sessions.path(of: name), "is the lock of a session that is gone, and nobody holds it",
        "It can be removed."
      ) {
        // Removes the file on release, if there still is no session.
        try store.holding(id, at: now) { _ in }
      }
    }
  }

  private mutating func pointer(in sessions: Directory) throws {
    let path = sessions.path(of: SessionName.pointerFile)
    let newest = try FileStore.newest(in: sessions)
    let problem: String
    switch try sessions.latestPointer() {
    case .session(let id):
      if try sessions.status(of: SessionName.file(id)) != nil { return }
      problem = "points to \(id), which is not there"
    case .missing:
      guard newest != nil else { return }
      problem = "is missing, though there are sessions"
    case .unusable:
      problem = "does not name a session"
    }
    let store = store
    let now = now
    find(
      path, problem,
      newest.map { "It can be made to name \($0), the one changed last." }
        ?? "It can be put aside: there is no session."
    ) {
      if case .unusable = try sessions.latestPointer() {
        try sessions.setAside(
          SessionName.pointerFile, of: "import-latest",
          in: sessions.ownDirectory(.corrupt, .writing))
      }
      guard let newest else { return try sessions.removeIfThere(SessionName.pointerFile) }
      try store.holding(newest, at: now) { _ in
        try store.repoint(holding: newest, in: sessions)
      }
    }
  }
}
