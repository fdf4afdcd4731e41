import Files
import FoundationEssentials
import Glibc
import SessionFormat
import SessionStore
import Wizard

/// A save of an ordinary session against a bare write, fsync, rename, fsync of the same bytes.
struct SaveBenchmark {
  private let scratch: Scratch
  private let store: FileStore
  private let lock: SessionLock
  private let session: Session

  init() throws {
    scratch = try Scratch()
    guard let root = StateRoot(environment: ["HOME": scratch.path]) else {
      throw CocoaError(.fileNoSuchFile)
    }
    store = FileStore(root: root, program: "benchmarks")
    let now = Timestamp(seconds: Int64(time(nil)))
    lock = try store.begin(at: now)
    session = Self.ordinary(id: lock.id, at: now)
  }

  func compare() throws -> Comparison {
    var document = SessionDocument(session: session)
    let save = try median(of: 200) {
      switch lock.save(document) {
      case .saved(let generation, _): document.session.generation = generation
      case .failed(let failure): throw failure
      }
    }
    let file = "\(scratch.path)/.confighub/sessions/\(lock.id).json"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let bare = median(of: 200) { writeBare(bytes) }
    return Comparison(
      name: "save, \(bytes.count / 1024) KiB", figure: save,
      baseline: "write fsync rename fsync", baselineFigure: bare, limit: .ratio(3))
  }

  private func writeBare(_ bytes: [UInt8]) {
    let file = open("\(scratch.path)/bare.tmp", O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    _ = fsync(file)
    _ = close(file)
    _ = rename("\(scratch.path)/bare.tmp", "\(scratch.path)/bare")
    let directory = open(scratch.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    _ = fsync(directory)
    _ = close(directory)
  }

  /// Twelve workloads, twelve units, twelve operations: the size of the demo.
  static func ordinary(id: String, at now: Timestamp) -> Session {
    var session = Session(id: id, lineage: UUID().uuidString, createdAt: now)
    let workloads = (0..<12).map { number in
      Workload(
        key: WorkloadKey(kind: .deployment, namespace: "payment-prod", name: "app-\(number)"),
        apiVersion: "apps/v1",
        belongings: [
          ObjectReference(
            apiVersion: "v1", kind: "Service", namespace: "payment-prod", name: "app-\(number)")
        ])
    }
    session.scan = ScanResult(namespaces: ["payment-prod"], workloads: workloads, scannedAt: now)
    session.selected = workloads.map { .init(key: $0.key, owner: "Native") }
    session.proposal = Naming.propose(for: workloads)
    for number in 0..<12 {
      session.operations.append(
        Operation(
          id: "op-\(number)", kind: .createUnit, key: "payment-team/app-\(number)",
          digest: String(repeating: "0", count: 64), state: .done, result: .created))
    }
    return session
  }
}
