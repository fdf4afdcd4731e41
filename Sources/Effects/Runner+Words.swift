import Cluster
import Hub
import TerminalText
import Wizard

extension Failure {
  init(_ failure: ClusterFailure) {
    let kind: Kind =
      switch failure.kind {
      case .signInNeeded: .signInNeeded
      case .cancelled: .cancelled
      case .timedOut: .timedOut
      case .anotherCluster: .anotherCluster
      default: .other
      }
    self.init(kind, failure.message)
  }

  init(_ failure: HubFailure) {
    let kind: Kind =
      switch failure.kind {
      case .signInNeeded: .signInNeeded
      case .cancelled: .cancelled
      case .timedOut: .timedOut
      default: .other
      }
    self.init(kind, failure.message)
  }
}

extension Change {
  init(_ outcome: ChangeOutcome) {
    self =
      switch outcome {
      case .done(let entity): .done(id: entity.id, version: entity.version, slug: entity.slug)
      case .refused(let failure): .refused(failure.message)
      case .exists(let reason): .exists(reason)
      case .unclear(let reason): .unclear(reason)
      case .signInNeeded(let reason): .signInNeeded(reason)
      }
  }
}

extension Outcome {
  /// For the log: what came of it, without the content.
  var summary: String {
    switch self {
    case .contexts(let contexts, _): plural(contexts.count, "context")
    case .namespaces(let names): plural(names.count, "namespace")
    case .scanned(let result, _):
      plural(result.detected, "workload")
        + (result.isPartial ? ", partial: \(result.leftOut.filter(\.isGap).map(\.what))" : "")
    case .identified(let identity): "cluster \(identity?.uid ?? "not readable")"
    case .object(let yaml): "\(yaml.utf8.count) bytes"
    case .signIn(.signedIn(let identity)): "signed in as \(identity.user ?? "unknown")"
    case .signIn(.signedOut(let reason)): "signed out: \(reason)"
    case .signInEnded(let succeeded): succeeded ? "signed in" : "not signed in"
    case .resumeChecked(let recheck):
      "cluster \(recheck.cluster?.uid ?? "not readable"), "
        + "\(recheck.units.map { plural($0.count, "unit") } ?? "units not readable")"
    case .spaces(let slugs): "\(slugs.count)"
    case .units(let units): units.map { plural($0.count, "unit") } ?? "it does not exist"
    case .prepared(let content, let existing):
      "\(plural(content.sources.count, "object")), sha256:\(content.digest), "
        + (existing.map { $0.isSame ? "exists, same content" : "exists, other content" } ?? "new")
    case .changed(.done(let id, let version, _)):
      "done, id \(id ?? "unknown"), version \(version.map(String.init) ?? "unknown")"
    case .changed(let change): "not done or unclear: \(change.reason)"
    case .workers(let workers): workers.map { "\($0.slug) \($0.condition)" }.joined(separator: ", ")
    case .exported(let manifest): "\(manifest.utf8.count) bytes of manifests"
    case .targets(let targets): targets.map(\.slug).joined(separator: ", ")
    case .previewed(let preview): plural(preview.written.count, "line")
    case .verified(let report): report.isVerified ? "all verified" : "not all verified"
    case .failed(let failure): "failed: \(failure.message)"
    case .sessionRestored(let sentence): sentence
    case .earlierUnits(let units): plural(units.count, "unit")
    case .syncBegun(let sync): "as \(sync.unit) in \(sync.space)"
    case .teamLog(let text): text.map { "\($0.utf8.count) bytes" } ?? "none"
    case .team(let sessions): "\(sessions.count)"
    case .arrivals(let arrivals): "\(arrivals.count)"
    case .arrivalFetched(let id): "as \(id)"
    case .reconciled(let result): result.news ?? "as it was here"
    case .loaded, .sessions, .opened, .saved, .paused: "done"
    }
  }
}
