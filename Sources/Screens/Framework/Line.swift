import TerminalText

/// A line of a page: pieces of text, each with its style.
struct Line: Hashable, Sendable {
  var pieces: [Piece] = []
  /// It names a key, or only tells the time: plain lines leave it out.
  var isOnlyOnScreen = false

  struct Piece: Hashable, Sendable {
    var text: String
    var style: Style
    /// What a click on it presses.
    var key: Key?
  }

  init(_ text: String = "", _ style: Style = .plain) {
    if !text.isEmpty { pieces = [Piece(text: text, style: style)] }
  }

  init(_ pieces: [(String, Style)]) {
    self.pieces = pieces.map { Piece(text: $0.0, style: $0.1) }
  }

  /// What something is called, and what it is; those below one another are aligned.
  init(fact name: String, _ value: String) {
    self.init([(padded(name, to: Metrics.factNames), Style(.muted)), (value, .plain)])
  }

  /// Words with keys among them, as `[R] Resume`: a click on a key, or on what follows it, presses it.
  init(_ choices: Choice..., in focus: Focus) {
    pieces = choices.flatMap { $0.pieces(in: focus) }
  }

  var isEmpty: Bool { pieces.isEmpty }

  /// The line as one text, without its styles.
  var text: String { pieces.map(\.text).joined() }

  /// The line, left out on plain lines.
  var onlyOnScreen: Line {
    var line = self
    line.isOnlyOnScreen = true
    return line
  }

  /// The key of an action, the word that follows it, and what stands after that.
  struct Choice {
    var action: Action
    var word: String
    var after: String

    init(_ action: Action, _ word: String, _ after: String = "") {
      self.action = action
      self.word = word
      self.after = after
    }

    /// Only what is said here is a button, whatever a name from elsewhere looks like.
    fileprivate func pieces(in focus: Focus) -> [Piece] {
      guard let key = focus.binding(of: action)?.keys.last else { return [] }
      return [
        Piece(text: "[\(key.name)]", style: Style(bold: true), key: key),
        Piece(text: word, style: .plain, key: key), Piece(text: after, style: .plain),
      ]
    }
  }

  static func warning(_ text: String) -> Line { Line(text, Style(.warning)) }
  static func bad(_ text: String) -> Line { Line(text, Style(.bad)) }
  static func muted(_ text: String) -> Line { Line(text, Style(.muted)) }
}
