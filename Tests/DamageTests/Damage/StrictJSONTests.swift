import Documents
import TestWorld
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("A session file's JSON")
struct StrictJSONTests {
  private func value(_ text: String) throws -> JSONValue {
    try StrictJSON.value(Array(text.utf8))
  }

  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try StrictJSON.value(bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("is read as others read it")
  func agrees() throws {
    for golden in try Golden.both() {
      #expect(try StrictJSON.value(golden.bytes) == JSONValue(parsing: golden.bytes))
    }
    var random = Seeded(1)
    for _ in 0..<300 {
      let value = Self.value(&random, depth: 4)
      #expect(try StrictJSON.value(value.serialized(pretty: random.below(2) == 0)) == value)
    }
  }

  private static func value(_ random: inout Seeded, depth: Int) -> JSONValue {
    switch random.below(depth > 0 ? 8 : 6) {
    case 0: .null
    case 1: .bool(random.below(2) == 0)
    case 2: .integer(random.one(of: [0, -1, .max, .min, 42]))
    case 3:
      .number(random.one(of: [0.5, -1.25e-7, 1.7976931348623157e308, 2.2250738585072014e-308]))
    case 4, 5: .string(random.one(of: texts))
    case 6: .array((0..<random.below(4)).map { _ in value(&random, depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<random.below(4)).map { _ in
            (random.one(of: texts), value(&random, depth: depth - 1))
          }
        ) { $1 })
    }
  }

  private static let texts = [
    "", "a", "\"", "\\", "/", "\u{0}", "\u{1f}\u{7f}", "\r\n\t\u{8}\u{c}", "é", "e\u{301}", "名前",
    "👩‍👩‍👧", "\u{feff}", "\u{10ffff}", "},{[",
  ]

  @Test(
    "has escapes, numbers and white space as RFC 8259 allows them",
    arguments: [
      (#""\u0041\n\/\"\\\b\f\r\t""#, JSONValue.string("A\n/\"\\\u{8}\u{c}\r\t")),
      (#""\ud83d\uDE00""#, "😀"), (#""\u0000""#, "\u{0}"), ("-0", 0), ("1.0", 1), ("1e3", 1000),
      ("-1.5E-1", -0.15), ("9223372036854775807", .integer(.max)), (" \t\r\n[ 1 , 2 ] \n", [1, 2]),
      (#"{"a" : {} , "b":[]}"#, ["a": .object([:]), "b": .array([])]), ("1e-400", 0),
    ] as [(String, JSONValue)])
  func accepted(_ text: String, _ wanted: JSONValue) throws {
    #expect(try value(text) == wanted)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", " ", "{", "[", "]", "{}{}", "[1,]", "[,1]", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#,
      #"{a:1}"#, "{'a':1}", #"{"a":1 "b":2}"#, "[1 2]", "01", "-", "-01", "1.", ".5", "+1", "0x10",
      "1e", "1e+", "NaN", "Infinity", "-Infinity", "1e400", "True", "nul", "nulll", "//\n1",
      "/**/1", "\u{feff}1", "\u{0}", "1\u{0}", "\u{c}1", "\u{a0}1", "\"\n\"", "\"\t\"", "\"\u{0}\"",
      #"""#, #""\""#, #""\x41""#, #""\u12""#, #""\u12G4""#, #""\u+123""#, #""\ud800""#,
      #""\udc00""#, #""\ud800\u0041""#, #""\ud800x""#, #""\ud800\n""#,
    ])
  func refused(_ text: String) {
    #expect(refusal(Array(text.utf8)) == "it is not JSON")
  }

  @Test(
    "is UTF-8",
    arguments: [
      [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff], [0x80],
    ] as [[UInt8]])
  func encoding(_ sequence: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(refusal([quote] + sequence + [quote]) == "it is not JSON")
    #expect(refusal(sequence) == "it is not JSON")
  }

  @Test("in UTF-16 or UTF-32 is none, with and without a mark")
  func otherEncodings() {
    let text = Array(#"{"a":1}"#.utf8)
    func wide(_ before: [UInt8], _ after: [UInt8]) -> [UInt8] {
      Array(text.map { before + [$0] + after }.joined())
    }
    for bytes in [
      wide([], [0]), [0xff, 0xfe] + wide([], [0]), wide([0], []), [0xfe, 0xff] + wide([0], []),
      wide([], [0, 0, 0]),
    ] {
      #expect(refusal(bytes) == "it is not JSON")
    }
  }

  @Test(
    "has no member twice",
    arguments: [
      #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"[{"x":{"a":1,"a":null}}]"#,
      #"{"a":1,"\u0061":2}"#, #"{"é":1,"e\u0301":2}"#,
    ])
  func twice(_ text: String) {
    #expect(refusal(Array(text.utf8))?.hasSuffix("twice in one object") == true)
  }

  @Test("has 64 levels at most, however many more there are", arguments: ["[", #"{"a":"#])
  func nesting(_ opening: String) throws {
    func nested(_ depth: Int) -> [UInt8] {
      let closing = opening == "[" ? "]" : "}"
      return Array(
        (String(repeating: opening, count: depth) + "0" + String(repeating: closing, count: depth))
          .utf8)
    }
    #expect(refusal(nested(64)) == nil)
    for depth in [65, 513, 100_000, 1_000_000] {
      #expect(refusal(nested(depth)) == "it is nested too deeply")
    }
    #expect(refusal(Array(String(repeating: opening, count: 100_000).utf8)) != nil)
  }

  @Test(
    "takes time in proportion to its length",
    arguments: ["0,", "[],", "{},", "9", #""","#, #"{"a":1},"#, #""\u0041","#, " ", "null,"])
  func time(_ piece: String) {
    let count = 500_000 / piece.utf8.count
    let bytes = Array(("[" + String(repeating: piece, count: count) + "0]").utf8)
    let start = secondsOfWork()
    let refusal = refusal(bytes)
    // A tenth of that is usual; twice the length of what takes time squared would be far beyond.
    #expect(secondsOfWork() - start < 5)
    // Half a million digits are more than a number can have.
    #expect((refusal == nil) == (piece != "9"))
  }

  @Test("with numbers that cannot be counted on from is no session")
  func counters() throws {
    let golden = try Golden.rich()
    for (key, reason) in [("generation", "generation is too large"), ("attempt", "out of range")] {
      for number in ["1000000000000001", "9223372036854775807"] {
        let text = String(decoding: golden.bytes, as: UTF8.self)
          .replacing(try Regex("\"\(key)\": [0-9]+"), with: "\"\(key)\": \(number)")
        let error = #expect(throws: InvalidSession.self) {
          try SessionCodec.decode(Array(text.utf8), named: Golden.id)
        }
        #expect(error?.reason.contains(reason) == true)
      }
    }
  }

  @Test("without its digest is edited, whatever else of ours is gone with it")
  func noDigest() throws {
    let golden = try Golden.printed()
    let ours = SessionCodec.ownKeys
    let written = try StrictJSON.value(golden.bytes)
    for kept in ours where written[kept] != nil {
      var value = try StrictJSON.value(golden.bytes)
      for key in ours where key != kept { value[key] = nil }
      #expect(Verdict(value.serialized(pretty: true)) == .edited)
    }
    // As it was first printed, before there were digests.
    var value = try StrictJSON.value(golden.bytes)
    for key in ours { value[key] = nil }
    #expect(Verdict(value.serialized(pretty: true)) == .sound)
  }
}
