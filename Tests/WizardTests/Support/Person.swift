@testable import Wizard

/// Somebody who wants to get to the end and has no optionalFlags of their own.
enum Person {
  /// The next key; `nil` where there is nothing to do but to wait.
  static func nextEvent(_ state: WizardState) -> Event? {
    switch state.stage {
    case .starting, .left: return nil
    case .prompt: return .resume
    case .working: break
    }
    if state.problem != nil { return .retry }
    if state.step >= .connect, case .signedOut = state.signIn { return .signIn }
    switch (state.step, state.phase) {
    case (.scan, .choosing): return scope(state)
    case (.review, _):
      return state.choosable.contains { state.isSelected($0.key) }
        ? .goOn : .setWorkloads(WorkloadSet(state.choosable.map(\.key)), chosen: true)
    case (.select, _): return names(state)
    case (.connect, .confirming):
      return state.undecidedCount > 0 ? .resolveAll(.skip) : .confirm
    case (.connect, .creating): return units(state)
    case (.worker, .choosing): return worker(state)
    case (.targets, .binding), (.verify, _): return .goOn
    default: return nil
    }
  }

  private static func scope(_ state: WizardState) -> Event? {
    let scope = state.session.scope
    if scope.context.isEmpty {
      return (state.currentContext ?? state.contexts?.first?.name).map { .chooseContext($0) }
    }
    guard scope.namespaces.isEmpty, !scope.allNamespaces || state.isScopeProposed else {
      return .goOn
    }
    let names = (state.namespaces ?? []).filter { !ScanScope.systemNamespaces.contains($0) }
    return .setNamespaces(names, chosen: true)
  }

  private static func names(_ state: WizardState) -> Event {
    guard let problem = state.proposalProblems.first else { return .goOn }
    guard let unit = problem.unit else {
      return state.appSpace.isEmpty ? .setAppSpace("payment-team") : .setHub("platform-team")
    }
    return .rename(unit: unit, slug: "\(unit.namespace)-\(unit.name)-\(unit.kind?.rawValue ?? "x")")
  }

  private static func units(_ state: WizardState) -> Event? {
    if let unit = state.conflicts.keys.min() { return .resolve(unit: unit, .skip) }
    return state.isCreating ? nil : .goOn
  }

  private static func worker(_ state: WizardState) -> Event {
    let ready = state.workers?.first(where: \.isReady)
    return .chooseWorker(
      ready.map { .existing(slug: $0.slug) } ?? .local(slug: state.localWorkerSlug))
  }
}
