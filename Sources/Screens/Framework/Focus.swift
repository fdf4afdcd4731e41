import Wizard

/// Where keys go: to the screen, or to the layer that lies over it.
package enum Focus: Hashable, Sendable {
  case screen(ScreenID)
  case layer(LayerID)

  static let allCases: [Focus] =
    ScreenID.allCases.map(Focus.screen) + LayerID.allCases.map(Focus.layer)

  package init(_ state: WizardState, _ ui: ViewState) {
    switch ui.layers.last(where: { $0.id != nil })?.id {
    case .actions? where !state.isAskedToLeave: self = .layer(.actions)
    case .search? where ui.isHelpShown || !state.isAskedToLeave: self = .layer(.search)
    default: self = Focus(underSearch: state, ui)
    }
  }

  /// What is looked through: it has the keys again when the words are typed.
  init(underSearch state: WizardState, _ ui: ViewState) {
    self = ui.isHelpShown ? .layer(.help) : Focus(underHelp: state, ui)
  }

  /// What the help is about: what is shown when it is closed.
  init(underHelp state: WizardState, _ ui: ViewState) {
    let layers = ui.layers.prefix { $0.id != .help }
    if state.isAskedToLeave {
      self = .layer(.leaving)
    } else if let layer = layers.last(where: { $0.id != nil && $0.id != .search })?.id {
      self = .layer(layer)
    } else {
      self = .screen(ScreenID(of: state, ui))
    }
  }

  /// Where every character is text but the one for the help, which no name and no filter has.
  package var isText: Bool {
    if case .layer(let layer) = self { layer.isText } else { false }
  }

  private var keys: [KeyHandler] {
    switch self {
    case .screen(let screen): (screen.room.isView ? .everyView : .everyScreen) + screen.room.keys
    case .layer(let layer): .everywhere + layer.room.keys
    }
  }

  // MARK: Looking keys up

  private static let handlers: [Focus: [Action: KeyHandler]] = Dictionary(
    uniqueKeysWithValues: allCases.map { focus in
      (focus, Dictionary(focus.keys.map { ($0.action, $0) }) { $1 })
    })

  private static let bindings: [Focus: [Binding]] = Dictionary(
    uniqueKeysWithValues: allCases.map { focus in
      (focus, Binding.table.filter { handlers[focus]?[$0.action] != nil })
    })

  /// All keys that work here, in the order of the table.
  var bindings: [Binding] { Self.bindings[self] ?? [] }

  /// What the key line names, as far as there is room: the ways on and out, what matters most here, and
  /// the others in the order of the table.
  var hints: [(binding: Binding, label: String)] {
    let always: [Action] = [.help, .leave, .closeView, .goOn, .actions]
    let first = always.compactMap { binding(of: $0) }
    let others = bindings.filter { binding in
      !always.contains(binding.action) && !foremost.contains { $0.key == binding.action }
    }
    let between = foremost.filter { !always.contains($0.key) }.compactMap { action, label in
      binding(of: action).map { (binding: $0, label: label) }
    }
    func labelled(_ bindings: [Binding]) -> [(binding: Binding, label: String)] {
      bindings.compactMap { binding in
        let label = foremost.first { $0.key == binding.action }?.value ?? binding.label
        return label.map { (binding, $0) }
      }
    }
    return labelled(first) + between + labelled(others)
  }

  /// The same, with what is done with all that is marked before the rest where something is.
  func hints(_ ui: ViewState) -> [(binding: Binding, label: String)] {
    guard case .screen(let screen) = self, ui.marks.count(on: screen) > 0 else { return hints }
    let marked = hints.filter { $0.binding.action.isForMarked }
    let others = hints.filter { !$0.binding.action.isForMarked }
    let start = others.firstIndex { $0.binding.action == .actions }.map { $0 + 1 } ?? 0
    return others[..<start] + marked + others[start...]
  }

  private var foremost: KeyValuePairs<Action, String> {
    switch self {
    case .screen(let screen): screen.room.foremost
    case .layer: [:]
    }
  }

  func handler(of action: Action) -> KeyHandler? { Self.handlers[self]?[action] }

  func binding(of action: Action) -> Binding? { bindings.first { $0.action == action } }
}
