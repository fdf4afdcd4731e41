/// Text of several lines as a literal block, where that is sure to keep it.
struct YAMLBlock {
  /// `|`, with the indentation if the reader could not tell it, and with a `-` if the text does
  /// not end with a newline.
  let header: String
  let lines: [Substring.UnicodeScalarView]

  /// `nil` for what is better quoted: a single line; what has to be escaped; lines of nothing but
  /// spaces, which editors eat; and an end of several newlines, which would grow or shrink with
  /// the document's.
  init?(_ text: String) {
    let scalars = text.unicodeScalars
    guard scalars.contains("\n"),
      scalars.allSatisfy({ $0 == "\n" || YAMLScalar.isPrintable($0) })
    else { return nil }
    var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
    let endsWithNewline = lines.last?.isEmpty == true
    if endsWithNewline { lines.removeLast() }
    guard let last = lines.last, !last.isEmpty,
      lines.allSatisfy({ $0.isEmpty || $0.contains { $0 != " " } })
    else { return nil }

    let needsIndicator = lines.first { !$0.isEmpty }?.first == " "
    header = "|" + (needsIndicator ? "2" : "") + (endsWithNewline ? "" : "-")
    self.lines = lines
  }
}
