/// The Spaces that the units go to, which have to be there before them.
extension Reducer {
  /// True once all of them are there; else makes those that are not, as many at once as was asked for.
  mutating func makeSpaces(_ proposal: Proposal) -> Bool {
    while true {
      let open = openSpaces(of: proposal)
      if open.isEmpty { return true }
      var isAnyFound = false
      for space in open.compactMap(state.spaceIndex.plan) {
        let change = HubChange.createSpace(space)
        if isUnderWay({ $0 == change }) { continue }
        guard let exists = state.exists(space.slug) else {
          begin(.listUnits(space: space.slug))
          continue
        }
        if exists {
          recordFound(.ofSpace(space.slug), as: .unchanged)
          isAnyFound = true
        } else if intend(.ofSpace(space.slug)) != nil {
          saveThen(change)
        } else {
          spaceFailed(space, state.operation(.ofSpace(space.slug))?.reasonOfGivingUp ?? "")
          return false
        }
      }
      guard isAnyFound else { return false }
      save()
    }
  }

  /// The first ones that are not known to be there.
  private mutating func openSpaces(of proposal: Proposal) -> [String] {
    var index = state.spaceIndex
    defer { state.spaceIndex = index }
    return index.open(
      from: \.firstUnmade, of: proposal, atMost: state.answers.run.parallel
    ) { state.operation(.ofSpace($0))?.state != .done }
  }

  mutating func spaceChanged(_ space: SpacePlan, _ change: HubChange, _ made: Change) {
    switch settle(change, made) {
    case .done: state.listings[space.slug] = SpaceListing(exists: true)
    // Whether it is there is settled by reading.
    case .unclear:
      state.listings[space.slug] = nil
      state.spaceIndex.rewind()
    case .failed(let reason): return spaceFailed(space, reason)
    case .signedOut: return
    }
    save()
    advanceUnits()
  }

  private mutating func spaceFailed(_ space: SpacePlan, _ reason: String) {
    giveUp(.ofSpace(space.slug), reason)
    state.isCreating = false
    save()
    fail(
      Failure(
        .other, "\(space.title) could not be created: \(reason.withoutStop).",
        ways: [.retry]))
  }
}
