/// Command lines as a person can copy them.
public enum CommandLineText {
  /// The word as a POSIX shell takes it for this very word.
  public static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./:=@%+,".utf8.contains(byte)
      }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// The words of a command as a POSIX shell reads them, quotes and backslashes taken away; nothing is
  /// expanded. `nil` if a quote is not closed.
  public static func words(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case (let character, .some(let sign)) where character == sign: quote = nil
      case ("\\", nil): word = (word ?? "") + (rest.popFirst().map(String.init) ?? "")
      case ("\\", "\""):
        let isEscape = rest.first.map { "$`\"\\".contains($0) } ?? false
        word = (word ?? "") + (isEscape ? String(rest.removeFirst()) : "\\")
      case ("'", nil), ("\"", nil): (quote, word) = (character, word ?? "")
      case (let character, nil) where character.isWhitespace:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    return words + (word.map { [$0] } ?? [])
  }

  /// Broken between groups, with a backslash, where a line would be wider.
  public static func lines(_ groups: [[String]], width: Int) -> [String] {
    broken(groups.map { $0.map(quoted).joined(separator: " ") }, width: width)
  }

  /// The parts between which a command may be broken; the whole of it where a shell does more with it
  /// than take its words.
  public static func parts(of command: String) -> [String] {
    let parts = (words(command) ?? []).map(quoted)
    return parts.joined(separator: " ") == command ? parts : [command]
  }

  /// The same for what is quoted already.
  ///
  /// - Parameter columns: how wide a text is.
  public static func broken(
    _ texts: [String], width: Int, columns: (String) -> Int = { $0.count }
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    for text in texts {
      if line.isEmpty {
        line = text
      } else if columns(line) + columns(text) + 3 > width {
        lines.append(line + " \\")
        line = "  " + text
      } else {
        line += " " + text
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
