import TerminalText

/// What a key does to a text that is typed.
enum TextEdit: Hashable, Sendable {
  case left, right, wordLeft, wordRight, start, end
  case deleteBackward, deleteForward, deleteWord, deleteToStart, deleteToEnd
}

extension Binding {
  /// The keys of a name or a filter that is typed.
  static let typing: [Binding] =
    [
      Binding([.enter], .takeText, "take", "of a name that is typed: take it"),
      Binding(
        [.escape], .dropText, "leave as it was", "of a name that is typed: leave it as it was"),
      Binding([.enter], .keepFilter, "keep the filter", "of a filter that is typed: keep it"),
      Binding(
        [.escape], .dropFilter, "show all", "of a filter that is typed: show all rows again"),
      Binding([.enter], .keepSearch, "find", "of words that are looked for: stay where they are"),
      Binding([.escape], .dropSearch, "back", "of words that are looked for: look for nothing"),
      Binding([.enter], .takeAction, "do it", "in the list of actions: do what the cursor is on"),
      Binding([.escape], .dropActions, "close", "in the list of actions: close it"),
      Binding([.up], .previousAction, nil, "in the list of actions: one up"),
      Binding([.down], .nextAction, nil, "in the list of actions: one down"),
      Binding([.enter], .takeName, "take", "in a list of names: take the one the cursor is on"),
      Binding([.escape], .dropNames, "close", "in a list of names: close it"),
      Binding([.up], .previousName, nil, "in a list of names: one up"),
      Binding([.down], .nextName, nil, "in a list of names: one down"),
      Binding(
        [.tab], .completeName, "complete",
        "in a list of names: take the name as the text, to change it"),
      Binding([.up], .upWhileFiltering, nil, "while a filter is typed: one row up"),
      Binding([.down], .downWhileFiltering, nil, "while a filter is typed: one row down"),
    ]
    + edits.map { keys, edit, help in Binding(keys, .text(edit), nil, "in a text: \(help)") }

  fileprivate static let edits: [([Key], TextEdit, String)] = [
    ([.left, .control("b")], .left, "one character left"),
    ([.right, .control("f")], .right, "one character right"),
    ([.wordLeft], .wordLeft, "one word left"),
    ([.wordRight], .wordRight, "one word right"),
    ([.home, .control("a")], .start, "to the beginning"),
    ([.end, .control("e")], .end, "to the end"),
    ([.backspace], .deleteBackward, "delete the character before"),
    ([.delete, .control("d")], .deleteForward, "delete the character under the cursor"),
    ([.control("w")], .deleteWord, "delete the word before"),
    ([.control("u")], .deleteToStart, "delete to the beginning"),
    ([.control("k")], .deleteToEnd, "delete to the end"),
  ]
}

extension [KeyHandler] {
  /// Changes the text that is typed.
  static let typing = Binding.edits.map { _, edit, _ in
    KeyHandler(.text(edit)) { press in
      press.ui.changeText { $0.apply(edit) }
      return .nothing
    }
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
