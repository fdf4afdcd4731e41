import Files
import FoundationEssentials
import Glibc
import SessionFormat
import SessionStore
import Subprocess
import Wizard

/// `map-import --status` against `cat` on the session file.
struct StatusBenchmark {
  private let scratch: Scratch
  private let file: String
  private let program: String

  init() throws {
    scratch = try Scratch()
    guard let root = StateRoot(environment: ["HOME": scratch.path]) else {
      throw CocoaError(.fileNoSuchFile)
    }
    let store = FileStore(root: root, program: "benchmarks")
    let now = Timestamp(seconds: Int64(time(nil)))
    let lock = try store.begin(at: now)
    _ = lock.save(
      SessionDocument(session: SaveBenchmark.ordinary(id: lock.id, at: now)))
    file = "\(scratch.path)/.confighub/sessions/\(lock.id).json"
    program = try builtProgram("map-import")
  }

  func compare() throws -> Comparison {
    let environment = ["HOME": scratch.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let status = try median(of: 40) {
      let completion = try run(Command(program, ["--status"], environment: environment))
      guard completion.succeeded else { throw CocoaError(.fileReadUnknown) }
    }
    let cat = try median(of: 40) {
      _ = try run(Command("/bin/cat", [file], environment: environment))
    }
    return Comparison(
      name: "--status", figure: status, baseline: "cat of the session file",
      baselineFigure: cat, limit: .baselines(2, plus: 10))
  }
}
