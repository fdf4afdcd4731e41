import Wizard

/// Where keys go: to the screen, or to the layer that lies over it.
package enum Focus: Hashable, Sendable {
  case screen(ScreenID)
  case layer(LayerID)

  static let allCases: [Focus] =
    ScreenID.allCases.map(Focus.screen) + LayerID.allCases.map(Focus.layer)

  package init(_ state: WizardState, _ ui: ViewState) {
    if ui.isHelpShown {
      self = .layer(.help)
    } else {
      self = Focus(underHelp: state, ui)
    }
  }

  /// What the help is about: what is shown when it is closed.
  init(underHelp state: WizardState, _ ui: ViewState) {
    if state.isAskedToLeave {
      self = .layer(.leaving)
    } else if let layer = ui.layers.last(where: { $0.id != nil && $0.id != .help })?.id {
      self = .layer(layer)
    } else {
      self = .screen(ScreenID(of: state, ui))
    }
  }

  /// Where every character is text but the one for the help, which no name and no filter has.
  package var isText: Bool { self == .layer(.textEntry) || self == .layer(.filter) }

  private var keys: [KeyHandler] {
    switch self {
    case .screen(let screen): .everyScreen + screen.room.keys
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
    let always: [Action] = [.help, .leave, .goOn]
    let (first, others) = (
      bindings.filter { always.contains($0.action) },
      bindings.filter { binding in
        !always.contains(binding.action) && !foremost.contains { $0.key == binding.action }
      }
    )
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

  private var foremost: KeyValuePairs<Action, String> {
    switch self {
    case .screen(let screen): screen.room.foremost
    case .layer: [:]
    }
  }

  func handler(of action: Action) -> KeyHandler? { Self.handlers[self]?[action] }

  func binding(of action: Action) -> Binding? { bindings.first { $0.action == action } }
}
