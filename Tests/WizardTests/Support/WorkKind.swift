import Wizard

/// A sort of work, to name effects by in tests.
enum WorkKind: String, CaseIterable, Sendable {
  case load, open, save, listSessions, restoreSession
  case listContexts, listNamespaces, scan, readObject
  case readSignIn, signIn, recheck, listSpaces, listUnits, createSpace
  case prepareUnit, createUnit, updateUnit
  case listWorkers, startWorker, createWorker, exportWorker, installWorker
  case listTargets, createTarget, setTargets, setReleaseTarget, publishRelease
  case preview, compare, verify
  case poll, saveRetry, autosave, leaving
  case cancel

  /// What changes ConfigHub, written down here once more so that a mistake in the code under test
  /// is not shared by its tests.
  var isChange: Bool {
    switch self {
    case .createSpace, .createUnit, .updateUnit, .startWorker, .createWorker, .installWorker,
      .createTarget, .setTargets, .setReleaseTarget, .publishRelease:
      true
    default: false
    }
  }
}

extension Work {
  var sort: WorkKind {
    switch self {
    case .load: .load
    case .open: .open
    case .listSessions: .listSessions
    case .restoreSession: .restoreSession
    case .save: .save
    case .listContexts: .listContexts
    case .listNamespaces: .listNamespaces
    case .scan: .scan
    case .readObject: .readObject
    case .readSignIn: .readSignIn
    case .signIn: .signIn
    case .recheck: .recheck
    case .listSpaces: .listSpaces
    case .listUnits: .listUnits
    case .createSpace: .createSpace
    case .prepareUnit: .prepareUnit
    case .createUnit: .createUnit
    case .updateUnit: .updateUnit
    case .listWorkers: .listWorkers
    case .startWorker: .startWorker
    case .createWorker: .createWorker
    case .exportWorker: .exportWorker
    case .installWorker: .installWorker
    case .listTargets: .listTargets
    case .createTarget: .createTarget
    case .setReleaseTarget: .setReleaseTarget
    case .publishRelease: .publishRelease
    case .setTargets: .setTargets
    case .preview: .preview
    case .compare: .compare
    case .verify: .verify
    case .pause(.poll): .poll
    case .pause(.saveRetry): .saveRetry
    case .pause(.autosave): .autosave
    case .pause(.leaving): .leaving
    case .cancel: .cancel
    }
  }

  /// The operations that a change carries out, as their kinds and keys; none for anything else.
  var changes: [(kind: Operation.Kind, key: String)] {
    if case .setTargets(let units, _, let space) = self {
      return units.map { (.setTarget, "\(space)/\($0)") }
    }
    return change.map { [$0] } ?? []
  }

  /// The same of one that carries out one operation.
  private var change: (kind: Operation.Kind, key: String)? {
    switch self {
    case .createSpace(let space): (.createSpace, space.slug)
    case .createUnit(let unit, let space, _, _), .updateUnit(let unit, let space, _, _):
      (.createUnit, "\(space)/\(unit.slug)")
    case .startWorker(let slug, let space), .createWorker(let slug, let space, _):
      (.createWorker, "\(space)/\(slug)")
    case .installWorker(let slug, let space, _, _): (.installWorker, "\(space)/\(slug)")
    case .createTarget(let slug, _, let space): (.createTarget, "\(space)/\(slug)")
    case .setReleaseTarget(_, let space): (.setReleaseTarget, space)
    case .publishRelease(let space): (.publishRelease, space)
    default: nil
    }
  }
}
