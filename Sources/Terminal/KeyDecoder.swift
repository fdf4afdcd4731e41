import CNcurses
import TerminalText

/// Makes keys out of what curses reads; remembers a paste of which the end has not come yet.
struct KeyDecoder {
  enum Input: Equatable {
    /// A `KEY_…` constant, or one of the codes below.
    case code(Int32)
    case scalar(Unicode.Scalar)
    /// What was done with the mouse.
    case mouse(Key)
  }

  /// Codes that we give to sequences, far from those that curses hands out itself.
  static let pasteStart: Int32 = 2000
  static let pasteEnd: Int32 = 2001
  static let wordLeft: Int32 = 2002
  static let wordRight: Int32 = 2003
  /// The window got the keyboard, or lost it; no keys.
  static let lookedAt: Int32 = 2004
  static let lookedAway: Int32 = 2005

  /// A paste comes in one stream. After a pause this long its end has been lost, and to go on
  /// collecting would leave the person without a keyboard.
  static let longestPause = Duration.seconds(2)

  private static let longestSequence = 32
  /// An answer of a terminal about a colour is shorter.
  private static let longestAnswer = 64

  /// What terminals have answered to questions (OSC), without what it begins and ends with.
  var answers: [String] = []
  /// Whether something was asked: before that, what looks like an answer was typed.
  var isAsking = false
  /// An answer of which the end has not come yet.
  private var answer: String?

  private var pasted: String.UnicodeScalarView?
  private var lastInput: ContinuousClock.Instant?

  /// Takes all that was read at once: only so can a lone escape be told from an unknown sequence.
  mutating func keys(from inputs: [Input], at now: ContinuousClock.Instant) -> [Key] {
    var keys: [Key] = []
    if inputs.isEmpty { return keys }
    if let lastInput, now - lastInput > Self.longestPause {
      answer = nil
      if let key = endPaste() { keys.append(key) }
    }
    lastInput = now

    var rest = inputs[...]
    while let input = rest.first {
      if pasted != nil {
        rest.removeFirst()
        if input == .code(Self.pasteEnd) {
          if let key = endPaste() { keys.append(key) }
        } else if case .scalar(let scalar) = input {
          pasted?.append(scalar)
        }
      } else if answer != nil || beginsAnswer(rest) {
        takeAnswer(&rest)
      } else if let length = Self.lengthOfSequence(in: rest) {
        rest.removeFirst(length)
        keys.append(.other("This key"))
      } else {
        rest.removeFirst()
        switch input {
        case .code(Self.pasteStart): pasted = String.UnicodeScalarView()
        case .code(let code): if let key = Self.key(for: code) { keys.append(key) }
        case .scalar(let scalar): keys.append(Self.key(for: scalar))
        case .mouse(let key): keys.append(key)
        }
      }
    }
    return keys
  }

  /// `ESC ]` and a digit: a person does not type that at once.
  private func beginsAnswer(_ inputs: ArraySlice<Input>) -> Bool {
    let head = Array(inputs.prefix(3))
    guard isAsking, head.count == 3, head[0] == .scalar("\u{1B}"), head[1] == .scalar("]"),
      case .scalar(let digit) = head[2]
    else { return false }
    return ("0"..."9").contains(digit)
  }

  /// Takes what there is of an answer: up to BEL, or `ESC \`. Keys never come inside one.
  private mutating func takeAnswer(_ inputs: inout ArraySlice<Input>) {
    if answer == nil {
      inputs.removeFirst(2)
      answer = ""
    }
    while let input = inputs.first {
      if answer?.last == "\u{1B}" {
        answer?.removeLast()
        if input == .scalar("\\") { inputs.removeFirst() }
        return endAnswer()
      }
      inputs.removeFirst()
      switch input {
      case .scalar("\u{7}"): return endAnswer()
      case .scalar("\u{1B}"): answer?.append("\u{1B}")
      case .scalar(let scalar) where (" "..."~").contains(scalar):
        answer?.unicodeScalars.append(scalar)
        if (answer?.count ?? 0) > Self.longestAnswer { answer = nil }
      case .scalar, .code, .mouse: answer = nil
      }
      if answer == nil { return }
    }
  }

  private mutating func endAnswer() {
    if let answer { answers.append(answer) }
    answer = nil
  }

  private mutating func endPaste() -> Key? {
    defer { pasted = nil }
    guard let pasted, !pasted.isEmpty else { return nil }
    let lines = String(pasted).split(omittingEmptySubsequences: false) {
      $0 == "\r\n" || $0 == "\r"
    }
    return .paste(lines.joined(separator: "\n"))
  }

  /// The length of an escape sequence (ECMA-48 CSI, or SS3) that terminfo does not have, if one begins.
  ///
  /// As single keys it would leave a screen and type letters on the next.
  private static func lengthOfSequence(in inputs: ArraySlice<Input>) -> Int? {
    var scalars: [Unicode.Scalar] = []
    for input in inputs.prefix(longestSequence) {
      guard case .scalar(let scalar) = input, scalar == "\u{1B}" || (" "..."~").contains(scalar)
      else { break }
      scalars.append(scalar)
    }
    guard scalars.count > 2, scalars[0] == "\u{1B}" else { return nil }
    switch scalars[1] {
    case "O": return ("A"..."~").contains(scalars[2]) ? 3 : nil
    case "[": return scalars.dropFirst(2).firstIndex { ("@"..."~").contains($0) }.map { $0 + 1 }
    default: return nil
    }
  }

  private static func key(for code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_ENTER: .enter
    case KEY_BTAB: .backtab
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case wordLeft: .wordLeft
    case wordRight: .wordRight
    // Not a key: curses says in this way that the size has changed.
    case KEY_RESIZE, pasteEnd: nil
    case KEY_F0...KEY_F0 + 63: .other("F\(code - KEY_F0)")
    default: .other("This key")
    }
  }

  private static func key(for scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x1B: .escape
    case 0x00: .other("ctrl-space")
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1C...0x1F: .other("ctrl-\(Unicode.Scalar(UInt8(scalar.value) + 0x40))")
    case 0x80...0x9F: .other("This key")
    default: .character(Character(scalar))
    }
  }
}
