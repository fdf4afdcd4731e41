import Files
import FoundationEssentials
import Glibc
import SessionFormat
import SessionStore
import Wizard

/// A home in which sessions are kept, and a session in it that is open.
struct OpenSession {
  let store: FileStore
  let lock: SessionLock
  var document: SessionDocument

  /// - Parameters:
  ///   - count: of its workloads, of which all are chosen.
  ///   - done: of its units, those that exist.
  init(home: String, workloads count: Int, done: Int, at position: Position) throws {
    guard let root = StateRoot(environment: ["HOME": home]) else {
      throw BenchmarkFailure("\(home) is no home")
    }
    store = FileStore(root: root, program: "benchmarks")
    let now = Timestamp(seconds: Int64(time(nil)))
    lock = try store.begin(at: now)
    var session = Session(id: lock.id, lineage: UUID().uuidString.lowercased(), createdAt: now)
    session.cluster = ClusterIdentity(context: "large", server: "https://large", uid: "uid")
    session.scope = ScanScope(context: "large", allNamespaces: true)
    let workloads = (0..<count).map(KeysBenchmark.workload)
    session.scan = ScanResult(namespaces: ["team-1-prod"], workloads: workloads, scannedAt: now)
    session.select(at: [0..<count], and: [])
    let places = Array(0..<count)
    let keys = WorkloadSet(of: session.scan?.workloads ?? [], at: places)
    session.undo = [.workloads(added: keys, removed: [])]
    if position.step > .review { session.proposal = Naming.propose(for: workloads) }
    session.operations = OperationList(
      (session.proposal?.units ?? []).prefix(done).enumerated().map {
        Operation(number: $0, unit: $1)
      })
    session.position = position
    session.stepsCompleted = Step.seven.filter { $0 < position.step }
    document = SessionDocument(session: session)
  }

  /// Changes the session and saves it.
  mutating func save(_ change: (inout Session) -> Void) throws {
    change(&document.session)
    document.session.updatedAt = Timestamp(seconds: Int64(time(nil)))
    switch lock.save(document) {
    case .saved(let generation, _): document.session.generation = generation
    case .failed(let failure): throw failure
    }
  }
}

extension Wizard.Operation {
  init(number: Int, unit: UnitPlan) {
    self.init(
      id: "op-\(number)", kind: .createUnit, key: "team/\(unit.slug)",
      source: unit.members.prefix(2).map { Source(object: $0, uid: "uid-\(number)") },
      digest: String(repeating: "0", count: 64), state: .done, result: .created,
      remoteID: "id-\(number)", remoteVersion: 1)
  }
}
