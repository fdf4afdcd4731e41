import Dispatch
import ForeignText
import Hub
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
    let service = try Service(
      try hub().workerRunCommand(slug, space: space),
      loggedBy: WorkerLogger(slug: slug, started: world.clock(), isDemo: world.settings.isDemo)
        .command(world.environment))
    worker.withLock { $0 = service }
    service.whenEnded { [weak self, weak service] ending in
      guard let self, let service, worker.withLock({ $0 === service }) else { return }
      queue.post(.workerEnded(slug: slug, reason: ending.words))
    }
    // A thread of its own, which ends with the worker's logger.
    DispatchQueue(label: "worker news").async(group: workerNews) { [queue, news = service.news] in
      while let said = news.next() {
        queue.post(.workerNotLogged(reason: ForeignText(said).quote))
      }
    }
    return .done(id: id, version: version, slug: slug)
  }

  /// Ends the worker that this run keeps, if there is one; answers with true if there was.
  package func stopWorker() -> Bool {
    guard
      let service = worker.withLock({ kept in
        defer { kept = nil }
        return kept
      }), service.isRunning
    else { return false }
    service.stop(grace: 5)
    _ = workerNews.wait(timeout: .now() + 1)
    return true
  }

  /// Lets the worker of this run go on without us; its process id, if there is one.
  package func releaseWorker() -> Int32? {
    let service = worker.withLock { kept in
      defer { kept = nil }
      return kept
    }
    return service?.release()
  }
}
