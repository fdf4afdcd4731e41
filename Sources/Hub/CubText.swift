import ForeignText

/// What cub writes for people, made fit to be judged and to be quoted.
enum CubText {
  /// The words of an error: without escape sequences, without the `Failed: ` in front and without
  /// the notices of deprecated flags, which are no errors. In lines still, by which secrets are told.
  static func words(of errorText: ForeignText) -> ForeignText {
    let lines = withoutEscapes(errorText.unredacted)
      .split(whereSeparator: \.isNewline)
      .map(trimmedEnd)
      .filter { !$0.isEmpty && !isDeprecationNotice($0) }
    var words = lines.joined(separator: "\n")
    for prefix in ["Failed: ", "Error: "] where words.hasPrefix(prefix) {
      words.removeFirst(prefix.count)
    }
    return ForeignText(words)
  }

  /// What cub warns of beside a success, as that it is newer than its server.
  static func warning(in errorText: ForeignText) -> String? {
    let lines = withoutEscapes("\(errorText)").split(whereSeparator: \.isNewline).map(trimmed)
    return lines.first { $0.hasPrefix("Warning: ") }
      .map { ForeignText(String($0.dropFirst("Warning: ".count))).quote }
  }

  /// True for what cobra prints instead of running a command it does not have: the help of the
  /// group, on standard output, with exit code 0. Headings stand at the start of a line, where
  /// YAML and JSON never have them.
  static func isHelp(_ output: ForeignText) -> Bool {
    // An answer may be large, and hardly ever has the word in it.
    let parts = output.unredacted.utf8.split(separator: UInt8(ascii: "U"))
    guard parts.contains(where: { $0.starts(with: "sage:".utf8) }) else { return false }
    let lines = withoutEscapes(output.unredacted).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard let usage = lines.firstIndex(where: { trimmedEnd($0) == "Usage:" }),
      usage + 1 < lines.endIndex, lines[usage + 1].hasPrefix("  cub")
    else { return false }
    return lines[usage...].contains { line in
      ["Available Commands:", "Flags:", "Global Flags:"].contains(trimmedEnd(line))
        || line.hasPrefix("Use \"cub ")
    }
  }

  /// True for a web page, as a proxy answers in the place of a server; no manifest begins so.
  static func isMarkup(_ output: ForeignText) -> Bool {
    output.unredacted.first { !$0.isWhitespace } == "<"
  }

  /// The rows of a table of two columns, as `auth status` prints it.
  static func rows(of output: ForeignText) -> [String: String] {
    var rows: [String: String] = [:]
    for line in withoutEscapes("\(output)").split(whereSeparator: \.isNewline) {
      guard let gap = line.firstRange(of: "  ") ?? line.firstRange(of: "\t") else { continue }
      let key = trimmed(line[..<gap.lowerBound])
      let value = trimmed(line[gap.upperBound...])
      if !key.isEmpty, !value.isEmpty, rows[key] == nil { rows[key] = value }
    }
    return rows
  }

  /// Text without terminal control: no escape sequences, and no control characters other than
  /// newline and tab.
  static func withoutEscapes(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    let bytes = withoutSequences(Array(text.utf8))
    plain += String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A, 0x09, 0x20...0x7E, 0xA0...: true
      default: false
      }
    }
    return String(plain)
  }

  private static func isDeprecationNotice(_ line: String) -> Bool {
    line.hasPrefix("Flag --") && line.contains(" has been deprecated")
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let visible = text.drop(while: \.isWhitespace)
    return String(visible.prefix(visible.reversed().drop(while: \.isWhitespace).count))
  }

  private static func trimmedEnd(_ text: some StringProtocol) -> String {
    String(text.prefix(text.reversed().drop(while: \.isWhitespace).count))
  }
}
