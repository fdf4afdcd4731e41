import Wizard

extension TextEntry {
  /// What is wrong with what has been typed so far; `nil` if it can be taken.
  func problem(in state: WizardState) -> String? {
    switch subject {
    case .installation:
      return field.text.isEmpty || field.text == "yes" ? nil : "only the word yes applies it"
    case .namespace: return Self.namespaceProblem(field.text)
    case .appSpace, .hub, .localWorker: return Self.slugProblem(field.text)
    case .session: return SessionTitle.usable(field.text) == nil ? SessionTitle.rule : nil
    case .labels(let units):
      do throws(LabelText.Problem) {
        _ = units.count == 1 ? try LabelText(field.text) : try LabelText(changes: field.text)
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

  /// The unit under the typed name; a name without a Space means the unit's own Space.
  private func unit(_ id: WorkloadKey, in state: WizardState) -> UnitPlan? {
    units(state).first { $0.id == id }?.renamed(field.text)
  }

  /// See RFC 1123 for what Kubernetes calls a label.
  private static func namespaceProblem(_ text: String) -> String? {
    let signs = "abcdefghijklmnopqrstuvwxyz0123456789-"
    let isName =
      !text.isEmpty && text.utf8.count <= 63 && text.allSatisfy(signs.contains)
      && text.first != "-" && text.last != "-"
    return isName ? nil : "up to 63 of a to z, 0 to 9 and -, and no - at either end"
  }

  private static func nameProblem(_ unit: UnitPlan) -> String? {
    if unit.hasValidName { return nil }
    return unit.space == nil
      ? slugProblem(unit.slug)
      : "SPACE/NAME, each of letters, digits, - _ and ."
  }

  static func slugProblem(_ text: String) -> String? {
    Naming.isValidSlug(text) ? nil : "letters, digits, - _ and .; at most 128"
  }
}
