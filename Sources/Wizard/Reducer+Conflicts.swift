extension WizardState.Conflict {
  /// What stands on its row.
  public var words: String {
    existing.markedBy == nil
      ? "exists with other content" : "ours, with other content; perhaps a trigger changed it"
  }
}

/// Units of names that ConfigHub has with other content.
extension Turn {
  mutating func conflict(_ unit: UnitPlan, _ conflict: WizardState.Conflict) {
    state.conflicts[unit.id] = conflict
    switch state.answers.onConflict {
    case .skip: resolve(unit.id, .skip)
    case .update: resolve(unit.id, .update)
    case .rename: resolve(unit.id, .rename(freeSlug(like: unit.slug)))
    case .ask: break
    }
  }

  /// Nothing goes on before conflicts are settled.
  var isForPersonToDecide: Bool { unitsUnderWay == 0 && !state.conflicts.isEmpty }

  mutating func refuseUndecided() {
    refuse(
      "\(state.conflicts.count == 1 ? "A unit waits" : "\(state.conflicts.count) units wait") for a "
        + "decision: on its row K leaves ConfigHub's as it is, U replaces it, e gives another name."
    )
  }

  private func freeSlug(like slug: String) -> String {
    let taken = Set(state.session.proposal?.units.map { $0.slug.lowercased() } ?? [])
    let free = (2...).lazy.map { "\(slug)-\($0)" }.first { !taken.contains($0.lowercased()) }
    return free ?? slug
  }

  mutating func resolve(_ id: WorkloadKey, _ resolution: Resolution) {
    guard let conflict = state.conflicts[id],
      let index = state.session.proposal?.units.firstIndex(where: { $0.id == id }),
      let unit = state.session.proposal?.units[index]
    else { return refuse("There is no conflict to settle here.") }
    state.firstOpenUnit = 0
    switch resolution {
    case .skip:
      let operation =
        state.operation(for: unit)?.id
        ?? record(.createUnit, key: "\(state.appSpace)/\(unit.slug)")
      update(operation) {
        $0.state = .skipped
        $0.reason =
          conflict.existing.markedBy == nil
          ? "ConfigHub has a unit of this name with other content; it was left as it is."
          : "It has our mark and other content; a trigger of the organisation may have changed it. It "
            + "was left as it is."
      }
      save()
    case .update:
      intend(unit, conflict.content, as: .updated) {
        .updateUnit(unit, space: $0, operation: $1, content: conflict.content)
      }
    case .rename(let slug):
      let taken = state.session.proposal?.units.contains { $0.id != id && $0.slug == slug } == true
      guard Naming.isValidSlug(slug) else {
        return refuse("\"\(slug)\" cannot be used: \(Naming.slugRule).")
      }
      guard !taken, slug != unit.slug else {
        return refuse("\"\(slug)\" is the name of a unit already; choose another one.")
      }
      // What was begun under the old name, if anything, is somebody else's unit.
      if let operation = state.operation(for: unit) {
        update(operation.id) {
          $0.state = .skipped
          $0.reason = "Renamed to \(slug): ConfigHub has another unit of this name."
        }
      }
      state.session.proposal?.units[index].slug = slug
      save()
    }
    state.conflicts[id] = nil
    advanceUnits()
  }
}
