/// What a person is told about a session, the same in the prompt, the panel and `--status`.
public struct SessionSummary: Hashable, Sendable {
  public let session: Session
  public let age: Age

  public init(_ session: Session, age: Age) {
    self.session = session
    self.age = age
  }

  public var facts: SessionFacts { SessionFacts(session) }

  /// A finished session does not get stale.
  public var isStale: Bool { age.isStale && !session.isComplete }

  /// `Worker connecting (5/7)`, or `Complete`.
  public var step: String {
    session.isComplete
      ? session.position.title
      : "\(session.position.title) (\(session.position.step.number)/\(Step.seven.count))"
  }

  /// `12 detected, 2 selected, 2 imported`; what is not known yet is left out.
  public var workloads: String? {
    guard let scan = session.scan else { return nil }
    var parts = ["\(scan.detected) detected"]
    if session.stepsCompleted.contains(.review) {
      parts.append("\(session.selectedCount) selected")
    }
    if session.importedCount > 0 { parts.append("\(session.importedCount) imported") }
    return parts.joined(separator: ", ")
  }

  /// An unfinished session is known by its beginning, a finished one by its end.
  public var lastSession: String {
    session.isComplete
      ? "Last import: \(session.updatedAt.minute) (\(age.words))"
      : "Last session: \(session.createdAt.minute) (\(age.words))"
  }

  public var syncLine: String? { session.syncedAt.map { "Last upload to ConfigHub: \($0.minute)" } }

  /// What the prompt is about: what is finished is not resumed.
  public var promptTitle: String { session.isComplete ? "FINISHED IMPORT" : "RESUME SESSION?" }

  public var promptHeading: String {
    session.isComplete
      ? "Found an import that was finished \(age.words):"
      : "Found previous session from \(age.words):"
  }

  /// The lines of the resume prompt.
  public var promptLines: [String] {
    let position = session.position
    let step =
      session.isComplete
      ? "Complete"
      : "\(position.title) (step \(position.step.number) of \(Step.seven.count))"
    let count =
      session.stepsCompleted.contains(.review)
      ? "\(session.selectedCount) selected, \(session.importedCount) imported"
      : session.scan.map { "\($0.detected) detected" } ?? "none yet"
    return [
      "Cluster: \(session.cluster.context.isEmpty ? "not chosen yet" : session.cluster.context)",
      "Step: \(step)", "Workloads: \(count)",
    ]
  }
}
