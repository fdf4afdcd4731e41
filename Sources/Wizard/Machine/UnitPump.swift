/// Bounded work over the units of a proposal, in their order: comparing, creating and binding them.
extension Reducer {
  /// Begins work on the open units for as long as there is room for it. Those before
  /// `firstOpenUnit` are settled or under way, and are not looked at again before something opens one.
  ///
  /// - Returns: false if an open unit has to wait for room.
  @discardableResult
  mutating func pump(
    _ units: [UnitPlan], where isOpen: (inout Reducer, UnitPlan) -> Bool,
    hasRoom: (inout Reducer) -> Bool, begin: (inout Reducer, UnitPlan) -> Void
  ) -> Bool {
    for place in state.firstOpenUnit..<max(state.firstOpenUnit, units.count) {
      let unit = units[place]
      if isOpen(&self, unit) {
        guard hasRoom(&self) else { return false }
        begin(&self, unit)
      }
      state.firstOpenUnit = place + 1
    }
    return true
  }
}
