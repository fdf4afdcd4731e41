/// How long each step took, and how often it was entered, as the history that is kept tells. The time
/// between a session's last save in one run and the next run does not count.
public struct StepTimes: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var step: Step
    public var seconds: Int64 = 0
    /// How often it was entered from another step.
    public var visits = 0
  }

  /// In the order of the steps; those that were never entered are left out.
  public let rows: [Row]

  public init(_ session: Session) {
    var rows: [Step: Row] = [:]
    let history = session.history
    for (number, visit) in history.enumerated() where visit.position.step != .complete {
      let next = history.indices.contains(number + 1) ? history[number + 1] : nil
      let end = next.map { $0.leftAt ?? $0.at } ?? session.updatedAt
      var row = rows[visit.position.step] ?? Row(step: visit.position.step)
      // A clock may have been set back.
      row.seconds += max(0, end.seconds(since: visit.at))
      let before = number > 0 ? history[number - 1].position.step : nil
      if visit.leftAt == nil, visit.position.step != before { row.visits += 1 }
      rows[visit.position.step] = row
    }
    self.rows = Step.seven.compactMap { rows[$0] }
  }

  /// `review  12 min, 3 times`
  public var lines: [String] {
    let width = rows.map(\.step.rawValue.count).max() ?? 0
    return rows.map { row in
      let step = row.step.rawValue
      return step + String(repeating: " ", count: width - step.count) + "  "
        + Self.words(row.seconds) + ", " + (row.visits == 1 ? "once" : "\(row.visits) times")
    }
  }

  /// `42 s`, `12 min`, `3 h 5 min`
  public static func words(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}

/// What a person has done in a session, as far as that is kept.
public struct Interactions: Hashable, Sendable {
  public var screens: Int
  /// Of steps 1 to 3, those that can be taken back.
  public var choices: Int
  /// Changes to ConfigHub and the cluster that were begun.
  public var changes: Int

  public init(_ session: Session) {
    screens = session.history.count { $0.leftAt == nil }
    choices = session.undo.count
    changes = session.operations.count
  }

  public var words: String {
    func count(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    return "\(count(screens, "screen")), \(count(choices, "choice")), "
      + "\(count(changes, "change")) to ConfigHub"
  }
}
