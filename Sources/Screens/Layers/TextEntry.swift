import TerminalText
import Wizard

// Keys that are text, or change it.

extension ViewState {
  /// Takes a key that is text where text is typed; `false` for any other one.
  mutating func type(_ key: Key, in scope: Scope) -> Bool {
    let text: String
    switch key {
    case .character(let character): text = String(character)
    case .paste(let pasted): text = pasted
    default: return false
    }
    return changeText(in: scope) { $0.insert(text) }
  }

  /// Changes the name or the filter that is being typed; `false` where none is.
  @discardableResult
  mutating func changeText(in scope: Scope, _ change: (inout TextField) -> Void) -> Bool {
    switch scope {
    case .editing:
      guard var editing else { return false }
      change(&editing.field)
      self.editing = editing
    case .filtering:
      guard let screen else { return false }
      change(&filters[screen, default: TextField("")])
    default: return false
    }
    return true
  }

  /// Of the App Spaces that are there, the one before or after what is typed.
  mutating func offerSpace(_ action: Action, _ state: WizardState) {
    guard editing?.subject == .appSpace, let spaces = state.spaces, !spaces.isEmpty else {
      notice = "There is nothing to choose from here."
      return
    }
    editing?.takeSpace(action, of: spaces)
  }

  /// Ends the typing, with what was typed or without it.
  mutating func endTyping(_ action: Action, _ scope: Scope, _ state: WizardState) -> Intent {
    if scope == .filtering {
      isFiltering = false
      if action == .drop, let screen { filters[screen] = nil }
      return .nothing
    }
    let typed = editing
    // What would be refused is still there to be mended.
    if action == .take, let typed, typed.isCheckedFirst, typed.problem(in: state) != nil {
      return .nothing
    }
    editing = nil
    guard action == .take, let typed else { return .nothing }
    return .event(typed.event)
  }
}

extension TextField {
  mutating func apply(_ edit: TextEdit) {
    switch edit {
    case .left: moveLeft()
    case .right: moveRight()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .start: moveToStart()
    case .end: moveToEnd()
    case .deleteBackward: deleteBackward()
    case .deleteForward: deleteForward()
    case .deleteWord: deleteWord()
    case .deleteToStart: deleteToStart()
    case .deleteToEnd: deleteToEnd()
    }
  }
}

extension ViewState.Editing {
  /// False for names of step 3, which are taken as they are and told what is wrong with them, and for
  /// the word that installs, whose refusal is an answer of its own.
  var isCheckedFirst: Bool {
    switch subject {
    case .conflict, .localWorker, .merge, .move, .labels: true
    case .appSpace, .hub, .unit, .installation: false
    }
  }

  var event: Event {
    switch subject {
    case .appSpace: .setAppSpace(field.text)
    case .hub: .setHub(field.text)
    case .unit(let unit): .rename(unit: unit, slug: field.text)
    case .conflict(let unit): .resolve(unit: unit, .rename(field.text))
    case .localWorker: .chooseWorker(.local(slug: field.text))
    case .installation: .confirmInstallation(field.text)
    case .merge(let unit): .merge(unit: unit, into: field.text)
    case .move(let member, let unit): .move(member, of: unit, to: field.text)
    case .labels(let unit): .setLabels(unit: unit, field.text)
    }
  }
}
