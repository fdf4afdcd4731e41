import SessionFormat
import SessionStore
import Wizard

/// What SaveDriver finds, and what it is to do.
struct StartingState: Sendable {
  enum Kind: String, CaseIterable {
    case nothing = "the first save ever"
    case saved = "a later save"
    case pointerElsewhere = "a save that moves the pointer"
    case backupsFull = "a save that prunes the backups"
    /// The pointer moves and a backup is pruned.
    case everything = "a save with all there is to do"
  }

  /// To be copied for every run.
  let home: Home
  /// `nil` begins a new session.
  let session: String?
  /// The session's generation before the run.
  let generation: Int
  let saves: Int

  /// The id of the session that the run is about.
  var id: String { session ?? "import-\(Self.now.stamp)" }

  static let now = Timestamp(seconds: 1_767_969_022)

  init(_ kind: Kind) throws {
    home = try Home()
    try home.create()
    switch kind {
    case .nothing: (generation, saves) = (0, 2)
    case .saved: (generation, saves) = (3, 2)
    case .pointerElsewhere: (generation, saves) = (1, 1)
    case .backupsFull: (generation, saves) = (11, 2)
    case .everything: (generation, saves) = (11, 1)
    }
    session = generation == 0 ? nil : try home.save(times: generation)
    if kind == .pointerElsewhere || kind == .everything { _ = try home.save(times: 1) }
  }
}

extension Home {
  /// Saves a new session so many times; answers with its id.
  fileprivate func save(times count: Int) throws -> String {
    let store = try store()
    let lock = try store.begin(at: StartingState.now)
    var document = SessionDocument(session: .sample(lock.id))
    for _ in 0..<count {
      document.session.generation = try lock.saved(document)
      document.session.scanned(after: document.session.generation - 1)
    }
    lock.release()
    return lock.id
  }
}

extension Session {
  /// As SaveDriver does: every second save has a part of its own, and the one after it names that.
  mutating func scanAnew() {
    if generation % 2 == 0 { scanned(after: generation) }
  }

  /// The scan that was saved after that generation.
  mutating func scanned(after generation: Int) {
    let name = "scanned after \(generation / 2 * 2)"
    let key = WorkloadKey(kind: .deployment, namespace: "a", name: name)
    scan = ScanResult(
      namespaces: ["a"], workloads: [Workload(key: key, apiVersion: "apps/v1")])
  }

  static func sample(_ id: String) -> Session {
    Session(
      id: id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: StartingState.now)
  }
}

extension SessionLock {
  /// Saves with the content that says which generation it came from; answers with the new one.
  func saved(_ document: SessionDocument) throws -> Int {
    var document = document
    document.session.workerStatus = "saved after \(document.session.generation)"
    document.session.scanAnew()
    switch save(document) {
    case .saved(let generation, nil): return generation
    case .saved(_, let warning?): throw Trouble(warning)
    case .failed(let failure): throw Trouble(failure.sentence)
    }
  }
}
