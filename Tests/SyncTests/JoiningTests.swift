import SessionFormat
import Testing
import Wizard

@testable import Sync

@Suite("Two states that both went on")
struct JoiningTests {
  private func session(_ slug: String, _ position: Position, _ operations: [Wizard.Operation] = [])
    -> Session
  {
    var session = Session(
      id: "import-2026-01-09-143022", lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b",
      createdAt: Timestamp(seconds: 0))
    session.proposal = Proposal(
      hub: "h", appSpace: "s",
      units: [
        UnitPlan(
          id: WorkloadKey(kind: .deployment, namespace: "n", name: "api"), slug: slug, labels: [:],
          members: [])
      ])
    session.position = position
    session.stepsCompleted = Array(Step.seven.prefix { $0 < position.step })
    session.operations = OperationList(operations)
    session.generation = 5
    return session
  }

  private func created(_ slug: String) -> Wizard.Operation {
    Operation(
      id: "op-0001", kind: .createUnit, key: OperationKey(space: "s", name: slug), state: .done,
      result: .created)
  }

  @Test("The step becomes the earlier one, and what was verified is verified anew")
  func step() {
    var winner = session("a", Position(.verify))
    winner.report = Report(checks: [])
    winner.join(loser: session("a", Position(.connect, .confirming)))
    #expect(winner.position == Position(.connect, .confirming))
    #expect(winner.stepsCompleted == [.scan, .review, .select] && winner.report == nil)
    var early = session("a", Position(.connect))
    early.join(loser: session("a", Position(.connect, .creating)))
    #expect(early.position == Position(.connect))
  }

  @Test("What was created under a name keeps it, so that it is not created under another one")
  func names() {
    var winner = session("renamed", Position(.connect))
    winner.join(loser: session("api", Position(.connect), [created("api")]))
    #expect(winner.proposal?.units.map(\.slug) == ["api"])
    // Both exist: both are known, and none is called otherwise.
    var both = session("renamed", Position(.connect), [created("renamed")])
    both.join(loser: session("api", Position(.connect), [created("api")]))
    #expect(both.proposal?.units.map(\.slug) == ["renamed"])
    #expect(both.unitsCreated.sorted() == ["api", "renamed"])
    #expect(Set(both.operations.map(\.id)).count == 2)
  }

  @Test("A scan that did not go up is not read again where it is")
  func scan() throws {
    let hold = Hold(epoch: 2, holder: Holder(user: "u", host: "h", copy: "other"))
    let head = SessionHead(revision: 9, dataHash: "h9", version: 1, hold: hold)
    let workload = Workload(
      key: WorkloadKey(kind: .deployment, namespace: "n", name: "api"), apiVersion: "apps/v1",
      owner: Owner(.native))
    for isSame in [true, false] {
      var local = session("a", Position(.review))
      local.scan = ScanResult(
        namespaces: ["n"], workloads: [workload], scannedAt: Timestamp(seconds: 5))
      var remote = local
      remote.scan?.workloads = []
      if !isSame { remote.scan?.scannedAt = Timestamp(seconds: 6) }
      let mark = SharedMark(lineage: local.lineage, generation: 8, digest: "r", copy: nil)
      let result = Reconciliation(
        local: local, with: .init(head: head, mark: mark, session: remote, space: "s"),
        at: Timestamp(seconds: 7), digest: ModelClient.digest)
      #expect(result.session?.scan?.workloads == (isSame ? [workload] : []))
    }
  }

  @Test("The local state is kept aside exactly where both went on, and the facts of both go up")
  func reconciled() {
    let hold = Hold(epoch: 2, holder: Holder(user: "u", host: "h", copy: "other"))
    let head = SessionHead(revision: 9, dataHash: "h9", version: 1, hold: hold)
    func digest(_ session: Session) -> String { ModelClient.digest(session) }
    var local = session("a", Position(.connect), [created("a")])
    local.logs = ["mine"]
    let remote = session("b", Position(.review))
    func reconcile(_ base: SyncState?) -> Reconciliation {
      local.sync = base
      return Reconciliation(
        local: local,
        with: .init(
          head: head,
          mark: SharedMark(lineage: remote.lineage, generation: 8, digest: "r", copy: nil),
          session: remote, space: "s"), at: Timestamp(seconds: 7), digest: digest)
    }
    let diverged = reconcile(nil)
    #expect(diverged.keepsLocalAside && !diverged.isUp)
    #expect(diverged.session?.position == Position(.review))
    #expect(diverged.session?.unitsCreated == ["a"] && diverged.session?.logs == ["mine"])
    #expect(diverged.session?.generation == 5 && diverged.session?.sync?.revision == 9)
    let followed = reconcile(
      SyncState(space: "s", unit: "u", revision: 8, dataHash: "h8", digest: digest(local)))
    #expect(followed.comparison == .takeOver && !followed.keepsLocalAside)
    // An earlier upload of this copy arrived late, over the one that was noted.
    var late = local
    late.sync = SyncState(
      space: "s", unit: "u", revision: 8, dataHash: "h8", digest: digest(local), copy: "aa")
    let again = Reconciliation(
      local: late,
      with: .init(
        head: head,
        mark: SharedMark(lineage: late.lineage, generation: 4, digest: "r", copy: "aa"),
        session: remote, space: "s"), at: Timestamp(seconds: 7), digest: digest)
    #expect(again.comparison == .upload && again.session?.sync?.digest == "r")
    let ahead = reconcile(
      SyncState(space: "s", unit: "u", revision: 9, dataHash: "h9", digest: "older"))
    #expect(ahead.comparison == .upload && ahead.session?.position == Position(.connect))
    #expect(!ahead.isUp && ahead.session?.operations == local.operations)
  }
}
