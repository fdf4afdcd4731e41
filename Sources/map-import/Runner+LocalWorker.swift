import Glibc
import Hub
import Sessions
import Subprocess
import Wizard

/// The worker that runs on this machine, as a child of this run.
extension Runner {
  func startWorker(
    _ slug: String, _ space: String, _ cancellation: Cancellation
  ) throws -> Change {
    let change = Change(
      try hub().createWorker(slug, space: space, cancellation: cancellation))
    guard case .done(let id, let version, _) = change else { return change }
    let log = try sessions.openWorkerLog(slug)
    defer { close(log) }
    let service = try Service(try hub().workerRunCommand(slug, space: space), logDescriptor: log)
    worker.withLock { $0 = service }
    service.whenEnded { [weak self, weak service] ending in
      guard let self, let service, worker.withLock({ $0 === service }) else { return }
      queue.post(.workerEnded(slug: slug, reason: ending.words))
    }
    return .done(id: id, version: version, slug: slug)
  }

  /// Ends the worker that this run keeps, if there is one; answers with true if there was.
  func stopWorker() -> Bool {
    guard
      let service = worker.withLock({ kept in
        defer { kept = nil }
        return kept
      }), service.isRunning
    else { return false }
    service.stop(grace: 5)
    return true
  }

  /// Lets the worker of this run go on without us; its process id, if there is one.
  func releaseWorker() -> Int32? {
    let service = worker.withLock { kept in
      defer { kept = nil }
      return kept
    }
    return service?.release()
  }
}
