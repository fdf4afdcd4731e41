/// Whether a unit is still exactly what a session made of it.
struct RemovalRule {
  let session: String
  /// The creation of the unit.
  let operation: Operation

  /// What becomes of the unit; it is `nil` where the Space does not have it.
  func fate(of unit: ListedUnit?) -> Removal.Fate {
    guard let unit else { return .gone }
    if let problem = unit.problem { return .failed(problem) }
    return reasonToKeep(unit).map { .stays($0) } ?? .removable
  }

  private func reasonToKeep(_ unit: ListedUnit) -> String? {
    // Where the run ended before it knew, the mark tells whose it is.
    let isMade =
      operation.state == .done
      ? operation.result == .created
      : operation.result == nil && unit.mark == operation.mark(of: session)
    guard isMade else {
      return operation.result == .updated && operation.state == .done
        ? "it was there before this session, which replaced what it held"
        : "it was there before this session"
    }
    if let id = operation.remoteID, let now = unit.id, id != now {
      return "it is another unit of this name"
    }
    guard let mark = unit.mark else { return "it has no mark of this session" }
    guard mark.session == session else {
      return "it carries the mark of session \(mark.session)"
        + (isCopy(of: mark) ? ", of which this one is a copy: undo that one" : "")
    }
    // This session made it, and its content was never written.
    if operation.state != .done, unit.isEmpty { return nil }
    // Its content alone tells: ConfigHub moves the version of a unit by itself.
    guard let digest = operation.digest, unit.digest == digest else {
      return "its content was changed since, or cannot be read"
    }
    return nil
  }

  /// A session that is imported where its id is taken gets another, of the same time; its operations
  /// stay as they were.
  private func isCopy(of mark: ListedUnit.Mark) -> Bool {
    let time = "import-YYYY-MM-DD-HHMMSS".count
    return mark.operation == operation.id && mark.session.prefix(time) == session.prefix(time)
  }
}
