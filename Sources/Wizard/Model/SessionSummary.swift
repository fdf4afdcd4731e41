/// What a person is told about a session, the same in the prompt, the panel and `--status`.
public struct SessionSummary: Hashable, Sendable {
  public let header: SessionHeader
  public let age: Age

  public init(_ header: SessionHeader, age: Age) {
    self.header = header
    self.age = age
  }

  public var facts: SessionFacts { header.counts.facts }

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
    var parts = ["\(detected) detected"]
    if header.stepsCompleted.contains(.review) { parts.append("\(counts.selected) selected") }
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
      header.stepsCompleted.contains(.review)
      ? "\(header.counts.selected) selected, \(header.counts.imported) imported"
      : header.counts.detected.map { "\($0) detected" } ?? "none yet"
    return (header.name.map { ["Name: \($0)"] } ?? []) + [
      "Cluster: \(header.cluster.context.isEmpty ? "not chosen yet" : header.cluster.context)",
      "Step: \(step)", "Workloads: \(count)",
    ]
  }
}
