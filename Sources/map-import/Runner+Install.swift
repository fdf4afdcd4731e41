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

/// The YAML documents that put a worker into a cluster.
struct WorkerManifest {
  let documents: [String]

  init(_ text: String) {
    documents = text.split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0.hasPrefix("---") }
      .map { lines in
        lines.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
      }
      .filter { !$0.isEmpty }
  }

  /// True if every document of the other is here, and nothing else but Secrets.
  func addsOnlySecrets(to other: WorkerManifest) -> Bool {
    let more = documents.filter { !other.documents.contains($0) }
    return other.documents.allSatisfy(documents.contains)
      && more.allSatisfy { document in
        document.split(separator: "\n").contains { $0 == "kind: Secret" }
      }
  }
}
