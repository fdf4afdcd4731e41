/// What did not go as a person may think who only reads how far a session came.
public struct SessionFacts: Hashable, Sendable {
  /// What the scan was asked to read and could not.
  public var unread = 0
  public var skipped = 0
  public var failed = 0
  /// Units whose creation has no known outcome.
  public var unclear = 0
  /// Units that were not given their target.
  public var unbound = 0
  public var notVerified = 0
  public var mismatched = 0
  /// Units whose removal has no known outcome.
  public var removing = 0
  /// Units that were removed again, and those that are left or may be.
  public var removed = 0
  public var left = 0
  /// Why the newest change that failed did, with what it was to be; `nil` if none failed.
  public var lastFailure: String?

  public init() {}

  public init(_ session: Session) {
    let removed = Set(session.operations.filter(\.isRemoval).map(\.key))
    self.init(
      session,
      operations: session.operations.rows.reduce(into: SessionFacts()) {
        $0.add(SessionFacts(of: $1, without: removed))
      })
    self.removed = removed.count
  }

  /// What the operations of one row tell, but for those on what was removed.
  public init(of row: [Operation], without removed: Set<OperationKey> = []) {
    for place in row.indices {
      if !removed.isEmpty, removed.contains(row[place].key) { continue }
      if row[place].state == .failed, let reason = row[place].reason {
        lastFailure = "\(row[place].kind.rawValue) \(row[place].key.text): \(reason)"
      }
      switch (row[place].kind, row[place].state) {
      case (.createUnit, .done): left += 1
      case (.createUnit, .skipped): skipped += 1
      case (.createUnit, .failed): failed += 1
      case (.createUnit, .intent): unclear += 1
      case (.setTarget, .failed): unbound += 1
      case (.deleteUnit, .intent): removing += 1
      default: break
      }
    }
  }

  /// - Parameter operations: what these tell, counted before.
  public init(_ session: Session, operations: SessionFacts) {
    self = operations
    unread = session.scan?.leftOut.count(where: \.isGap) ?? 0
    notVerified = session.report?.checks.count { $0.verdict == .notVerified } ?? 0
    mismatched = session.report?.checks.count { $0.verdict == .mismatch } ?? 0
  }

  public mutating func add(_ other: SessionFacts) {
    skipped += other.skipped
    failed += other.failed
    unclear += other.unclear
    unbound += other.unbound
    removing += other.removing
    left += other.left
    lastFailure = other.lastFailure ?? lastFailure
  }

  /// What became of an import that was taken back; `nil` if it was not.
  public var undone: String? {
    removed > 0
      ? Self.line(
        "Undone", [(removed, "of the units removed again"), (max(0, left - removing), "left")])
      : nil
  }

  private static func line(_ title: String, _ counts: [(Int, String)]) -> String? {
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? nil : "\(title): \(parts.joined(separator: ", "))"
  }

  /// What is not known of the removal of units; `nil` if that was not cut off.
  public var openRemovals: String? {
    removing > 0
      ? "\(removing) \(removing == 1 ? "removal" : "removals") with an unknown outcome" : nil
  }

  /// One for each matter; none where all went well.
  public var sentences: [String] {
    [
      Self.line("Partial scan", [(unread, "not read")]), undone,
      openRemovals.map { "Taking back: \($0)" },
      Self.line(
        "Units",
        [
          (skipped, "skipped"), (failed, "failed"), (unclear, "with an unknown outcome"),
          (unbound, "without a target"),
        ]),
      // What undo took away is not there to be checked.
      removed > 0
        ? nil
        : Self.line("Checks", [(mismatched, "not as intended"), (notVerified, "not verified")]),
    ].compactMap { $0 }
  }
}

extension Session {
  /// `worker`, `targets`, or `targets after 2 releases`.
  public var stepsLeftOut: [String] {
    let released = operations.count { $0.kind == .publishRelease && $0.state == .done }
    return stepsSkipped.map { step in
      step == .targets && released > 0
        ? "targets after \(released) release\(released == 1 ? "" : "s")" : step.rawValue
    }
  }
}

extension Operation {
  /// It has removed a unit.
  public var isRemoval: Bool { kind == .deleteUnit && state == .done }
}
