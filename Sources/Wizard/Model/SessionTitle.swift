/// The rule for what a person calls a session.
public enum SessionTitle {
  public static let limit = 60
  /// The end of a sentence, and a whole one.
  public static let rule = "one line of at most \(limit) characters"
  public static let sentence = "A session's name is \(rule)."

  /// Without the blanks at its ends; `nil` for a name that is none. An empty one is taken for none by
  /// whoever sets it.
  public static func usable(_ text: String) -> String? {
    // Counted so that no pile of accents on one letter is short.
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let end = scalars.lastIndex { !$0.properties.isWhitespace }
    let trimmed = String(end.map { scalars[...$0] } ?? scalars[scalars.endIndex...])
    let isLine = trimmed.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    return isLine && trimmed.unicodeScalars.count <= limit ? trimmed : nil
  }
}

extension Session {
  /// Takes a usable name; an empty one takes the name away.
  public mutating func take(name: String) { self.name = name.isEmpty ? nil : name }
}
