/// A change to ConfigHub, or the one to the cluster. Each brings `.changed`; one that fails may have
/// been done all the same.
public enum HubChange: Hashable, Sendable {
  case createSpace(SpacePlan)
  case createUnit(UnitPlan, space: String, operation: Operation, content: UnitContent)
  case updateUnit(UnitPlan, space: String, operation: Operation, content: UnitContent)
  /// Create the worker if it is missing and keep it running.
  case startWorker(slug: String, space: String)
  /// Make a worker known that does not run here.
  case createWorker(slug: String, space: String, isServer: Bool)
  /// Apply what was shown, and the secret with it, to the cluster.
  case installWorker(slug: String, space: String, context: String, shown: String)
  /// A target that takes releases.
  case createTarget(slug: String, worker: String, space: String)
  case setReleaseTarget(target: String, space: String)
  case publishRelease(space: String)
  /// Binds them all in one call, and only all of them make it done.
  case setTargets(units: [String], target: String, space: String)
  /// Removes them all in one call; what is left of them, only a list tells.
  case deleteUnits([String], space: String)

  /// The operations that it carries out; each was recorded as an intent before.
  public var subjects: [Operation.Subject] {
    switch self {
    case .createSpace(let space): [.init(.createSpace, .init(space: space.slug))]
    case .createUnit(let unit, let space, _, _), .updateUnit(let unit, let space, _, _):
      [.init(.createUnit, .init(space: space, name: unit.slug))]
    case .startWorker(let slug, let space), .createWorker(let slug, let space, _):
      [.init(.createWorker, .init(space: space, name: slug))]
    case .installWorker(let slug, let space, _, _):
      [.init(.installWorker, .init(space: space, name: slug))]
    case .createTarget(let slug, _, let space):
      [.init(.createTarget, .init(space: space, name: slug))]
    case .setReleaseTarget(_, let space): [.init(.setReleaseTarget, .init(space: space))]
    case .publishRelease(let space): [.init(.publishRelease, .init(space: space))]
    case .setTargets(let units, _, let space):
      units.map { .init(.setTarget, .init(space: space, name: $0)) }
    case .deleteUnits(let units, let space):
      units.map { .init(.deleteUnit, .init(space: space, name: $0)) }
    }
  }

  /// The unit that is created or updated.
  var unit: UnitPlan? {
    switch self {
    case .createUnit(let unit, _, _, _), .updateUnit(let unit, _, _, _): unit
    case .createSpace, .startWorker, .createWorker, .installWorker, .createTarget,
      .setReleaseTarget, .publishRelease, .setTargets, .deleteUnits:
      nil
    }
  }

  /// True for what makes a worker known, or runs it.
  var startsWorker: Bool {
    switch self {
    case .startWorker, .createWorker: true
    case .createSpace, .createUnit, .updateUnit, .installWorker, .createTarget,
      .setReleaseTarget, .publishRelease, .setTargets, .deleteUnits:
      false
    }
  }

  var title: String {
    switch self {
    case .createSpace(let space): "creating \(space.title)"
    case .createUnit(let unit, _, _, _): "creating unit \(unit.name)"
    case .updateUnit(let unit, _, _, _): "updating unit \(unit.name)"
    case .startWorker(let slug, _): "starting worker \(slug)"
    case .createWorker(let slug, _, _): "creating worker \(slug)"
    case .installWorker(let slug, _, let context, _): "installing worker \(slug) in \(context)"
    case .createTarget(let slug, _, _): "creating target \(slug)"
    case .setReleaseTarget(let target, _): "releasing to target \(target)"
    case .publishRelease(let space): "publishing a release of \(space)"
    case .setTargets(let units, let target, _):
      units.count == 1
        ? "binding unit \(units[0]) to target \(target)"
        : "binding \(units.count) units to target \(target)"
    case .deleteUnits(let units, let space):
      units.count == 1
        ? "removing unit \(units[0]) from \(space)"
        : "removing \(units.count) units from \(space)"
    }
  }
}
