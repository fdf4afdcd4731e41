import Documents
import Subprocess
import Wizard

extension HubClient {
  /// The workers of a space. cub's answer holds their secrets; nothing but slug, id, user and
  /// condition is taken from it.
  public func workers(
    space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [Worker] {
    let call = try Call(["worker", "list"], "list the workers in space \(space)", space: space)
    return try list(.worker, call, cancellation).map { fields in
      Worker(
        slug: fields.slug, id: fields.id, condition: fields.text("Condition") ?? "unknown",
        userID: fields.id("UserID"))
    }
  }

  /// Makes a worker known to the server, or finds the one of that name.
  ///
  /// - Parameter isServer: makes it ConfigHub's own, which runs nowhere else; an older cub has no
  ///   such workers.
  public func createWorker(
    _ slug: String, space: String, isServer: Bool = false, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    explained("server workers") {
      change(.worker, creates: true, cancellation) { () throws(HubFailure) in
        var call = try Call(
          ["worker", "create"], "create worker \(slug) in space \(space)", space: space,
          slugs: [slug])
        if isServer { call.add("--is-server-worker") }
        call.optionalFlags = ["--allow-exists"]
        return call
      }
    }
  }

  /// Runs a worker in the foreground for as long as it is kept alive.
  public func workerRunCommand(_ slug: String, space: String) throws(HubFailure) -> Command {
    let call = try Call(
      ["worker", "run"], "run worker \(slug) in space \(space)", space: space, slugs: [slug])
    return command(call.path + call.flags + call.operands)
  }

  /// The targets of a space: those that workers have registered, and those that take releases.
  public func targets(
    space: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [Target] {
    let call = try Call(["target", "list"], "list the targets in space \(space)", space: space)
    var targets = try list(.target, call, cancellation).map(target)
    guard cubVersion(cancellation).deliversReleasesOnly else { return targets }
    guard let release = try releaseTarget(of: space, cancellation) else { return targets }
    if !targets.contains(where: { $0.id == release }) {
      targets.append(try target(elsewhere: release, cancellation))
    }
    for index in targets.indices { targets[index].isReleaseTarget = targets[index].id == release }
    return targets
  }

  private func target(_ fields: Entity.Fields) -> Target {
    Target(
      slug: fields.slug, id: fields.id, providerType: fields.text("ProviderType") ?? "",
      workerID: fields.id("BridgeWorkerID") ?? fields.id(of: .worker),
      kubeContext: kubeContext(in: fields), pullers: fields.pullers)
  }

  /// A space may release to a target of another one; it is named `SPACE/SLUG` then, or by its id where
  /// it may not be seen.
  private func target(
    elsewhere id: String, _ cancellation: Cancellation?
  ) throws(HubFailure) -> Target {
    var call = try Call(["target", "list"], "list the targets of all spaces")
    call.add("--space=*")
    let found = try list(.target, call, cancellation).first { $0.id == id }
    guard let found, let space = found.text("SpaceSlug") else {
      return Target(slug: id, id: id, providerType: "")
    }
    var target = target(found)
    target.slug = "\(space)/\(found.slug)"
    return target
  }

  /// The id of the target that a space releases to.
  private func releaseTarget(
    of space: String, _ cancellation: Cancellation?
  ) throws(HubFailure) -> String? {
    let call = try Call(["space", "get"], "read space \(space)", slugs: [space])
    return try entity(.space, space, call, cancellation)?.id("ReleaseTargetID")
  }

  /// `Parameters` is JSON inside a string.
  private func kubeContext(in fields: Entity.Fields) -> String? {
    guard let text = fields.data("Parameters"),
      let parameters = try? JSONValue(parsing: Array(text.utf8)),
      let context = parameters["KubeContext"]?.string, !context.isEmpty
    else { return nil }
    return context
  }
}
