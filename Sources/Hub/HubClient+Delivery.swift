import ForeignText
import Subprocess
import Wizard

/// Delivery by releases, which only a newer cub knows, and a worker inside the cluster.
extension HubClient {
  /// The manifests of a worker, as YAML documents; data as cub wrote them: with the
  /// secret for kubectl alone, and without it a `ForeignText` for a person.
  public func workerManifest(
    _ slug: String, space: String, withSecret: Bool, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> [UInt8] {
    var call = try Call(
      ["worker", "install"], "export the manifests of worker \(slug) in space \(space)",
      space: space, slugs: [slug])
    call.wantsJSON = false
    call.add("--export")
    if withSecret { call.add("--include-secret") }
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) { throw failure }
    let text = completion.outputText
    guard !CubText.isHelp(text), !CubText.isMarkup(text),
      text.unredacted.split(separator: "\n").contains(where: { $0.hasPrefix("kind: ") })
    else { throw unexpectedAnswer(completion, call) }
    return completion.output
  }

  /// A target that Argo CD or Flux pull releases from; one that is there already is left alone.
  ///
  /// Today it is a name, and the worker's user is let in; before 0.7 it had a provider and a worker.
  public func createReleaseTarget(
    _ slug: String, worker: String, space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    if cubVersion(cancellation).deliversReleasesOnly {
      return createBareTarget(slug, worker: worker, space: space, cancellation)
    }
    return explained("targets for releases") {
      change(.target, creates: true, cancellation) { () throws(HubFailure) in
        var call = try Call(
          ["target", "create"], "create target \(slug) in space \(space)", space: space,
          slugs: [slug, worker])
        call.operands = [slug, "{}", worker]
        call.add("--provider=OCI", "--toolchain=Any")
        call.optionalFlags = ["--allow-exists"]
        return call
      }
    }
  }

  private func createBareTarget(
    _ slug: String, worker: String, space: String, _ cancellation: Cancellation?
  ) -> ChangeOutcome {
    let user: String?
    do {
      user = try workers(space: space, cancellation: cancellation)
        .first { $0.slug == worker }?.userID
    } catch {
      // Nothing was changed yet.
      return error.kind == .signInNeeded ? .signInNeeded(error.message) : .refused(error)
    }
    let permissions = user.map { ["--permission=View:\($0)", "--permission=ViewChildren:\($0)"] }
    let created = change(.target, creates: true, cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["target", "create"], "create target \(slug) in space \(space)", space: space,
        slugs: [slug])
      call.add(["--allow-exists"] + (permissions ?? []))
      return call
    }
    guard case .done(let target) = created, let user, let permissions else { return created }
    // One that was there already is printed as it is, and given no permissions.
    if let pullers = target.pullers, pullers.contains(user) { return created }
    return change(.target, creates: false, cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["target", "update"], "let worker \(worker) pull from target \(slug) in space \(space)",
        space: space, slugs: [slug])
      call.add(["--patch"] + permissions)
      return call
    }
  }

  /// Makes a space release to one of its targets, or to `SPACE/SLUG`; doing it again changes nothing.
  public func setReleaseTarget(
    _ target: String, space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    explained("release targets") {
      change(.space, creates: false, cancellation) { () throws(HubFailure) in
        var call = try Call(
          ["space", "update"], "make space \(space) release to target \(target)",
          slugs: [space] + Self.slugs(ofTarget: target))
        call.operands = [space]
        let named = target.contains("/") ? target : "\(space)/\(target)"
        call.add("--patch", "--release-target=\(named)")
        return call
      }
    }
  }

  /// Publishes what the space holds now; doing it again publishes the same.
  public func publishRelease(
    of space: String, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    explained("releases") {
      do throws(HubFailure) {
        var call = try Call(
          ["release", "publish"], "publish a release of \(space)", slugs: [space])
        call.wantsJSON = false
        let completion = try send(call, cancellation)
        if let failure = failure(of: completion, call) {
          if CubErrorClassifier.saysReleased(ForeignText(failure.reason)) {
            return .done(RemoteEntity())
          }
          return outcome(of: failure, completion, creates: false)
        }
        let text = completion.outputText
        let isAnswer =
          !text.unredacted.allSatisfy(\.isWhitespace) && !CubText.isHelp(text)
          && !CubText.isMarkup(text)
        guard isAnswer else {
          let failure = unexpectedAnswer(completion, call)
          return failure.kind == .unsupported ? .refused(failure) : .unclear(failure.message)
        }
        return .done(RemoteEntity())
      } catch {
        return .refused(error)
      }
    }
  }

  /// Where this cub has no such thing, says so in our words, and what to do instead.
  func explained(_ what: String, _ body: () -> ChangeOutcome) -> ChangeOutcome {
    let outcome = body()
    guard case .refused(var failure) = outcome, failure.kind == .unsupported,
      !deliversReleasesOnly()
    else { return outcome }
    failure.message =
      "This cub has no \(what): it is of an older generation (\(failure.reason)). Take a worker "
      + "that runs here or in the cluster, or a newer cub."
    return .refused(failure)
  }
}
