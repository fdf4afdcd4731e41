import Testing

@testable import TerminalText

@Suite("Frame")
struct FrameTests {
  var frame = Frame(size: Size(columns: 10, rows: 3))

  @Test("Rows come out as text without their trailing spaces")
  mutating func text() {
    frame.put("hello", row: 0, column: 2)
    frame.put("世界", row: 2, column: 0, style: Style(.good, bold: true))
    #expect(frame.text == "  hello\n\n世界")
    #expect(Frame(size: Size(columns: 0, rows: -4)).text == "")
  }

  @Test("Writing answers with the column after the text")
  mutating func columnAfter() {
    let after = frame.put("a世", row: 0, column: 1)
    #expect(after == 4)
    #expect(frame.put("b", row: 0, column: after) == 5)
    #expect(frame.text == " a世b\n\n")
  }

  @Test("A text is clipped at every edge")
  mutating func clipping() {
    #expect(frame.put("0123456789abc", row: 0, column: 7) == 10)
    frame.put("wxyz", row: 1, column: -2)
    frame.put("no", row: 3, column: 0)
    frame.put("no", row: -1, column: 0)
    frame.put("no", row: 2, column: 10)
    frame.put("no", row: 2, column: 4, width: 0)
    #expect(frame.text == "       012\nyz\n")
  }

  @Test("A limit clips before the edge does")
  mutating func limit() {
    #expect(frame.put("payments", row: 0, column: 2, width: 3) == 5)
    #expect(frame.put("世界", row: 1, column: 0, width: 3) == 2)
    #expect(frame.text == "  pay\n世\n")
  }

  @Test("A wide character that does not fit at the edge is left out, and all behind it")
  mutating func wideAtTheEdge() {
    #expect(frame.put("世x", row: 0, column: 9) == 9)
    #expect(frame.put("世", row: 1, column: 8) == 10)
    frame.put("世x", row: 2, column: -1)
    #expect(frame.text == "\n        世\n x")
    #expect(frame[1, 9] == Cell(" ", style: .plain, isContinuation: true))
  }

  @Test("Half of a wide character never stays behind", arguments: 0..<4)
  mutating func halves(column: Int) {
    frame.put("a世界b", row: 0, column: 0)
    frame.put("x", row: 0, column: column)
    let expected = ["x世界b", "ax 界b", "a x界b", "a世x b"]
    #expect(frame.text == expected[column] + "\n\n")
    #expect(frame.cells.filter(\.isContinuation).count == (column == 0 ? 2 : 1))
  }

  @Test("Filling over half of a wide character takes the other half too")
  mutating func fillHalves() {
    let marked = Style(reversed: true)
    frame.put("a世界b", row: 0, column: 0)
    frame.fill(row: 0, columns: 2..<4, style: marked)
    #expect(frame.text == "a    b\n\n")
    #expect(frame[0, 1]?.style == .plain && frame[0, 2]?.style == marked)
    #expect(frame[0, 3]?.style == marked && frame[0, 4]?.style == .plain)
  }

  @Test("Filling a row stays inside the frame")
  mutating func fill() {
    let bar = Style(.muted, underlined: true)
    frame.fill(row: 1, style: bar)
    frame.fill(row: 2, columns: -5..<2, style: bar)
    frame.fill(row: 3, style: bar)
    #expect(frame.cells.map { $0.style == bar }.filter { $0 }.count == 12)
    #expect(frame[1, 9]?.style == bar && frame[2, 1]?.style == bar && frame[2, 2]?.style == .plain)
  }

  @Test("Nothing that a terminal obeys gets into a cell")
  mutating func nothingRaw() {
    frame.put("\u{1B}[2J\u{202E}", row: 0, column: 0)
    #expect(frame.text == "^[[2J\\u{20\n\n")
    frame.put("\r\n\t", row: 1, column: 0)
    #expect(frame.text == "^[[2J\\u{20\n^M^J^I\n")
  }

  @Test("Whatever is written where, every row keeps its columns and every wide character its half")
  func anything() {
    var texts = RandomText(seed: 3)
    var frame = Frame(size: Size(columns: 17, rows: 2))
    for _ in 0..<3000 {
      let row = texts.random.below(2)
      let column = texts.random.below(21) - 2
      let text = texts.next()
      let after = frame.put(text, row: row, column: column, width: texts.random.below(20))
      #expect(after <= max(17, column))
      for row in 0..<2 {
        var column = 0
        while let cell = frame[row, column] {
          let width = displayWidth(of: cell.character)
          #expect(!cell.isContinuation && width > 0)
          for half in 1..<max(2, width + 1) where half < width {
            #expect(frame[row, column + half]?.isContinuation == true)
          }
          column += width
        }
        #expect(column == 17)
      }
    }
  }

  @Test("The cursor is a part of the frame")
  mutating func cursor() {
    let before = frame
    frame.cursor = CellPosition(row: 1, column: 4)
    #expect(frame != before)
  }

  @Test("A box empties its inside")
  mutating func box() {
    for row in 0..<3 { frame.put("..........", row: row, column: 0) }
    frame.drawBox(row: 0, column: 1, size: Size(columns: 5, rows: 3), glyphs: .unicode)
    #expect(frame.text == ".┌───┐....\n.│   │....\n.└───┘....")
  }

  @Test("Rules and boxes are clipped, and drawn in ASCII where asked")
  mutating func lines() {
    frame.drawLine(row: 1, columns: 6..<40, glyphs: .ascii)
    frame.drawLine(column: 5, rows: -1..<9, glyphs: .ascii)
    frame.drawBox(row: 1, column: -2, size: Size(columns: 5, rows: 9), glyphs: .ascii)
    frame.drawBox(row: 0, column: 0, size: Size(columns: 1, rows: 1), glyphs: .ascii)
    #expect(frame.text == "     |\n--+  |----\n  |  |")
  }

  @Test("Every sign but the check boxes and the ASCII ellipsis is one column wide and plain")
  func glyphs() {
    for glyphs in [Glyphs.unicode, .ascii] {
      let lines = glyphs.lines
      let signs =
        [glyphs.done, glyphs.current, glyphs.todo, glyphs.failed, glyphs.warning, glyphs.barDone]
        + [glyphs.barToDo, lines.horizontal, lines.vertical, lines.topLeft, lines.topRight]
        + [lines.bottomLeft, lines.bottomRight] + glyphs.spinner
      for sign in signs { #expect(displayWidth(of: sign) == 1 && escaped(sign) == sign) }
      #expect(displayWidth(of: glyphs.chosen) == displayWidth(of: glyphs.unchosen))
      #expect(Set([glyphs.done, glyphs.current, glyphs.todo, glyphs.failed]).count == 4)
    }
    #expect(displayWidth(of: Glyphs.unicode.ellipsis) == 1)
  }
}

@Suite("Keys")
struct KeyTests {
  @Test("A key's name can be said to a person")
  func names() {
    #expect(Key.control("r").name == "ctrl-r")
    #expect(Key.character(" ").name == "space")
    #expect(Key.character("/").name == "/")
    #expect(Key.character("\u{202E}").name == "\\u{202e}")
    #expect(Key.other("F5").name == "F5")
  }
}
