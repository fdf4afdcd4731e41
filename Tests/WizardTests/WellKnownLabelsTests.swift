import Testing

@testable import Wizard

@Suite("The labels that ConfigHub knows")
struct WellKnownLabelsTests {
  private func workload(
    _ name: String, _ namespace: String = "payment-prod", _ labels: [String: String] = [:]
  ) -> Workload {
    Workload(
      key: WorkloadKey(kind: .deployment, namespace: namespace, name: name), apiVersion: "apps/v1",
      owner: .native, labels: labels)
  }

  private func labels(_ workload: Workload) -> [String: String] {
    Naming.propose(for: [workload]).units[0].hubLabels
  }

  @Test("Component, variant and environment are those of the proposal, beside its own")
  func derived() {
    #expect(
      labels(workload("api", "payment-prod", ["app": "payment-api"])) == [
        "app": "payment-api", "owner": "Native", "variant": "prod", "Component": "payment-api",
        "Variant": "prod", "Environment": "prod",
      ])
    // Nothing says which environment it is.
    #expect(
      labels(workload("api", "payments")) == [
        "app": "api", "owner": "Native", "Component": "api",
      ])
  }

  @Test("Region, layer and owner are the workload's own, never empty and never against the rules")
  func place() {
    let own = labels(
      workload(
        "api", "payments",
        ["topology.kubernetes.io/region": "eu-1", "tier": "backend", "team": "payments"]))
    #expect(own["Region"] == "eu-1" && own["Layer"] == "backend" && own["Owner"] == "payments")
    let first = labels(workload("api", "payments", ["layer": "web", "tier": "x", "owner": "o"]))
    #expect(first["Layer"] == "web" && first["Owner"] == "o")
    let empty = labels(workload("api", "payments", ["region": "", "tier": "-", "team": "é"]))
    #expect(empty["Region"] == nil && empty["Layer"] == nil && empty["Owner"] == nil)
    #expect(empty.values.allSatisfy { !$0.isEmpty })
  }

  @Test("What a person says of them stays")
  func person() {
    var unit = Naming.propose(for: [workload("api")]).units[0]
    unit.labels["Component"] = "checkout"
    unit.labels["variant"] = "blue"
    #expect(unit.hubLabels["Component"] == "checkout")
    #expect(unit.hubLabels["Variant"] == "blue" && unit.hubLabels["Environment"] == "blue")
  }

  @Test("A Space has the ones on which all its units agree, and its hub")
  func space() {
    var proposal = Naming.propose(for: [workload("api"), workload("web")])
    proposal.hub = "platform"
    #expect(
      proposal.spaces[0].labels == ["Hub": "platform", "Variant": "prod", "Environment": "prod"])
    proposal = Naming.propose(for: [workload("api"), workload("web", "payment-dev")])
    #expect(proposal.spaces[0].labels == ["Hub": "platform-team"])
    #expect(Proposal(hub: "h", appSpace: "s", units: []).spaces[0].labels == ["Hub": "h"])
  }
}
