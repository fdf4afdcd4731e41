/// Something in the proposal that ConfigHub would not take.
public struct ProposalProblem: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    case appSpace, hub
    case unit(WorkloadKey)
  }

  public var subject: Subject
  public var sentence: String

  /// The unit it is about; `nil` for the App Space or hub.
  public var unit: WorkloadKey? {
    switch subject {
    case .unit(let id): id
    case .appSpace, .hub: nil
    }
  }
}

extension WizardState {
  /// Bad names and collisions, found before anything is written.
  public var proposalProblems: [ProposalProblem] {
    guard let proposal = session.proposal else { return [] }
    var problems: [ProposalProblem] = []
    func addIfBad(_ name: String, _ what: String, _ subject: ProposalProblem.Subject) {
      if Naming.isValidSlug(name) { return }
      problems.append(.init(subject: subject, sentence: "\(what) \"\(name)\": \(Naming.slugRule)."))
    }
    addIfBad(proposal.appSpace, "App Space", .appSpace)
    addIfBad(proposal.hub, "Hub", .hub)
    var seen: Set<String> = []
    for unit in proposal.units {
      if !unit.hasValidName {
        problems.append(
          .init(
            subject: .unit(unit.id), sentence: "Unit \"\(unit.name)\": \(Naming.slugRule)."))
      } else if !seen.insert(UnitPlan.folded(unit.name)).inserted {
        problems.append(
          .init(
            subject: .unit(unit.id), sentence: "Two units are named \(unit.name); rename one."))
      }
    }
    return problems
  }
}
