import CMalloc
import Cluster
import FoundationEssentials
import Glibc
import Synchronization
import Wizard

/// The scan alone, in a process of its own, so that its memory is its own.
enum ScanChild {
  static let argument = "--scan-alone"

  /// Prints how many workloads were found, the moment of the first, and the bytes that it keeps.
  static func run(kubectl: String, kubeconfig: String) {
    malloc_keep_little()
    let before = resident("RssAnon:")
    let client = ClusterClient(kubectl: kubectl, kubeconfig: kubeconfig, environment: nil)
    let first = Mutex<Double?>(nil)
    do {
      let outcome = try client.scan(
        ScanScope(context: "generated", allNamespaces: true), at: Timestamp(seconds: 0)
      ) { _ in
      } found: { _ in
        first.withLock { if $0 == nil { $0 = monotonicSeconds() } }
      }
      let peak = resident("VmHWM:")
      malloc_give_back()
      let kept = resident("RssAnon:") - before
      let gaps = outcome.result.leftOut.count(where: \.isGap)
      let owned = outcome.result.workloads.count { $0.owner.tool == .flux }
      let members = outcome.result.workloads.reduce(0) { $0 + $1.belongings.count }
      print(
        outcome.result.workloads.count, first.withLock { $0 } ?? 0, kept, peak, gaps, owned, members
      )
    } catch {
      print("the scan failed: \(error.message)")
      exit(1)
    }
  }

  private static func resident(_ field: String) -> Int {
    memory(field, of: "self")
  }

  /// A figure of proc_pid_status(5) in bytes; 0 where there is none any more.
  static func memory(_ field: String, of process: String) -> Int {
    guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(process)/status")) else {
      return 0
    }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix(field) }
    return
      (line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first
      .flatMap { Int($0) } ?? 0) * 1024
  }
}
