import Documents
import Testing

struct JSONTests {
  @Test(
    "A document is read as the values it holds",
    arguments: [
      ("null", JSONValue.null), ("true", true), ("false", false), ("0", 0), ("-1", -1),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1e3", 1000), ("2.5", 2.5),
      ("-1e-7", -1e-7), (#""""#, ""), (#""a\/b\n\u00e9\ud83d\ude00""#, "a/b\né😀"),
      ("\"\u{2028}é😀\"", "\u{2028}é😀"), ("[]", []), ("{}", [:]),
      (#" [1, ["x", null], {"a": {"b": false}}] "#, [1, ["x", .null], ["a": ["b": false]]]),
    ] as [(String, JSONValue)])
  func reads(text: String, expected: JSONValue) throws {
    #expect(try JSONValue(parsing: text.utf8) == expected)
  }

  @Test(
    "What is no JSON is refused with a sentence",
    arguments: [
      ("", "there is no JSON, the text is empty"),
      ("<html>", "this is not valid JSON: a value is expected"),
      (#"{"a":"#, "this is not valid JSON: it ends too early"),
      ("[1,]", "this is not valid JSON: a value is expected"),
      (#"{"a":1} {}"#, "this is not valid JSON: there is more after the end"),
      (#"{"a":[0,1e400]}"#, "this is not valid JSON: a number is out of range"),
      (
        "{\"a\":\n1 2}",
        "this is not valid JSON on line 2: a comma or the end of the list is expected"
      ),
      (#"{"a":"\ud800"}"#, "this is not valid JSON: a backslash is followed by what it cannot be"),
    ])
  func refuses(text: String, expected: String) {
    #expect(throws: JSONValue.ParseError(description: expected)) {
      try JSONValue(parsing: text.utf8)
    }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func refusesBrokenText() {
    #expect(throws: JSONValue.ParseError.self) { try JSONValue(parsing: [0x22, 0xff, 0x22]) }
  }

  @Test("512 levels are read, a hundred thousand are refused, and neither overflows the stack")
  func nesting() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    let deep = try JSONValue(parsing: nested(512).utf8)
    #expect(deep.serialized(pretty: false) == Array(nested(512).utf8))
    #expect(throws: JSONValue.ParseError.self) { try JSONValue(parsing: nested(100_000).utf8) }
  }

  @Test("JSON is written in the order of the keys, with nothing escaped that need not be")
  func writes() {
    let value: JSONValue = [
      "b": [1, -2.5, .null, true, 1e21], "a/b": "\"\\\n\r\t\u{1}\u{7f}é/😀\u{2028}", "B": [:],
      "c": [], "é": ["x": "y"],
    ]
    let compact = #"""
      {"B":{},"a/b":"\"\\\n\r\t\u0001\#u{7f}é/😀\#u{2028}","b":[1,-2.5,null,true,1e+21],"c":[],"é":{"x":"y"}}
      """#
    #expect(String(decoding: value.serialized(pretty: false), as: UTF8.self) == compact)
    let pretty = #"""
      {
        "B": {},
        "a/b": "\"\\\n\r\t\u0001\#u{7f}é/😀\#u{2028}",
        "b": [
          1,
          -2.5,
          null,
          true,
          1e+21
        ],
        "c": [],
        "é": {
          "x": "y"
        }
      }

      """#
    #expect(String(decoding: value.serialized(pretty: true), as: UTF8.self) == pretty)
  }

  @Test("What is written is read back, whichever way")
  func roundTrip() throws {
    for seed in 0..<500 {
      var values = RandomValues(seed: UInt64(seed))
      let value = values.document()
      for pretty in [false, true] {
        let bytes = value.serialized(pretty: pretty)
        #expect(try JSONValue(parsing: bytes) == value, "seed \(seed)")
      }
    }
  }

  @Test("Members are reached, set and removed by key and by path")
  func subscripts() {
    var pod: JSONValue = ["metadata": ["name": "web", "labels": ["a": "b"]], "items": [1]]
    #expect(pod["metadata", "name"]?.string == "web")
    #expect(pod["metadata", "labels", "a"] == "b")
    #expect(pod["metadata", "name", "first"] == nil)
    #expect(pod["absent"] == nil)
    #expect(pod["items"]?["x"] == nil)

    pod["metadata"]?["name"] = nil
    pod["metadata", "labels", "a"] = nil
    pod["metadata", "annotations", "x"] = nil
    pod["spec", "template", "spec"] = ["nodeName": .null]
    pod["items"] = nil
    #expect(
      pod == ["metadata": ["labels": [:]], "spec": ["template": ["spec": ["nodeName": .null]]]])
  }

  @Test("A value is what it is, and nothing else")
  func accessors() {
    let values: [JSONValue] = [.null, true, 1, 1.5, "s", [1], ["k": 1]]
    #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
    #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
    #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
    #expect(values.map(\.string) == [nil, nil, nil, nil, "s", nil, nil])
    #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [1], nil])
    #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, ["k": 1]])
  }
}
