/// What is there of the units that a session made, before any of them is removed.
extension Reducer {
  mutating func lookAtCreations() {
    abandonLooking()
    state.problem = nil
    state.signIn = nil
    let isAskedFor = state.removal?.isAskedFor ?? true
    state.removal = Removal(.looking, isAskedFor: isAskedFor || state.removal?.phase == .over)
    begin(.readSignIn)
  }

  /// As many Spaces at once as was asked for.
  mutating func listCreations() {
    guard let removal = state.removal else { return }
    let creations = Dictionary(grouping: state.session.creations, by: \.space)
    let open = creations.keys.filter { removal.listings[$0] == nil }.sorted()
    for space in open.prefix(state.answers.run.parallel) {
      begin(.readUnits(creations[space, default: []].map(\.slug), space: space))
    }
    if open.isEmpty { creationsListed() }
  }

  /// - Parameter units: `nil` if the Space is not found. That proves nothing: what one may not see
  ///   reads the same.
  mutating func unitsRead(_ space: String, _ units: [String: ListedUnit]?) {
    guard let removal = state.removal else { return }
    guard let units = units ?? (state.session.madeUnits(in: space) ? nil : [:]) else {
      return unitsNotRead(
        space,
        Failure(
          .other,
          "Space \(space) is not found: it is gone, or you may not see it any more. What became of "
            + "its units cannot be told.", ways: [.retry]))
    }
    switch (removal.phase, removal.group) {
    case (.looking, _):
      state.removal?.listings[space] = units
      listCreations()
    case (.removing, let group?) where group.space == space:
      if group.ending == nil { remove(group, units) } else { removed(group, units) }
    case (.removing, _), (.asking, _), (.over, _): break
    }
  }

  mutating func unitsNotRead(_ space: String, _ failure: Failure) {
    if failure.kind == .signInNeeded {
      state.removal?.group = nil
      return lostSignIn(failure.message)
    }
    guard let removal = state.removal, removal.phase == .removing, let group = removal.group else {
      return fail(failure)
    }
    // What was begun stays an intent, which the next look settles.
    if let ending = group.ending {
      for key in group.keys {
        guard let id = state.operation(.deleteUnit, on: key)?.id else { continue }
        update(id) { $0.reason = "\(ending) \(failure.message)" }
      }
    }
    note(group.keys) { _ in .failed(group.ending ?? failure.message) }
    state.removal?.group = nil
    save()
    removeNext()
  }

  private mutating func creationsListed() {
    guard var removal = state.removal else { return }
    let session = state.session
    let begun = Set(session.operations.filter { $0.kind == .deleteUnit }.map(\.key))
    let removed = session.keysRemoved
    let refused = Set(
      session.operations.filter { $0.kind == .deleteUnit && $0.state == .failed }.map(\.key))
    let creations = session.operations.filter { $0.kind == .createUnit }
    removal.findings = creations.compactMap { operation in
      let unit = removal.listings[operation.space]?[operation.slug]
      if removed.contains(operation.key) {
        // It may have been hidden when it was taken for removed.
        guard unit?.mark == operation.mark(of: session.id) else {
          return .init(operation: operation, fate: .removed)
        }
        var made = operation
        (made.state, made.result) = (.done, operation.result ?? .created)
        let fate = RemovalRule(session: session.id, operation: made).fate(of: unit)
        return .init(operation: made, fate: fate)
      }
      // What was left as it is may be ours all the same.
      if operation.state == .skipped, unit?.mark != operation.mark(of: session.id) { return nil }
      // It was begun and never made.
      if operation.state != .done, unit == nil, !begun.contains(operation.key) { return nil }
      // Whoever may not remove it may not see it either.
      let fate =
        unit == nil && refused.contains(operation.key)
        ? .failed("Its removal was refused, and it is not shown any more: it is gone, or hidden.")
        : RemovalRule(session: session.id, operation: operation).fate(of: unit)
      return Removal.Finding(operation: operation, fate: fate)
    }
    removal.listings = [:]
    state.removal = removal
    settleRemovals()
    let isOpen = removal.findings.contains { $0.fate == .removable }
    if removal.isAskedFor {
      state.removal?.phase = isOpen ? .asking : .over
      return
    }
    if state.session.isUndone {
      state.removal?.phase = .over
      state.removal?.findings = state.session.removalsRecorded
    } else {
      state.removal = nil
      tell("An earlier run had begun to remove units; all of them are still in ConfigHub.")
      resumeStep()
    }
  }

  /// What an earlier run had begun to remove, and is gone since, was removed by it.
  private mutating func settleRemovals() {
    let unsettled = state.session.operations.filter {
      $0.kind == .deleteUnit && $0.state != .done
    }
    guard !unsettled.isEmpty, let findings = state.removal?.findings else { return }
    // One that was refused, and is gone, was removed by somebody else, or is only not shown.
    let gone = Set(findings.filter { $0.fate == .gone }.map(\.operation.key))
      .intersection(unsettled.filter { $0.state == .intent }.map(\.key))
    for operation in unsettled where operation.state == .intent && !gone.contains(operation.key) {
      giveUp(operation.subject, "It is still in ConfigHub.")
    }
    state.session.recordRemoval(of: gone)
    note(gone) { _ in .removed }
    save()
  }
}

extension Session {
  /// Whether some were there for certain, and are not known to be removed.
  fileprivate func madeUnits(in space: String) -> Bool {
    operations.contains {
      switch $0.kind {
      case .createUnit: $0.space == space && $0.state == .done
      case .deleteUnit: $0.space == space && $0.state != .done
      default: false
      }
    }
  }

  fileprivate var keysRemoved: Set<OperationKey> { Set(operations.filter(\.isRemoval).map(\.key)) }

  /// What became of its units, as it is recorded; nobody has looked.
  var removalsRecorded: [Removal.Finding] {
    let removed = keysRemoved
    return operations.filter { $0.kind == .createUnit }.compactMap { operation in
      if removed.contains(operation.key) { return .init(operation: operation, fate: .removed) }
      guard operation.state == .done, operation.result == .created else { return nil }
      return .init(operation: operation, fate: .stays("it was left when the import was taken back"))
    }
  }
}
