import Testing

import TerminalText

@Suite("Cutting")
struct CuttingTests {
  @Test(
    "The beginning stays",
    arguments: [
      ("payments-api", 12, "payments-api"), ("payments-api", 8, "payment…"),
      ("payments-api", 1, "…"), ("payments-api", 0, ""), ("payments-api", -3, ""),
      ("世界地図", 8, "世界地図"),
      ("世界地図", 7, "世界地…"), ("世界地図", 6, "世界…"), ("世界地図", 2, "…"), ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("\u{1B}[31mred", 4, "^[[…"), ("", 0, ""),
    ])
  func start(text: String, columns: Int, expected: String) {
    #expect(cut(text, to: columns) == expected)
  }

  @Test(
    "Both ends stay",
    arguments: [
      ("checkout-service", 9, "chec…vice"), ("checkout-service", 8, "chec…ice"),
      ("checkout-service", 1, "…"), ("checkout-service", 0, ""), ("世界地図帳", 7, "世…図帳"),
      ("世界地図帳", 6, "世…帳"),
      ("checkout-service", 16, "checkout-service"),
    ])
  func middle(text: String, columns: Int, expected: String) {
    #expect(cutMiddle(text, to: columns) == expected)
  }

  @Test("An ellipsis of several columns is itself cut where there is no room")
  func wideEllipsis() {
    #expect(cut("payments", to: 5, ellipsis: "...") == "pa...")
    #expect(cut("payments", to: 2, ellipsis: "...") == "..")
    #expect(cutMiddle("payments", to: 5, ellipsis: "...") == "p...s")
    #expect(cut("payments", to: 3, ellipsis: "") == "pay")
  }

  @Test("Padding fills up and never cuts")
  func padding() {
    #expect(padded("世界", to: 6) == "世界  ")
    #expect(padded("a\n", to: 4) == "a^J ")
    #expect(padded("payments", to: 3) == "payments")
  }

  @Test("No text is cut wider than asked or through a character", arguments: ["…", "...", "", "世"])
  func anything(ellipsis: String) {
    var texts = RandomText(seed: 2)
    for _ in 0..<2000 {
      let text = texts.next()
      let columns = texts.random.below(30)
      let whole = Array(escaped(text))

      let start = cut(text, to: columns, ellipsis: ellipsis)
      #expect(displayWidth(of: start) <= columns)
      let middle = cutMiddle(text, to: columns, ellipsis: ellipsis)
      #expect(displayWidth(of: middle) <= columns)

      if displayWidth(of: text) <= columns {
        #expect(start == String(whole) && middle == String(whole))
      } else if displayWidth(of: ellipsis) <= columns {
        let kept = start.unicodeScalars.dropLast(ellipsis.unicodeScalars.count)
        let prefixes = (0...whole.count).map { String(whole[..<$0]) }
        #expect(prefixes.contains { $0.unicodeScalars.elementsEqual(kept) })
        // Only a character that does not fit may leave room unused.
        let widest = whole.map { displayWidth(of: $0) }.max() ?? 0
        #expect(displayWidth(of: start) > columns - widest)
      }
    }
  }
}
