import Cluster
import ForeignText
import Hub
import Subprocess
import Wizard

/// Step 7: reads everything back and compares it with what was intended.
struct Verification {
  let cluster: ClusterClient
  let hub: HubClient
  /// How many units are read at once.
  var parallel = 4

  /// Throws only if it is not worth going on, as when nobody is signed in.
  func report(of session: Session) throws(HubFailure) -> Report {
    guard let proposal = session.proposal else { return Report(checks: []) }
    let home = proposal.appSpace
    let operations = Dictionary(
      session.operations.filter { $0.kind == .createUnit }.map { ($0.key, $0) }
    ) { $1 }
    let refusals = Dictionary(
      session.operations.compactMap { operation in
        operation.kind == .setTarget ? operation.reason.map { (operation.key, $0) } : nil
      }
    ) { $1 }
    // None of the answers depends on another one.
    let live = liveVersions(of: operations.values, session.cluster.context)
    let spaces = meanwhile { verification throws(HubFailure) in
      try verification.lists(of: proposal.spaceSlugs)
    }
    let worker = meanwhile { verification throws(HubFailure) in
      try verification.check(worker: session, home)
    }
    // What was begun is over before this is.
    defer { _ = (live.value, spaces.value, worker.value) }
    let (target, targetCheck) = try read(target: session.targetSlug, home)
    let targets = try ownTargets(of: session, target)
    let lists = try spaces.value.get()
    let tasks = proposal.units.map { unit in
      { @Sendable in
        Result { () throws(HubFailure) in
          let (space, key) = (proposal.space(of: unit), proposal.key(of: unit))
          return try check(
            unit, operations[key], in: lists[space] ?? .success([:]), space,
            targets[space] ?? target, whyUnbound: refusals[key], live, session)
        }
      }
    }
    var checks: [Report.Check] = []
    for check in inParallel(tasks, atMost: parallel) { checks.append(try check.get()) }
    checks.append(try worker.value.get())
    checks += targetCheck.map { [$0] } ?? []
    return Report(checks: checks)
  }

  private typealias LiveVersions = Deferred<[Operation.Source: VersionReading]>

  /// Of all that the units which were made hold.
  private func liveVersions(
    of operations: some Collection<Operation>, _ context: String
  ) -> LiveVersions {
    let sources = operations.filter { $0.state == .done }.flatMap(\.source)
    return LiveVersions { [cluster] in
      sources.isEmpty ? [:] : cluster.currentVersions(of: sources, context: context)
    }
  }

  private func meanwhile<Value: Sendable>(
    _ ask: @escaping @Sendable (Verification) throws(HubFailure) -> Value
  ) -> Deferred<Result<Value, HubFailure>> {
    Deferred { [self] in Result { () throws(HubFailure) in try ask(self) } }
  }

  private func lists(of spaces: [String]) throws(HubFailure) -> [String: HubClient.Listing] {
    let tasks = spaces.map { space in
      { @Sendable in Result { () throws(HubFailure) in try hub.listing(of: space) } }
    }
    var lists: [String: HubClient.Listing] = [:]
    for (space, list) in zip(spaces, inParallel(tasks, atMost: parallel)) {
      lists[space] = try list.get()
    }
    return lists
  }

  /// By Space what its units were bound to, where that is not the target of the App Space.
  private func ownTargets(
    of session: Session, _ target: Target?
  ) throws(HubFailure) -> [String: Target] {
    let home = session.proposal?.appSpace ?? ""
    let names = Dictionary(
      session.operations.filter { $0.kind == .setTarget && $0.space != home }.compactMap {
        operation in operation.detail.map { (operation.space, $0) }
      }
    ) { $1 }
    var targets: [String: Target] = [:]
    for (space, name) in names where name != target.map({ "\(home)/\($0.slug)" }) {
      targets[space] = try read(target: name, space).0
    }
    return targets
  }

  // MARK: Units

  private func check(
    _ unit: UnitPlan, _ operation: Wizard.Operation?, in listed: HubClient.Listing,
    _ space: String, _ target: Target?, whyUnbound: String?, _ live: LiveVersions,
    _ session: Session
  ) throws(HubFailure) -> Report.Check {
    let subject = "unit \(unit.name)"
    guard let operation, operation.state == .done else {
      let reason = operation?.reason ?? "it was never begun"
      return Report.Check(
        subject: subject, verdict: operation?.state == .skipped ? .notVerified : .mismatch,
        detail: "not created: \(reason)")
    }
    let remote: RemoteUnit?
    do {
      remote = try hub.unit(unit.slug, in: listed, of: space)
    } catch  where error.kind != .signInNeeded {
      return .init(subject: subject, verdict: .notVerified, detail: error.message)
    }
    guard let remote else {
      return .init(subject: subject, verdict: .mismatch, detail: "ConfigHub does not have it")
    }
    let findings = [
      content(of: remote, operation, space),
      target.map { binding(of: remote, to: $0, whyUnbound) },
      operation.source.isEmpty
        ? nil : compare(live.value, operation, remote, space, session),
    ].compactMap { $0 }
    return Report.Check(subject: subject, findings)
  }

  private typealias Finding = (Report.Verdict, String)

