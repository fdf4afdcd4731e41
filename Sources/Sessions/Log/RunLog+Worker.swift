import Glibc
import Wizard

extension RunLog {
  /// Opens a new file for the output of a local worker, beside the logs of the runs:
  /// `worker-SLUG-YYYY-MM-DD-HHMMSS.log`. The caller owns the descriptor. Throws if it cannot be
  /// made.
  public static func openWorkerLog(
    _ slug: String, in root: StateRoot, at now: Timestamp
  ) throws(StoreError) -> Int32 {
    do {
      let logs = try root.open("logs", .writing)
      let file = try logs.open(
        "worker-\(slug)-\(now.stamp).log", O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
      let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { throw CallError("fcntl", file.path, errno) }
      return descriptor
    } catch {
      throw StoreError("Worker \(slug) has no log", error)
    }
  }
}
