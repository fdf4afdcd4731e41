import Subprocess
import Wizard

extension HubClient {
  /// The names of the spaces that whoever is signed in may see.
  public func spaces(cancellation: Cancellation? = nil) throws(HubFailure) -> [String] {
    try list(.space, Call(["space", "list"], "list the spaces"), cancellation).map(\.slug)
  }

  /// Makes a space; one that is there already is left alone.
  ///
  /// A Space of a component is made as one of its variants where cub has components; where it has
  /// none, labels alone say so.
  public func createSpace(
    _ space: SpacePlan, cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    var labels = space.labels
    labels["Variant"] = space.variant ?? labels["Variant"]
    var component = space.component.map { Naming.slug($0) }
    if let name = component {
      switch componentMade(name, cancellation) {
      case .done: break
      case .refused(let failure) where failure.kind == .unsupported: component = nil
      case let other: return other
      }
    }
    if component == nil { labels["Component"] = space.component }
    return change(.space, creates: true, cancellation) { () throws(HubFailure) in
      var call = try Call(
        ["space", "create"], "create space \(space.slug)", slugs: [space.slug], labels: labels)
      if let component {
        call.add("--component=\(component)")
        // They say what the labels say, which a cub without these flags goes by.
        call.optionalFlags = ["Variant", "Environment", "Region"].compactMap { label in
          labels[label].map { "--\(label.lowercased())=\($0)" }
        }
      }
      return call
    }
  }

  /// Once in a run, however many Spaces are variants of it; again if it was not made.
  private func componentMade(_ slug: String, _ cancellation: Cancellation?) -> ChangeOutcome {
    let making = components.withLock { made in
      if let making = made[slug] { return making }
      let making = Deferred { [self] in createComponent(slug, cancellation) }
      made[slug] = making
      return making
    }
    let outcome = making.value
    switch outcome {
    case .done: break
    case .refused(let failure) where failure.kind == .unsupported: break
    case .refused, .exists, .unclear, .signInNeeded:
      components.withLock { if $0[slug] === making { $0[slug] = nil } }
    }
    return outcome
  }

  /// One that is there already is left as it is.
  private func createComponent(_ slug: String, _ cancellation: Cancellation?) -> ChangeOutcome {
    change(.component, creates: false, cancellation) { () throws(HubFailure) in
      var call = try Call(["component", "create"], "create component \(slug)", slugs: [slug])
      call.add("--allow-exists")
      return call
    }
  }
}
