import Hub
import Subprocess
import Wizard

/// The session in ConfigHub.
extension Runner {
  func syncOutcome(
    of work: SyncWork, _ id: EffectID, _ cancellation: Cancellation
  ) throws -> Outcome {
    switch work {
    case .begin(let space): return .syncBegun(try syncer.begin(space: space))
    case .end:
      syncer.end()
      return .paused
    case .reconcile:
      return .reconciled(try syncer.reconcile(takingOver: false, cancellation))
    case .takeOver:
      return .reconciled(try syncer.reconcile(takingOver: true, cancellation))
    case .listArrivals(let space):
      return .arrivals(try syncer.arrivals(in: space, within: 1.5, cancellation))
    case .listTeam(let space):
      return .team(
        try hub().sessions(in: space, cancellation: cancellation).list(.organization)
          .map { TeamSession($0) })
    case .readTeamLog(let slug, let space):
      return .teamLog(try syncer.log(of: slug, in: space, cancellation))
    case .fetch(let arrival, let context):
      return .arrivalFetched(
        try syncer.fetch(arrival, context: context, cluster: cluster(for: id), cancellation))
    }
  }
}
