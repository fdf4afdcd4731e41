import TerminalText

/// What a key does to a text that is being typed.
public enum TextEdit: Hashable, Sendable {
  case left, right, wordLeft, wordRight, start, end
  case deleteBackward, deleteForward, deleteWord, deleteToStart, deleteToEnd
}

extension Scope {
  /// Where every character is text but the one for the help, which no name and no filter has.
  static let fields: Set<Scope> = [.editing, .filtering]
}

extension Binding {
  /// The keys of a name or a filter that is being typed.
  static let typing: [Binding] = [
    Binding([.enter], .take, "take", "of a name that is typed: take it", in: [.editing]),
    Binding(
      [.escape], .drop, "leave as it was", "of a name that is typed: leave it as it was",
      in: [.editing]),
    Binding(
      [.enter], .take, "keep the filter", "of a filter that is typed: keep it", in: [.filtering]),
    Binding(
      [.escape], .drop, "show all", "of a filter that is typed: show all rows again",
      in: [.filtering]),
    Binding(
      [.up], .up, nil, "while the App Space is typed: the one before that ConfigHub has",
      in: [.editing]),
    Binding(
      [.down], .down, nil, "while the App Space is typed: the next one that ConfigHub has",
      in: [.editing]),
    Binding([.up], .up, nil, "while a filter is typed: one row up", in: [.filtering]),
    Binding([.down], .down, nil, "while a filter is typed: one row down", in: [.filtering]),
    edit([.left, .control("b")], .left, "one character left"),
    edit([.right, .control("f")], .right, "one character right"),
    edit([.wordLeft], .wordLeft, "one word left"),
    edit([.wordRight], .wordRight, "one word right"),
    edit([.home, .control("a")], .start, "to the beginning"),
    edit([.end, .control("e")], .end, "to the end"),
    edit([.backspace], .deleteBackward, "delete the character before"),
    edit([.delete, .control("d")], .deleteForward, "delete the character under the cursor"),
    edit([.control("w")], .deleteWord, "delete the word before"),
    edit([.control("u")], .deleteToStart, "delete to the beginning"),
    edit([.control("k")], .deleteToEnd, "delete to the end"),
  ]

  private static func edit(_ keys: [Key], _ edit: TextEdit, _ help: String) -> Binding {
    Binding(keys, .text(edit), nil, "in a text: \(help)", in: Scope.fields)
  }
}
