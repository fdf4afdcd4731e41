import Files
import Glibc
import SessionFormat
import SessionStore
import Wizard

/// Saves a session again and again and says how that went, a line for each event: `BEGIN`,
/// `OPEN ID`, `ACK GENERATION CONTENT`, `WARNED SENTENCE`, `FAILED SENTENCE`.
///
/// Whatever fails is tried once more, as the wizard does.
struct Driver {
  let store: FileStore
  /// `nil` begins a new session.
  let id: String?

  /// The time of everything: new sessions get their id from it.
  static let now = Timestamp(seconds: 1_767_969_022)

  /// Answers with the exit status: 0 if every save was done in the end.
  func save(_ count: Int) -> Int32 {
    say("BEGIN")
    guard let (lock, opened) = twice(open) else { return 1 }
    say("OPEN \(opened.session.id)")
    var document = opened
    for _ in 0..<count {
      document.session.workerStatus = "saved after \(document.session.generation)"
      document.session.scanAnew()
      guard let generation = twice({ try save(document, lock) }) else { return 1 }
      document.session.generation = generation
    }
    lock.release()
    return 0
  }

  private func save(_ document: SessionDocument, _ lock: SessionLock) throws -> Int {
    switch lock.save(document) {
    case .saved(let generation, let warning):
      if let warning { say("WARNED \(warning)") }
      say("ACK \(generation) \(document.session.workerStatus ?? "")")
      return generation
    case .failed(let failure):
      throw failure
    }
  }

  private func open() throws -> (SessionLock, SessionDocument) {
    guard let id else {
      let lock = try store.begin(at: Self.now)
      return (lock, SessionDocument(session: .sample(lock.id)))
    }
    guard case .acquired(let lock) = try store.acquire(id, at: Self.now) else {
      throw Trouble.locked
    }
    let result = try store.resume(holding: lock)
    // The wizard shows a warning and goes on with a backup; here only the file itself counts.
    guard let found = result.found, result.warnings.isEmpty else {
      throw Trouble.notFound(result.warnings)
    }
    return (lock, found.document)
  }

  private enum Trouble: Error { case locked, notFound([String]) }

  private func twice<Value>(_ body: () throws -> Value) -> Value? {
    for _ in 0..<2 {
      do {
        return try body()
      } catch let error as StoreError {
        say("FAILED \(error.sentence)")
      } catch let error as SaveFailure {
        say("FAILED \(error.sentence)")
      } catch {
        say("FAILED \(error)")
      }
    }
    return nil
  }
}

extension Session {
  /// Every second save has a part of its own, and the one after it names that, too.
  mutating func scanAnew() {
    guard generation % 2 == 0 else { return }
    let key = WorkloadKey(kind: .deployment, namespace: "a", name: "scanned after \(generation)")
    scan = ScanResult(
      namespaces: ["a"], workloads: [Workload(key: key, apiVersion: "apps/v1")])
  }

  static func sample(_ id: String) -> Session {
    Session(id: id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: Driver.now)
  }
}

/// One line on stdout.
func say(_ line: String) {
  var bytes = Array("\(line)\n".utf8)
  bytes.withUnsafeMutableBytes { bytes in
    var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
    _ = writev(STDOUT_FILENO, &part, 1)
  }
}
