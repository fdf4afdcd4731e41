import Wizard

extension ViewState.Editing {
  /// What is wrong with what is typed so far; `nil` if it can be taken.
  func problem(in state: WizardState) -> String? {
    switch subject {
    case .installation:
      return field.text.isEmpty || field.text == "yes" ? nil : "only the word yes applies it"
    case .appSpace, .hub, .localWorker: return Self.slugProblem(field.text)
    case .merge(let id):
      let units = state.session.proposal?.units ?? []
      return units.contains { $0.slug == field.text && $0.id != id }
        ? nil : "type the name of another unit"
    case .move:
      if let problem = Self.slugProblem(field.text) { return problem }
      let isThere = state.session.proposal?.units.contains { $0.slug == field.text } == true
      return isThere ? nil : "a new unit of this name"
    case .labels:
      do throws(LabelText.Problem) {
        _ = try LabelText(field.text)
        return nil
      } catch {
        return error.sentence
      }
    case .unit(let id), .conflict(let id):
      if let problem = Self.slugProblem(field.text) { return problem }
      let other = state.session.proposal?.units.first {
        $0.id != id && $0.slug.lowercased() == field.text.lowercased()
      }
      return other.map { "unit \($0.slug) has this name already" }
    }
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
