import TestWorld
import Testing

@testable import ForeignText

@Suite("Foreign text")
struct ForeignTextTests {
  @Test("becomes text without its secrets, whatever way is taken", arguments: Canary.sentences)
  func gate(sentence: String) {
    let text = ForeignText("before\n\(sentence)\nafter")
    var dumped = ""
    dump([text], to: &dumped)
    let ways = [
      "\(text)", String(describing: text), String(reflecting: text), text.quote, "\([text])",
      dumped,
      "\(Optional(text) as Any)",
    ]
    for way in ways {
      #expect(!way.contains(Canary.secret), "\(way)")
      #expect(way.contains("before") && way.contains("after"), "\(way)")
    }
    #expect(text.unredacted.contains(Canary.secret))
  }

  @Test("is not redacted twice", arguments: Canary.sentences)
  func twice(sentence: String) {
    let once = "\(ForeignText(sentence))"
    #expect("\(ForeignText(once))" == once)
  }

  @Test("that is innocent stays as it is", arguments: ["", "api", "kube-system", "Ready", "a=b"])
  func innocent(text: String) { #expect("\(ForeignText(text))" == text) }

  @Test("is quoted on one line, and not at length")
  func quote() {
    #expect(ForeignText("a\r\nb\n\nc\n").quote == "a b c")
    let long = ForeignText(String(repeating: "x ", count: 1000)).quote
    #expect(long.count == ForeignText.longestQuote + 1 && long.hasSuffix("…"))
    // Cut after the secrets are out: half an address would not be known for one.
    let address = ForeignText(
      String(repeating: "x", count: ForeignText.longestQuote - 20) + " https://user:"
        + String(repeating: Canary.secret, count: 3) + "@proxy/")
    #expect(!address.quote.contains("canary"))
  }

  @Test("loses sequences that are whole, and no line to one that is not")
  func sequences() {
    let bytes = Array(
      "a\u{1B}[1;31mb\u{1B}]0;title\u{1B}\\c\u{1B}[3\nd\u{1B}]x\ne\u{1B}(Bf\u{1B}$)Cg\u{1B}(\nh\u{C4}"
        .utf8)
    #expect(String(decoding: withoutSequences(bytes), as: UTF8.self) == "abc\nd\nefg\nh\u{C4}")
  }
}

@Suite("Lines of a program that goes on")
struct ForeignLinesTests {
  private func lines(_ pieces: [[UInt8]]) -> String {
    var lines = ForeignLines()
    var text: [UInt8] = []
    for piece in pieces { text += lines.take(piece[...]) }
    text += lines.finish()
    return String(decoding: text, as: UTF8.self)
  }

  @Test("come out the same in whatever pieces they arrive, and without secrets")
  func pieces() {
    let bytes = Array(("start\n" + Canary.sentences.joined(separator: "\n") + "\r\nend").utf8)
    let whole = lines([bytes])
    #expect(whole.hasPrefix("start\n") && whole.hasSuffix("\nend\n"))
    for split in 0...bytes.count {
      #expect(lines([Array(bytes[..<split]), Array(bytes[split...])]) == whole)
    }
    #expect(lines(bytes.map { [$0] }) == whole)
    #expect(!whole.contains(Canary.secret))
  }

  @Test("hold nothing that a terminal would obey, and show what is no text")
  func harmless() {
    let text = lines([Array("a\u{1B}[31mb\u{7}\tc\u{202E}".utf8) + [0x0A, 0x00, 0xFF, 0xFE, 0x0A]])
    #expect(text == "ab^G^Ic\\u{202e}\n^@\\xff\\xfe\n")
  }

  @Test("end with a carriage return, too")
  func returns() { #expect(lines([Array("1%\r2%\r\n\r\n3%\r".utf8)]) == "1%\n2%\n\n3%\n") }

  @Test("that never end are told by their beginning, without half a secret, and take no memory")
  func endless() {
    var lines = ForeignLines()
    let start = String(repeating: "x", count: ForeignLines.longestLine - 40) + " https://user:"
    var text = lines.take(Array(start.utf8)[...])
    for _ in 0..<100 { text += lines.take(Array(repeating: UInt8(ascii: "s"), count: 65536)[...]) }
    #expect(text.isEmpty)
    #expect(
      Mirror(reflecting: lines).children.allSatisfy { child in
        (child.value as? [UInt8]).map { $0.count <= ForeignLines.longestLine } ?? true
      })
    text = lines.take(Array("@host/\nnext\n".utf8)[...])
    let written = String(decoding: text, as: UTF8.self)
    #expect(written.hasSuffix("\nnext\n") && !written.contains("user:"))
    #expect(written.contains("x [6553"), "\(written.suffix(80))")
  }
}
