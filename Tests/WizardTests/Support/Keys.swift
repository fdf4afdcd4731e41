import Wizard

/// Everything a person could do in a state, sensible or not.
enum Keys {
  static func all(_ state: WizardState) -> [Event] {
    let scanned = state.session.scan?.workloads.map(\.key) ?? []
    let unknown = WorkloadKey(kind: .job, namespace: "nowhere", name: "nothing")
    let units = (state.session.proposal?.units.map(\.id) ?? []) + [unknown]
    let workers = (state.workers ?? []).map(\.slug) + ["elsewhere"]
    var events: [Event] = [
      .begin(.automatic), .begin(.new), .begin(.resume(sessionID: nil)), .resume, .startNew,
      .deleteAndStartNew, .chooseContext("kind-atk"), .chooseContext("prod-east"),
      .chooseContext("unknown"), .setNamespaces(["payment-prod", "order-prod"], chosen: true),
      .setNamespaces(["order-prod"], chosen: false), .setNamespaces(["unknown"], chosen: true),
      .setWorkloads(WorkloadSet(scanned), chosen: true),
      .setWorkloads(WorkloadSet(Array(scanned.prefix(1))), chosen: false),
      .setWorkloads(WorkloadSet(scanned), chosen: false), .setWorkloads([unknown], chosen: true),
      .setAppSpace("payment-team"), .setAppSpace("other-team"), .setAppSpace(""),
      .replaceProposal(.stranger), .setHub("platform-team"), .closePreview, .keepWorker(true),
      .signIn, .confirm,
      .chooseWorker(.skip),
      .chooseWorker(.local(slug: "here")), .chooseWorker(.local(slug: "")),
      .chooseWorker(.server(slug: "own")), .chooseWorker(.cluster(slug: "inside")),
      .confirmInstallation("yes"), .confirmInstallation("y"), .skip, .goOn, .goBack,
      .leaveOut(units: units), .takeBack(units: scanned), .merge(units: units, into: "together"),
      .setLabels(units: units, "app=x, owner=-"), .setLabels(units: units, "x"),
      .retry, .retryFailed, .cancel, .undoImport, .importAgain,
      .workerEnded(slug: "here", reason: "exit status 1"), .tick,
    ]
    for unit in units {
      events += [
        .rename(unit: unit, slug: "renamed"), .rename(unit: unit, slug: ""),
        .merge(units: [unit], into: "payment-db"), .merge(units: [unit], into: "nowhere"),
        .split(unit: unit), .setLabels(units: [unit], "app=x"), .setLabels(units: [unit], "x"),
        .preview(unit: unit),
        .leaveOut(units: [unit]), .takeBack(units: [unit]), .resolve(unit: unit, .skip),
        .resolve(unit: unit, .update),
        .resolve(unit: unit, .rename("another")), .resolve(unit: unit, .rename("")),
        .retryOne(unit: unit),
      ]
    }
    return events + workers.map { .chooseWorker(.existing(slug: $0)) }
  }

  static let leaving: [Event] = [.leave, .stay, .leaveNow(.init(.interrupted))]
}

extension Plan {
  /// One about an object that nobody has.
  fileprivate static let stranger = Plan(
    proposal: Proposal(
      hub: "h", appSpace: "s",
      units: [
        UnitPlan(
          id: WorkloadKey(kind: .job, namespace: "x", name: "y"), slug: "y", labels: [:],
          members: [
            ObjectReference(apiVersion: "batch/v1", kind: "Job", namespace: "x", name: "y")
          ])
      ]), file: "plan.json", lines: [:])
}