  private func content(
    of remote: RemoteUnit, _ operation: Operation, _ space: String
  ) -> Finding {
    guard let intended = operation.digest else {
      return (.notVerified, "exists; what it should hold was not recorded")
    }
    guard let found = remote.digest else { return (.notVerified, "its content cannot be read") }
    if found == intended { return (.ok, "content as intended") }
    return (
      .mismatch,
      hub.whyOtherContent(remote, space: space, operation: operation.id, digest: intended)
    )
  }

  /// - Parameter refusal: why it was not bound, as far as that was recorded.
  private func binding(
    of remote: RemoteUnit, to target: Target, _ refusal: String?
  ) -> Finding {
    guard let id = remote.targetID else {
      return (.mismatch, "has no target" + (refusal.map { ": \($0)" } ?? ""))
    }
    guard let wanted = target.id else { return (.notVerified, "target \(target.slug) has no id") }
    return id == wanted
      ? (.ok, "bound") : (.mismatch, "bound to another target")
  }

  /// A new version alone proves no change: the status counts, too. So the content decides.
  private func compare(
    _ readings: [Operation.Source: VersionReading], _ operation: Operation, _ remote: RemoteUnit,
    _ space: String, _ session: Session
  ) -> Finding {
    var changed: [String] = []
    for source in operation.source.sorted(by: { $0.object < $1.object }) {
      let object = source.object
      switch readings[source] {
      case .same: continue
      case nil:
        return (.notVerified, "\(object.kind) \(object.name) was not read")
      case .changed: changed.append("\(object.kind) \(object.name)")
      case .gone: return (.mismatch, "\(object.kind) \(object.name) is gone from the cluster")
      case .unreadable(let reason):
        return (
          .notVerified, "\(object.kind) \(object.name) cannot be read: \(reason)"
        )
      }
    }
    if changed.isEmpty { return (.ok, "unchanged in the cluster") }
    let members = operation.source.map(\.object)
    let scaled = session.scaled(members)
    let isLeftOut = session.proposal?.replicas == .autoscaler
    let content = try? cluster.content(
      of: members, withoutReplicas: isLeftOut ? scaled : nil, context: session.cluster.context,
      cancellation: nil)
    guard let content else { return (.notVerified, "the live objects cannot be read") }
    if content.digest == operation.digest { return (.ok, "unchanged in the cluster") }
    let objects = changed.joined(separator: ", ")
    // Only while ConfigHub holds what was read is it known what has changed since.
    guard remote.digest == operation.digest,
      let then = remote.content ?? (try? hub.unit(remote.slug, space: space))?.content
    else {
      return (.mismatch, "changed in the cluster since: \(objects)")
    }
    let change = ChangedLines(
      from: String(decoding: then, as: UTF8.self), to: content.yaml,
      besidesReplicasOf: members.indices.filter { scaled.contains(members[$0]) })
    let what = ForeignText(change.words)
    // How many there are is the autoscaler's, whoever has written it down.
    if change.words.isEmpty { return (.ok, "unchanged in the cluster, but for the replicas") }
    return (.mismatch, "changed in the cluster since: \(objects) (\(what))")
  }

  // MARK: Worker and target

  private func check(worker session: Session, _ space: String) throws(HubFailure) -> Report.Check {
    guard let slug = session.workerSlug, !session.stepsSkipped.contains(.worker) else {
      return .init(subject: "worker", verdict: .notVerified, detail: "left out")
    }
    let subject = "worker \(slug)"
    do {
      guard let worker = try hub.workers(space: space).first(where: { $0.slug == slug }) else {
        return .init(subject: subject, verdict: .mismatch, detail: "ConfigHub does not have it")
      }
      // One that only lets Argo CD or Flux in need not run.
      let isFine = worker.isReady || hub.deliversReleasesOnly()
      return .init(subject: subject, verdict: isFine ? .ok : .mismatch, detail: worker.condition)
    } catch  where error.kind != .signInNeeded {
      return .init(subject: subject, verdict: .notVerified, detail: error.message)
    }
  }

  private func read(
    target slug: String?, _ space: String
  ) throws(HubFailure) -> (Target?, Report.Check?) {
    guard let slug else {
      return (nil, .init(subject: "targets", verdict: .notVerified, detail: "left out"))
    }
    let subject = "target \(slug)"
    do {
      guard let target = try hub.targets(space: space).first(where: { $0.slug == slug }) else {
        return (
          nil, .init(subject: subject, verdict: .mismatch, detail: "ConfigHub does not have it")
        )
      }
      return (target, .init(subject: subject, verdict: .ok, detail: "registered"))
    } catch  where error.kind != .signInNeeded {
      return (
        nil, .init(subject: subject, verdict: .notVerified, detail: error.message)
      )
    }
  }
}

extension Report.Check {
  /// The worst verdict decides; what is fine is told only if all of it is.
  fileprivate init(subject: String, _ findings: [(Report.Verdict, String)]) {
    let worst = [Report.Verdict.mismatch, .notVerified].first { verdict in
      findings.contains { $0.0 == verdict }
    }
    let verdict = worst ?? .ok
    let details = findings.filter { $0.0 == verdict }.map(\.1)
    self.init(subject: subject, verdict: verdict, detail: details.joined(separator: ", "))
  }
}
