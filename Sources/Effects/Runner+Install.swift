import ForeignText
import Hub
import Subprocess
import Wizard

extension Runner {
  /// Applies what was shown, and the Secret that cub exports with it. The secret is in memory for
  /// as long as that takes, and nowhere else.
  func installWorker(
    _ slug: String, _ space: String, _ context: String, _ shown: String,
    _ cancellation: Cancellation
  ) throws -> Change {
    let cluster = try world.cluster()
    let manifest = try hub().workerManifest(
      slug, space: space, withSecret: true, cancellation: cancellation)
    // Compared as it was shown.
    guard WorkerManifest("\(ForeignText(manifest))").addsOnlySecrets(to: WorkerManifest(shown))
    else {
      return .refused(
        "what cub exports with the secret is not what it exported without, so it was not applied.")
    }
    do {
      try cluster.apply(manifest, context: context, cancellation: cancellation)
      return .done(id: nil, version: nil, slug: slug)
    } catch {
      return error.kind == .timedOut || error.kind == .cancelled
        ? .unclear(error.message) : .refused(error.message)
    }
  }
}
