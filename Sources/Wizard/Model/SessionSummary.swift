/// What a person is told about a session, the same in the prompt, the panel and `--status`.
public struct SessionSummary: Hashable, Sendable {
  public let header: SessionHeader
  public let age: Age

  public init(_ header: SessionHeader, age: Age) {
    self.header = header
    self.age = age
  }

  public var facts: SessionFacts { header.counts.facts }

  /// The import was finished, and no unit of it is known to be gone, or may be.
  public var isWhole: Bool { header.isComplete && facts.removed + facts.removing == 0 }

  /// A finished session does not get stale.
  public var isStale: Bool { age.isStale && !header.isOver }

  /// `Worker connecting (5/7)`, `Complete` or `Undone`.
  public var step: String {
    if header.isUndone { return "Undone" }
    return header.isComplete
      ? header.position.title
      : "\(header.position.title) (\(header.position.step.number)/\(Step.seven.count))"
  }

  /// `12 detected, 2 selected, 2 imported`; what is not known yet is left out.
  public var workloads: String? {
    let counts = header.counts
    guard let detected = counts.detected else { return nil }
    var parts = ["\(detected) detected", "\(counts.selected) selected"]
    if counts.imported > 0 { parts.append("\(counts.imported) imported") }
    return parts.joined(separator: ", ")
  }

  /// An unfinished session is known by its beginning, a finished one by its end.
  public func lastSession(in zone: Zone) -> String {
    header.isOver
      ? "Last import: \(header.updatedAt.minute(in: zone)) (\(age.words))"
      : "Last session: \(header.createdAt.minute(in: zone)) (\(age.words))"
  }

  public func syncLine(in zone: Zone) -> String? {
    header.syncedAt.map { "Last upload to ConfigHub: \($0.minute(in: zone))" }
  }

  /// What it means of a finished import that the session was never uploaded; a sentence.
  public var whereKept: String? {
    guard header.isOver else { return nil }
    if facts.removing > 0 {
      return "Which of its units are there is not known; this record of them is on this machine "
        + "alone."
    }
    return header.counts.created > 0
      ? "Its units are there; only this record of them is on this machine alone."
      : "This record of it is on this machine alone."
  }

  /// What the prompt is about: what is finished is not resumed.
  public var promptTitle: String {
    header.isUndone
      ? "UNDONE IMPORT" : header.isComplete ? "FINISHED IMPORT" : "RESUME SESSION?"
  }

  public var promptHeading: String {
    if header.isUndone { return "Found an import that was taken back \(age.words):" }
    return header.isComplete
      ? "Found an import that was finished \(age.words):"
      : "Found previous session from \(age.words):"
  }

  /// The lines of the resume prompt.
  public var promptLines: [String] {
    let position = header.position
    let step =
      header.isUndone
      ? "Undone"
      : header.isComplete
        ? "Complete"
        : "\(position.title) (step \(position.step.number) of \(Step.seven.count))"
    let count =
      header.counts.detected == nil
      ? "none yet" : "\(header.counts.selected) selected, \(header.counts.imported) imported"
    return (header.name.map { ["Name: \($0)"] } ?? []) + [
      "Cluster: \(header.cluster.context.isEmpty ? "not chosen yet" : header.cluster.context)",
      "Step: \(step)", "Workloads: \(count)",
    ] + [facts.openRemovals.map { "Taking back: \($0)" }].compactMap(\.self)
  }
}
