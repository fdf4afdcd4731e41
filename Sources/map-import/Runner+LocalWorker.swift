import Dispatch
import ForeignText
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
    let service = try Service(
      try hub().workerRunCommand(slug, space: space),
      loggedBy: WorkerLogger(slug: slug, started: world.clock(), isDemo: world.options.isDemo)
        .command(world.environment))
    worker.withLock { $0 = service }
    watch(service, slug)
    return .done(id: id, version: version, slug: slug)
  }

  private func watch(_ service: Service, _ slug: String) {
    work.asyncAfter(deadline: .now() + .milliseconds(500)) { [weak self] in
      guard let self, worker.withLock({ $0 === service }) else { return }
      let news = service.loggerNews()
      if !news.isEmpty { queue.post(.workerNotLogged(reason: ForeignText(news).quote)) }
      guard let ending = service.ending else { return watch(service, slug) }
      queue.post(.workerEnded(slug: slug, reason: ending.words))
    }
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
    tell(service)
    return true
  }

  /// Lets the worker of this run go on without us; its process id, if there is one.
  func releaseWorker() -> Int32? {
    let service = worker.withLock { kept in
      defer { kept = nil }
      return kept
    }
    if let service { tell(service) }
    return service?.release()
  }

  /// What the logger still had to say when nobody looks at the screen any more.
  private func tell(_ service: Service) {
    let news = service.loggerNews()
    if !news.isEmpty { MapImport.complain(ForeignText(news).quote) }
  }
}
