/// The escaped text, or as much of its beginning as fits into `columns` together with the ellipsis.
///
/// Never wider than asked, never through a character; narrower by one where a wide one did not fit.
public func cut(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
  let text = escaped(text)
  if displayWidth(of: text) <= columns { return text }
  let ellipsis = start(of: escaped(ellipsis), columns: columns)
  return start(of: text, columns: columns - displayWidth(of: ellipsis)) + ellipsis
}

/// As `cut(_:to:ellipsis:)`, but what goes is the middle: for names that differ at their end.
public func cutMiddle(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
  let text = escaped(text)
  if displayWidth(of: text) <= columns { return text }
  let ellipsis = start(of: escaped(ellipsis), columns: columns)
  let room = columns - displayWidth(of: ellipsis)
  let head = start(of: text, columns: (room + 1) / 2)
  return head + ellipsis + end(of: text, columns: room - displayWidth(of: head))
}

/// The escaped text with spaces behind it up to `columns`; a wider text stays as it is.
public func padded(_ text: String, to columns: Int) -> String {
  let text = escaped(text)
  return text + String(repeating: " ", count: max(0, columns - displayWidth(of: text)))
}

private func start(of text: String, columns: Int) -> String {
  String(text.prefix(characters(of: text, in: columns)))
}

private func end(of text: String, columns: Int) -> String {
  String(text.suffix(characters(of: text.reversed(), in: columns)))
}

/// How many characters from the first one on fit into the columns.
private func characters(of text: some Sequence<Character>, in columns: Int) -> Int {
  var room = columns
  var count = 0
  for character in text {
    room -= displayWidth(of: character)
    if room < 0 { break }
    count += 1
  }
  return count
}
