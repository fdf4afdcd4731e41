import TerminalText
import Testing

@testable import Terminal

@Suite("Keys from curses")
struct KeyDecoderTests {
  private var decoder = KeyDecoder()
  private let start = ContinuousClock.now

  private mutating func keys(
    _ inputs: [KeyDecoder.Input], after pause: Duration = .zero
  ) -> [Key] {
    decoder.keys(from: inputs, at: start + pause)
  }

  private func typed(_ text: String) -> [KeyDecoder.Input] {
    text.unicodeScalars.map { .scalar($0) }
  }

  @Test("Control characters are keys", arguments: UInt8(0)...31)
  mutating func controls(value: UInt8) {
    let expected: Key =
      switch value {
      case 0: .other("ctrl-space")
      case 8: .backspace
      case 9: .tab
      case 10, 13: .enter
      case 27: .escape
      case 28...: .other("ctrl-" + ["\\", "]", "^", "_"][Int(value) - 28])
      default: .control(Character(Unicode.Scalar(value + 96)))
      }
    #expect(keys([.scalar(Unicode.Scalar(value))]) == [expected])
  }

  @Test("An escape key is not lost when other keys come with it")
  mutating func escape() {
    #expect(keys(typed("\u{1B}j")) == [.escape, .character("j")])
    #expect(keys(typed("\u{1B}\u{1B}")) == [.escape, .escape])
    #expect(keys(typed("\u{1B}[")) == [.escape, .character("[")])
    #expect(keys(typed("\u{1B}O")) == [.escape, .character("O")])
    #expect(keys(typed("\u{1B}[12\r")).count == 5)
  }

  @Test(
    "An unknown sequence is one key and types nothing",
    arguments: ["\u{1B}[1;7A", "\u{1B}[?62;1c", "\u{1B}[I", "\u{1B}[27;5;9~", "\u{1B}Or"])
  mutating func unknownSequence(sequence: String) {
    #expect(keys(typed("a" + sequence + "b")).count == 3)
    #expect(keys(typed(sequence)) == [.other("This key")])
  }

  @Test("A paste is one key, however it arrives, and every line end in it is a line feed")
  mutating func paste() {
    #expect(
      keys(typed("a") + [.code(KeyDecoder.pasteStart)] + typed("x\r\ny\u{1B}")) == [.character("a")]
    )
    #expect(keys([]) == [])
    #expect(keys(typed("[q\rz\n"), after: .seconds(1)) == [])
    #expect(
      keys([.code(KeyDecoder.pasteEnd)] + typed("b"), after: .seconds(2))
        == [.paste("x\ny\u{1B}[q\nz\n"), .character("b")])
    #expect(keys([.code(KeyDecoder.pasteStart), .code(KeyDecoder.pasteEnd)]) == [])
  }

  @Test("A paste without an end does not swallow the keyboard")
  mutating func lostEnd() {
    #expect(keys([.code(KeyDecoder.pasteStart)] + typed("lost")) == [])
    #expect(keys(typed("\u{3}"), after: .milliseconds(2001)) == [.paste("lost"), .control("c")])
    #expect(keys(typed("q"), after: .seconds(9)) == [.character("q")])
  }

  @Test("An end of a paste that never began is nothing")
  mutating func strayEnd() {
    #expect(keys([.code(KeyDecoder.pasteEnd)]) == [])
  }

  @Test(
    "An answer of the terminal is no key, wherever it is cut, and no key beside it is lost",
    arguments: ["\u{7}", "\u{1B}\\"])
  func answers(end: String) {
    let answer = "\u{1B}]11;rgb:1e1e/1e1e/1e1e" + end
    let all = ("a" + answer + "q" + answer + "?").unicodeScalars.map(KeyDecoder.Input.scalar)
    // A terminal writes its answer at once, so the first three come together.
    for cut in 4..<all.count {
      var decoder = KeyDecoder()
      decoder.isAsking = true
      if (1...2).contains(where: {
        all[cut - $0] == .scalar("\u{1B}") && all[cut - $0 + 1] == .scalar("]")
      }) {
        continue
      }
      let keys =
        decoder.keys(from: Array(all[..<cut]), at: .now)
        + decoder.keys(from: Array(all[cut...]), at: .now)
      #expect(keys == [.character("a"), .character("q"), .character("?")], "cut at \(cut)")
      #expect(decoder.answers == Array(repeating: "11;rgb:1e1e/1e1e/1e1e", count: 2))
    }
  }

  @Test("What nobody asked for is typed, and an answer that stops gives the keyboard back")
  func noAnswer() {
    var decoder = KeyDecoder()
    let typed = "\u{1B}]1".unicodeScalars.map(KeyDecoder.Input.scalar)
    #expect(
      decoder.keys(from: typed, at: .now) == [.escape, .character("]"), .character("1")])
    decoder.isAsking = true
    let start = ContinuousClock.Instant.now
    #expect(decoder.keys(from: typed, at: start) == [])
    let later = start + .seconds(3)
    #expect(decoder.keys(from: [.scalar("q")], at: later) == [.character("q")])
  }
}
