import Wizard

/// A sort of work, to name effects by in tests.
enum WorkKind: String, CaseIterable, Sendable {
  case load, open, save, listSessions, findEarlierUnits, restoreSession, nameSession
  case listContexts, listNamespaces, scan, readObject, identify, glance
  case readSignIn, signIn, recheck, listSpaces, listUnits, readUnits, createSpace
  case prepareUnit, createUnit, updateUnit
  case listWorkers, startWorker, createWorker, exportWorker, installWorker
  case deleteUnits
  case listTargets, createTarget, setTargets, setReleaseTarget, publishRelease
  case preview, compare, verify
  case poll, saveRetry, autosave, leaving
  case beginSync, endSync, reconcile, takeOver, listArrivals, listTeam, readTeamLog, fetch
  case cancel

  /// What changes ConfigHub, written down here once more so that a mistake in the code under test
  /// is not shared by its tests.
  var isChange: Bool {
    switch self {
    case .createSpace, .createUnit, .updateUnit, .startWorker, .createWorker, .installWorker,
      .createTarget, .setTargets, .setReleaseTarget, .publishRelease, .deleteUnits:
      true
    default: false
    }
  }
}

extension Work {
  var sort: WorkKind {
    switch self {
    case .session(.load): .load
    case .session(.open): .open
    case .session(.list): .listSessions
    case .session(.findEarlierUnits): .findEarlierUnits
    case .session(.restore): .restoreSession
    case .session(.name): .nameSession
    case .session(.save): .save
    case .cluster(.listContexts): .listContexts
    case .cluster(.listNamespaces): .listNamespaces
    case .cluster(.scan): .scan
    case .cluster(.readObject): .readObject
    case .cluster(.identify): .identify
    case .read(.readSignIn): .readSignIn
    case .read(.signIn): .signIn
    case .read(.recheck): .recheck
    case .read(.listSpaces): .listSpaces
    case .read(.listUnits): .listUnits
    case .read(.readUnits): .readUnits
    case .change(.createSpace): .createSpace
    case .read(.prepareUnit): .prepareUnit
    case .change(.createUnit): .createUnit
    case .change(.updateUnit): .updateUnit
    case .read(.listWorkers): .listWorkers
    case .change(.startWorker): .startWorker
    case .change(.createWorker): .createWorker
    case .read(.exportWorker): .exportWorker
    case .change(.installWorker): .installWorker
    case .read(.listTargets): .listTargets
    case .change(.createTarget): .createTarget
    case .change(.setReleaseTarget): .setReleaseTarget
    case .change(.publishRelease): .publishRelease
    case .change(.setTargets): .setTargets
    case .change(.deleteUnits): .deleteUnits
    case .cluster(.preview): .preview
    case .cluster(.glance), .read(.glance): .glance
    case .read(.compare): .compare
    case .read(.verify): .verify
    case .pause(.poll): .poll
    case .pause(.saveRetry): .saveRetry
    case .pause(.autosave): .autosave
    case .pause(.leaving): .leaving
    case .sync(.begin): .beginSync
    case .sync(.end): .endSync
    case .sync(.reconcile): .reconcile
    case .sync(.takeOver): .takeOver
    case .sync(.listArrivals): .listArrivals
    case .sync(.listTeam): .listTeam
    case .sync(.readTeamLog): .readTeamLog
    case .sync(.fetch): .fetch
    case .cancel: .cancel
    }
  }

  /// The operations that a change carries out, as their kinds and keys; none for anything else.
  var changes: [(kind: Operation.Kind, key: OperationKey)] {
    guard case .change(let work) = self else { return [] }
    return switch work {
    case .setTargets(let units, _, let space): units.map { (.setTarget, "\(space)/\($0)") }
    case .deleteUnits(let units, let space): units.map { (.deleteUnit, "\(space)/\($0)") }
    case .createSpace(let space): [(.createSpace, "\(space.slug)")]
    case .createUnit(let unit, let space, _, _), .updateUnit(let unit, let space, _, _):
      [(.createUnit, "\(space)/\(unit.slug)")]
    case .startWorker(let slug, let space), .createWorker(let slug, let space, _):
      [(.createWorker, "\(space)/\(slug)")]
    case .installWorker(let slug, let space, _, _): [(.installWorker, "\(space)/\(slug)")]
    case .createTarget(let slug, _, let space): [(.createTarget, "\(space)/\(slug)")]
    case .setReleaseTarget(_, let space): [(.setReleaseTarget, "\(space)")]
    case .publishRelease(let space): [(.publishRelease, "\(space)")]
    }
  }
}
