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

  /// Broken between groups, with a backslash, where a line would be wider.
  public static func lines(_ groups: [[String]], width: Int) -> [String] {
    broken(groups.map { $0.map(quoted).joined(separator: " ") }, width: width)
  }

  /// The same for what is quoted already.
  public static func broken(_ texts: [String], width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for text in texts {
      if line.isEmpty {
        line = text
      } else if line.count + text.count + 3 > width {
        lines.append(line + " \\")
        line = "  " + text
      } else {
        line += " " + text
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
