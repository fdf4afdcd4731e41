import Glibc
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// Files that somebody else changes, and what becomes of what was put aside.
@Suite("A file changed by somebody else")
struct ForeignChangeTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let id: String

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-20T12:00:00Z")
    id = Sample.id
  }

  private func lock() throws -> SessionLock {
    switch try store.acquire(id, at: now) {
    case .acquired(let lock): return lock
    case .heldBy(let holder): throw Refusal(holder.sentence)
    }
  }

  private var file: String { "\(home.sessions)/\(id).json" }

  /// Saves that many generations; answers with the last.
  private func make(
    _ generations: Int = 3, holding lock: SessionLock, operations: [Wizard.Operation] = []
  ) throws -> SessionDocument {
    var session = Sample.session(id, updated: now)
    session.operations = OperationList(operations)
    for number in 1...generations {
      session.workerSlug = "worker-\(number)"
      let result = lock.save(SessionDocument(session: session))
      #expect(result == .saved(generation: number))
      session.generation = number
    }
    return SessionDocument(session: session)
  }

  /// As an editor does: in the same file, or with a new one in its place.
  private func edit(_ old: String, _ new: String, inPlace: Bool = true) throws -> [UInt8] {
    let text = String(decoding: try home.bytes(file), as: UTF8.self)
    let edited = Array(text.replacing(old, with: new).utf8)
    #expect(edited != Array(text.utf8))
    if !inPlace { try Files.remove(file) }
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    #expect(write(descriptor, edited, edited.count) == edited.count)
    return edited
  }

  private func conflicts() -> [String] { home.names(in: "conflicts") }

  @Test(
    "while the session is open goes to conflicts/ as it was found; the good backups stay",
    arguments: [true, false], [true, false])
  func edited(inPlace: Bool, afterSave: Bool) throws {
    var lock = try lock()
    var document = try make(holding: lock)
    if !afterSave {
      lock.release()
      lock = try self.lock()
      document = try #require(try store.resume(holding: lock).found?.document)
    }
    let backups = home.names(in: "backups")
    let edited = try edit("worker-3", "worker-x", inPlace: inPlace)
    guard case .saved(4, let warning?) = lock.save(document) else {
      Issue.record("not saved, or without a word")
      return
    }
    #expect(
      warning == "Somebody else changed ~/.confighub/sessions/\(id).json while it was open here. "
        + "That file is kept as ~/.confighub/sessions/conflicts/\(id).1.json; this session is saved "
        + "in its place. `map-import sessions conflicts` shows what is kept.")
    #expect(try home.bytes("\(home.sessions)/conflicts/\(id).1.json") == edited)
    #expect(home.names(in: "backups") == backups)
    let found = try #require(try store.read(id).found)
    #expect(found.trust == .sound && found.document.session.workerSlug == "worker-3")
    document.session.generation = 4
    #expect(lock.save(document) == .saved(generation: 5))
  }

  @Test("and an older generation put back, is no reason to stop")
  func older() throws {
    let lock = try lock()
    let document = try make(holding: lock)
    let older = try home.bytes("\(home.sessions)/backups/\(id).1.json")
    try home.put(older, as: "\(id).json")
    guard case .saved(4, .some) = lock.save(document) else {
      Issue.record("not saved, or without a word")
      return
    }
    #expect(try home.bytes("\(home.sessions)/conflicts/\(id).1.json") == older)
  }

  @Test("is none if it only got another time, mode or name, or the same bytes again")
  func touched() throws {
    let lock = try lock()
    var document = try make(holding: lock)
    let changes: [() throws -> Void] = [
      { chmod(file, 0o640) }, { utimes(file, nil) }, { link(file, "\(home.path)/other") },
      {
        let bytes = try home.bytes(file)
        try Files.remove(file)
        try home.put(bytes, as: "\(id).json")
      },
    ]
    for change in changes {
      try change()
      let next = document.session.generation + 1
      #expect(lock.save(document) == .saved(generation: next))
      document.session.generation = next
    }
    #expect(conflicts() == [])
  }

  @Test("A state that was put aside is taken back, and no operation of either side is forgotten")
  func take() throws {
    func operation(
      _ id: String, _ key: String, _ state: Wizard.Operation.State, attempt: Int = 1
    ) -> Wizard.Operation {
      Operation(id: id, kind: .createUnit, key: .init(text: key), state: state, attempt: attempt)
    }
    let lock = try lock()
    var document = try make(
      holding: lock,
      operations: [
        operation("op-0001", "s/a", .done), operation("op-0002", "s/b", .intent),
        operation("op-0003", "s/c", .failed), operation("op-0004", "s/only-here", .done),
      ])
    var theirs = document
    theirs.session.workerSlug = "theirs"
    theirs.session.operations = [
      operation("op-0001", "s/a", .intent), operation("op-0002", "s/b", .done),
      operation("op-0003", "s/c", .intent, attempt: 2), operation("op-0004", "s/other", .intent),
      operation("op-0005", "s/only-there", .intent),
    ]
    try home.put(try SessionCodec.encode(theirs), as: "\(id).json")
    guard case .saved(4, .some) = lock.save(document) else {
      Issue.record("not saved, or without a word")
      return
    }
    let aside = try #require(try store.conflicts().first)
    #expect(aside.name == "conflicts/\(id).1.json" && aside.unsettled == 4)
    let held = #expect(throws: StoreError.self) { try store.takeConflict(aside, at: now) }
    #expect(held?.heldBy != nil)
    lock.release()

    let taken = try store.takeConflict(aside, at: now)
    #expect(taken.replaced == id && taken.operationsKept == 2)
    let session = try #require(try store.read(id).found?.document.session)
    #expect(session.generation == 5 && session.workerSlug == "theirs")
    let known = session.operations.map { "\($0.id) \($0.key) \($0.state)" }
    #expect(
      known == [
        "op-0001 s/a done", "op-0002 s/b done", "op-0003 s/c intent", "op-0004 s/other intent",
        "op-0005 s/only-there intent", "op-0004-2 s/only-here done",
      ])
    #expect(conflicts() == [])
    document.session.generation = 4
    #expect(
      try SessionCodec.decode(
        home.bytes("\(home.sessions)/backups/\(id).4.json"), named: id
      ).document.session.operations == document.session.operations)
  }

  @Test("Two states that gave each other's names to their changes have every change once")
  func exchanged() throws {
    func operations(_ states: [(String, String, Wizard.Operation.State)]) -> OperationList {
      OperationList(
        states.map { Operation(id: $0.0, kind: .createUnit, key: .init(text: $0.1), state: $0.2) })
    }
    let lock = try lock()
    let document = try make(
      holding: lock,
      operations: Array(operations([("op-0003", "s/c", .done), ("op-0005", "s/e", .intent)])))
    lock.release()
    var theirs = document
    theirs.session.operations = operations([("op-0003", "s/e", .done), ("op-0005", "s/c", .intent)])
    try home.make(directory: "\(home.sessions)/conflicts")
    try home.put(try SessionCodec.encode(theirs), as: "conflicts/\(id).1.json")
    _ = try store.takeConflict(#require(try store.conflicts().first), at: now)
    let session = try #require(try store.read(id).found?.document.session)
    #expect(
      session.operations.map { "\($0.id) \($0.key) \($0.state)" } == [
        "op-0003 s/e done", "op-0003-2 s/c done",
      ])
  }

  @Test(
    "becomes a session of its own if its own is gone or is another one", arguments: [true, false])
  func takeApart(isGone: Bool) throws {
    try home.make(directory: "\(home.sessions)/conflicts")
    var session = Sample.session(id, updated: now)
    session.generation = 7
    try home.put(try Sample.bytes(session), as: "conflicts/\(id).1.json")
    if !isGone {
      var other = session
      other.lineage = "11111111-2222-4333-8444-555555555555"
      try home.put(try Sample.bytes(other), as: "\(id).json")
    }
    let aside = try #require(try store.conflicts().first)
    let taken = try store.takeConflict(aside, at: now)
    #expect(taken.replaced == nil && taken.session.id == (isGone ? id : "\(id)-2"))
    #expect(try store.read(taken.session.id).found?.document.session.lineage == session.lineage)
    if !isGone {
      #expect(try store.read(id).found?.document.session.lineage != session.lineage)
    }
    #expect(conflicts() == [])
  }

  @Test("What cannot be read is listed with the reason, is not taken, and goes when that is asked")
  func unreadable() throws {
    try home.make(directory: "\(home.sessions)/corrupt")
    try home.put(Array("{".utf8), as: "corrupt/\(id).1.json")
    try home.put(Array("x".utf8), as: "corrupt/import-latest.1.json")
    try home.put(Array("x".utf8), as: "corrupt/notes.txt")
    let files = try store.conflicts()
    #expect(files.map(\.name) == ["corrupt/\(id).1.json", "corrupt/import-latest.1.json"])
    #expect(files.first?.reason == "cannot be used: it is not JSON" && files.first?.size == 1)
    for file in files {
      #expect(throws: StoreError.self) { try store.takeConflict(file, at: now) }
    }
    #expect(try files.map(store.clearConflict) == [true, true])
    #expect(home.names(in: "corrupt") == ["notes.txt"])
    #expect(try files.map(store.clearConflict) == [false, false])
  }

  @Test("A last copy that was left elsewhere is taken back by its bytes")
  func lastCopy() throws {
    let lock = try lock()
    var document = try make(holding: lock)
    lock.release()
    document.session.workerSlug = "rescued"
    try home.make(directory: "\(home.path)/tmp")
    let path = try #require(store.saveElsewhere(document))
    let taken = try store.takeCopy(home.bytes(path), at: now)
    #expect(taken.session.generation == 4 && taken.session.workerSlug == "rescued")
    #expect(throws: StoreError.self) { try store.takeCopy(Array("{}".utf8), at: now) }
  }
}
