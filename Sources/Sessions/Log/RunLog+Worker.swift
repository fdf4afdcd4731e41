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

  /// The end of the newest file that a worker of this name wrote to, and the file's name; `nil` if
  /// there is none.
  public static func workerLog(
    _ slug: String, in root: StateRoot, limit: Int = 1024 * 1024
  ) throws(StoreError) -> (name: String, bytes: [UInt8])? {
    let (start, end) = ("worker-\(slug)-", ".log")
    do {
      let logs = try root.open("logs", .readOnly)
      let names = try logs.names().filter {
        $0.hasPrefix(start) && $0.hasSuffix(end)
          && SessionName.isStamp($0.dropFirst(start.count).dropLast(end.count))
      }
      guard let name = names.max() else { return nil }
      let file = try logs.open(name, O_RDONLY)
      let status = try file.status()
      guard status.kind == .regular, status.owner == geteuid() else { return nil }
      try file.seek(to: max(0, status.size - limit))
      return (name, try Array(file.read(limit: limit).prefix(limit)))
    } catch let error as CallError where [ENOENT, ELOOP, ENXIO].contains(error.code) {
      return nil
    } catch {
      throw StoreError("The log of worker \(slug) cannot be read", error)
    }
  }
}
