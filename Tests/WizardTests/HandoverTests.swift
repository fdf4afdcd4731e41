import Testing
import Wizard

@Suite("Handing over")
struct HandoverTests {
  private func session(_ owner: Owner, _ objects: [OwnerObject] = []) -> Session {
    var session = Session(id: "import-1", lineage: "l", createdAt: Timestamp(seconds: 0))
    session.scan = ScanResult(
      namespaces: ["payment-prod"], workloads: [.sample(0, owner: owner), .sample(1)],
      ownerObjects: objects)
    session.selected = (session.scan?.workloads ?? []).map { .init(key: $0.key, owner: "") }
    session.proposal = Proposal(
      hub: "hub", appSpace: "team",
      units: Naming.propose(for: session.scan?.workloads ?? []).units)
    for unit in session.proposal?.units ?? [] {
      session.operations.append(
        Operation(
          id: "op-\(unit.slug)", kind: .createUnit, key: "team/\(unit.slug)", state: .done,
          result: .created))
    }
    return session
  }

  @Test("Nothing is handed over whose unit is not in ConfigHub")
  func notImported() {
    let owner = Owner(.argoCD, kind: "Application", name: "payment", namespace: "argocd")
    for state in [Operation.State.failed, .intent, .skipped] {
      var other = session(owner)
      for index in other.operations.indices { other.operations[index].state = state }
      #expect(other.handovers.isEmpty, "\(state)")
    }
    var undone = session(owner)
    undone.recordRemoval(of: undone.operations[0].key)
    undone.recordRemoval(of: undone.operations[1].key)
    #expect(undone.handovers.isEmpty)
  }

  private func commands(_ session: Session) -> [String] {
    session.handovers.flatMap(\.steps).compactMap(\.command)
  }

  @Test("For each owner that puts things back: its own tool's commands, and nothing for others")
  func commands() {
    let flux = session(Owner(.flux, kind: "Kustomization", name: "payment", namespace: "apps"))
    #expect(
      commands(flux) == [
        "flux suspend kustomization payment --namespace=apps",
        "flux resume kustomization payment --namespace=apps",
      ])
    #expect(flux.handovers.map(\.workloads.count) == [1])
    #expect(flux.handovers[0].steps.contains { $0.words.contains("prune: false") })
    let release = session(Owner(.flux, kind: "HelmRelease", name: "db", namespace: "apps"))
    #expect(commands(release).first == "flux suspend helmrelease db --namespace=apps")
    let argo = session(Owner(.argoCD, kind: "Application", name: "payment", namespace: "argocd"))
    #expect(
      commands(argo) == [
        "argocd app set argocd/payment --sync-policy none",
        "argocd app delete argocd/payment --cascade=false",
      ])
    #expect(session(Owner(.helm, name: "x")).handovers.isEmpty)
  }

  @Test("A name from an annotation cannot become another command")
  func hostile() {
    let argo = session(Owner(.argoCD, name: "x'; rm -rf ~ #"))
    #expect(commands(argo).first == "argocd app set 'x'\\''; rm -rf ~ #' --sync-policy none")
  }

  @Test("An Application that another one makes, and an owner that is not there, are told of")
  func objects() {
    let owner = Owner(.argoCD, kind: "Application", name: "payment", namespace: "argocd")
    let parent = OwnerObject(
      tool: .argoCD, kind: "Application", namespace: "argocd", name: "payment", standing: .found,
      parent: "argocd/root")
    #expect(session(owner, [parent]).handovers[0].steps[0].words.contains("argocd/root"))
    let gone = OwnerObject(
      tool: .argoCD, kind: "Application", namespace: "argocd", name: "payment", standing: .missing)
    #expect(session(owner, [gone]).handovers[0].steps[0].words.contains("not in this cluster"))
  }
}
