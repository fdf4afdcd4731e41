/// What is shown beside a list about the row that the cursor rests on, as far as it has to be read.
///
/// A front asks for it by itself, and never for each move of the cursor; so nothing waits for it, and
/// it takes no answer away.
public struct Glance: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    /// As the cluster has it, cleaned of what the cluster put in.
    case object(ObjectReference)
    /// As it would be written.
    case unit(UnitPlan)
    /// As it would be written, against what ConfigHub has under its name.
    case difference(UnitPlan)
  }

  public enum Content: Hashable, Sendable {
    case reading
    case object(yaml: String)
    case unit(UnitPreview)
    /// Why not; a sentence.
    case failed(String)
  }

  public let subject: Subject
  public internal(set) var content: Content

  public init(_ subject: Subject, _ content: Content) {
    self.subject = subject
    self.content = content
  }
}

extension WizardState {
  /// Whether this has to be asked for: it is not what was read last, or nobody reads it any more. Not
  /// while the cluster is read as a whole, nor before a person has said whose session it is.
  public func lacks(_ subject: Glance.Subject) -> Bool {
    guard stage == .working, !isLeaving, !isChecking, !isScanning else { return false }
    guard let glance, glance.subject == subject else { return true }
    return glance.content == .reading && !running.values.contains { $0.work.isGlance }
  }

  private var isScanning: Bool {
    running.values.contains { if case .cluster(.scan) = $0.work { true } else { false } }
  }
}

extension Work {
  /// It is only read to be shown beside a list.
  public var isGlance: Bool {
    switch self {
    case .cluster(.glance), .read(.glance): true
    case .session, .cluster, .read, .change, .sync, .pause, .cancel: false
    }
  }
}

extension Reducer {
  /// Only the latest one is of interest.
  mutating func glance(at subject: Glance.Subject) {
    guard state.lacks(subject) else { return }
    abandon(where: \.isGlance)
    // Nothing is started for it that a person was not shown.
    guard state.isPluginSeen else {
      state.glance = Glance(subject, .failed("The cluster was not asked for anything yet."))
      return
    }
    state.glance = Glance(subject, .reading)
    let context = state.session.cluster.context
    switch subject {
    case .object: begin(.glance(at: subject, context: context))
    case .unit(let unit): begin(.glance(at: .unit(state.session.reading(unit)), context: context))
    case .difference(let unit):
      begin(
        .glance(
          at: state.session.reading(unit), space: state.session.proposal?.space(of: unit) ?? "",
          context: context))
    }
  }

  /// What is given up brings nothing any more, so it is of what was asked for last.
  mutating func glanced(_ outcome: Outcome) {
    state.glance?.content =
      if case .object(let yaml) = outcome {
        .object(yaml: yaml)
      } else if case .previewed(let preview) = outcome {
        .unit(preview)
      } else if case .failed(let failure) = outcome {
        .failed(failure.message)
      } else {
        .failed("It brought an answer of another kind.")
      }
  }
}
