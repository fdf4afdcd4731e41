import Wizard

extension ViewState.Editing {
  /// What is wrong with what is typed so far; `nil` if it can be taken.
  func problem(in state: WizardState) -> String? {
    switch subject {
    case .installation:
      return field.text.isEmpty || field.text == "yes" ? nil : "only the word yes applies it"
    case .appSpace, .hub, .localWorker: return Self.slugProblem(field.text)
    case .merge(let id):
      guard let typed = unit(id, in: state) else { return nil }
      return units(state).contains { $0.name == typed.name && $0.id != id }
        ? nil : "type the name of another unit"
    case .move(_, let id):
      guard let typed = unit(id, in: state) else { return nil }
      if let problem = Self.nameProblem(typed) { return problem }
      return units(state).contains { $0.isNamed(typed.name) } ? nil : "a new unit of this name"
    case .labels:
      do throws(LabelText.Problem) {
        _ = try LabelText(field.text)
        return nil
      } catch {
        return error.sentence
      }
    case .unit(let id), .conflict(let id):
      guard let typed = unit(id, in: state) else { return nil }
      if let problem = Self.nameProblem(typed) { return problem }
      let other = state.session.proposal?.unit(named: typed.name, besides: id)
      return other.map { "unit \($0.name) has this name already" }
    }
  }

  private func units(_ state: WizardState) -> [UnitPlan] { state.session.proposal?.units ?? [] }

  /// The unit under the name that is typed, which without a Space is one in the Space of the unit.
  private func unit(_ id: WorkloadKey, in state: WizardState) -> UnitPlan? {
    units(state).first { $0.id == id }?.renamed(field.text)
  }

  private static func nameProblem(_ unit: UnitPlan) -> String? {
    if unit.hasValidName { return nil }
    return unit.space == nil
      ? slugProblem(unit.slug)
      : "SPACE/NAME, each of letters, digits, - _ and ."
  }

  /// Takes the App Space before or after the one that is typed, in the order of their names.
  mutating func takeSpace(_ action: Action, of spaces: [String]) {
    let place =
      action == .up
      ? spaces.lastIndex { $0 < field.text } ?? spaces.count - 1
      : spaces.firstIndex { $0 > field.text } ?? 0
    field = TextField(spaces[place])
  }

  static func slugProblem(_ text: String) -> String? {
    Naming.isValidSlug(text) ? nil : "letters, digits, - _ and .; at most 128"
  }
}
