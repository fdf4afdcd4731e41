/// One line of text with a cursor, counted in characters.
struct TextField: Hashable, Sendable {
  private(set) var text: String
  private(set) var cursor: Int

  init(_ text: String) {
    self.text = text
    self.cursor = text.count
  }

  private var position: String.Index { text.index(text.startIndex, offsetBy: cursor) }

  mutating func insert(_ new: String) {
    let clean = String(new.filter { !$0.isNewline })
    text.insert(contentsOf: clean, at: position)
    // Characters may join with what is before them, so the cursor is counted anew.
    cursor = min(cursor + clean.count, text.count)
  }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    text.remove(at: text.index(before: position))
    cursor -= 1
  }

  mutating func deleteForward() {
    if cursor < text.count { text.remove(at: position) }
  }

  mutating func deleteWord() {
    let target = wordStart
    text.removeSubrange(text.index(text.startIndex, offsetBy: target)..<position)
    cursor = target
  }

  mutating func deleteToStart() {
    text.removeSubrange(text.startIndex..<position)
    cursor = 0
  }

  mutating func deleteToEnd() { text.removeSubrange(position...) }
  mutating func moveLeft() { cursor = max(0, cursor - 1) }
  mutating func moveRight() { cursor = min(text.count, cursor + 1) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = text.count }

  mutating func moveWordLeft() { cursor = wordStart }

  mutating func moveWordRight() {
    let after = Array(text.dropFirst(cursor))
    var index = 0
    while index < after.count, !after[index].isLetter, !after[index].isNumber { index += 1 }
    while index < after.count, after[index].isLetter || after[index].isNumber { index += 1 }
    cursor += index
  }

  private var wordStart: Int {
    let before = Array(text.prefix(cursor))
    var index = before.count
    while index > 0, !before[index - 1].isLetter, !before[index - 1].isNumber { index -= 1 }
    while index > 0, before[index - 1].isLetter || before[index - 1].isNumber { index -= 1 }
    return index
  }
}
