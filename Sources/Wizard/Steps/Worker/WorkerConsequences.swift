extension WizardState {
  /// What is written, started and published once that worker is chosen, for a person who has not
  /// chosen yet; sentences. Empty before it is known which cub is there.
  public func consequences(of choice: WorkerChoice) -> String {
    guard case .signedIn? = signIn else { return "" }
    if let refusal = choice.mode.flatMap(deliversNothing) { return refusal }
    switch choice {
    case .skip: return "Writes nothing: no worker, no target and no release."
    case .existing(let slug): return "Takes worker \(slug)\(deliveryThroughExisting)"
    case .local(let slug):
      return "Creates worker \(slug) and runs it here\(binding)" + whatIsApplied(.local)
    case .cluster(let slug):
      return "Creates worker \(slug) and shows what would be applied to "
        + "\(session.cluster.context), after you type yes\(binding)" + whatIsApplied(.cluster)
    case .server(let slug):
      let isThere = workers?.contains { $0.slug == slug } == true
      return "\(isThere ? "Takes" : "Creates") worker \(slug)" + release(isThere: isThere)
    }
  }

  private var deliveryThroughExisting: String {
    if hubDeliversReleasesOnly { return release(isThere: true) }
    if hubAppliesUnits { return binding + whatIsApplied(.existing) }
    return
      "\(binding); if that takes releases, publishes one of \(releasedPlaces): whoever pulls it "
      + "applies it."
  }

  private var binding: String { ", then \(bindingWords) to the target it has" }

  private var bindingWords: String {
    let count = session.createdCount
    return "binds \(count) unit\(count == 1 ? "" : "s")"
  }

  private func whatIsApplied(_ mode: WorkerMode) -> String {
    hardlyDelivers(mode) == nil
      ? ". Nothing is applied by that." : ". With \(cubName) it delivers nothing."
  }

  /// - Parameter isThere: whether the worker is, which may have a target.
  private func release(isThere: Bool) -> String {
    let target = isThere ? "its target, or a new one if it has none" : "a target"
    let isOne = releasedSpaces.count == 1
    return " with \(target), which \(releasedPlaces) then release\(isOne ? "s" : "") to, "
      + "\(bindingWords) and publishes a release\(isOne ? "" : " of each"): whoever pulls it applies "
      + "it.\(keptTargets)"
  }

  private var releasedPlaces: String {
    let spaces = releasedSpaces
    return spaces.count == 1 ? spaces[0] : "\(spaces.count) Spaces"
  }

  /// A release target that was there before this session is never replaced unasked.
  private var keptTargets: String {
    let wereThere = releasedSpaces.contains { operation(.ofSpace($0))?.result != .created }
    let mayHaveOne =
      wereThere && (hubDeliversReleasesOnly || session.proposal?.layout == .component)
    return mayHaveOne ? " A release target that is there already stays." : ""
  }
}
