import TerminalText
import Wizard

// Keys that are text, or change it.

func edit(_ key: Key, _ state: WizardState, _ ui: inout ViewState) -> Intent? {
  guard var editing = ui.editing else { return nil }
  switch key {
  case .enter:
    ui.editing = nil
    return .event(editing.event)
  case .escape:
    ui.editing = nil
    return .nothing
  default:
    guard editing.field.take(key) else { return nil }
    ui.editing = editing
    return .nothing
  }
}

func filter(_ key: Key, _ sight: Sight, _ ui: inout ViewState) -> Intent? {
  switch key {
  case .enter: ui.isFiltering = false
  case .escape:
    ui.isFiltering = false
    ui.filters[sight.scope] = nil
  default:
    var field = ui.filters[sight.scope] ?? TextField("")
    guard field.take(key) else { return nil }
    ui.filters[sight.scope] = field
  }
  return .nothing
}

extension TextField {
  /// Takes a key that edits text; `false` for any other one.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace: deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .left, .control("b"): moveLeft()
    case .right, .control("f"): moveRight()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .home, .control("a"): moveToStart()
    case .end, .control("e"): moveToEnd()
    case .control("w"): deleteWord()
    case .control("u"): deleteToStart()
    case .control("k"): deleteToEnd()
    default: return false
    }
    return true
  }
}

extension ViewState.Editing {
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
