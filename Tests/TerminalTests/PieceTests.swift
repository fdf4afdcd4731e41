import Glibc
import TerminalText
import Testing

@testable import Terminal

@Suite("Pieces for curses")
struct PieceTests {
  /// As in the C library's UTF-8 locale, without needing one.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    displayWidth(of: Character(scalar))
  }

  @Test(
    "A character is taken apart into what curses can place",
    arguments: [
      ("a", ["a"]), ("世", ["世"]), ("e\u{301}", ["e\u{301}"]), ("⚠\u{FE0F}", ["⚠", " "]),
      ("👩‍👩‍👧‍👦", ["👩"]), ("🏳️‍🌈", ["🏳", " "]), ("👍🏽", ["👍"]), ("🇩🇪", ["🇩", "🇪"]),
      ("1\u{FE0F}\u{20E3}", ["1\u{20E3}", " "]),
      ("\u{1112}\u{1161}\u{11AB}", ["\u{1112}\u{1161}\u{11AB}"]),
      ("क्ष", ["क्", "ष"]),
      ("e\u{301}\u{302}\u{303}\u{304}\u{305}", ["e\u{301}\u{302}\u{303}\u{304}"]),
    ])
  func pieces(text: String, expected: [String]) throws {
    let character = try #require(text.first)
    let columns = displayWidth(of: character)
    let pieces = Piece.pieces(of: character, columns: columns, widthOf: Self.width)
    // Scalar by scalar, since two pieces side by side may look like one character.
    #expect(pieces.map(\.scalars) == expected.map { Array($0.unicodeScalars) })
    #expect(pieces.reduce(0) { $0 + $1.columns } == columns)
  }

  @Test("What the C library cannot print, or holds for wider, keeps its columns")
  func disagreement() {
    let unknown = Piece.pieces(of: "世", columns: 2) { _ in -1 }
    #expect(unknown.map(\.scalars) == [["?"], [" "]])
    let wider = Piece.pieces(of: "✓", columns: 1) { _ in 2 }
    #expect(wider.map(\.scalars) == [["?"]])
    let narrower = Piece.pieces(of: "世", columns: 2) { _ in 1 }
    #expect(narrower.map(\.scalars) == [["世"], [" "]])
  }

  @Test("Every scalar up to Unicode 14 is as wide as the C library has it")
  func widths() throws {
    let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    var compared = 0
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), (scalar.properties.age?.major ?? 99) <= 14,
        escaped("a\(scalar)") == "a\(scalar)", !changed.contains(value)
      else { continue }
      compared += 1
      if Self.width(of: scalar) != Piece.systemWidth(of: scalar) {
        Issue.record("U+\(String(value, radix: 16)): \(Piece.systemWidth(of: scalar))")
      }
    }
    #expect(compared > 100_000)
  }

  /// A consonant sign that became a spacing mark, and the symbols that Unicode 16 made wide.
  private let changed = Set(
    [0x1171E...0x1171E, 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF, 0x1D300...0x1D376]
      .joined() as FlattenSequence<[ClosedRange<UInt32>]>)
}
