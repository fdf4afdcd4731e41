import Documents
import Testing

@Suite("Reading JSON from front to back")
struct JSONReaderTests {
  private static let strict = JSONReader.Rules(depth: 8, allowsTwins: false)

  private func read<Value>(
    _ text: String, _ rules: JSONReader.Rules = strict,
    _ body: (inout JSONReader) throws -> Value
  ) throws -> Value {
    try JSONReader.read(Array(text.utf8), rules, body)
  }

  @Test("What nobody asks for is passed over")
  func passes() throws {
    let found = try read(
      #"{"a":[1,{"b":"}]\""}],"c":"x","d":{"c":"no"},"e":[],"f":-1.5e+3,"g":[true,false,null]}"#
    ) { reader in
      var found: [String] = []
      try reader.members { key, reader in
        if case "c" = key { found.append(try reader.string()) }
        if case "e" = key { try reader.elements { _ in found.append("element") } }
      }
      return found
    }
    #expect(found == ["x"])
  }

  @Test("A list is read element by element, and those that nobody reads are passed over")
  func elements() throws {
    let texts = try read(#"["a", {"x":["]"]}, "b"]"#) { reader in
      var texts: [String] = []
      try reader.elements { reader in
        if reader.peek() == UInt8(ascii: "\"") { texts.append(try reader.string()) }
      }
      return texts
    }
    #expect(texts == ["a", "b"])
  }

  @Test("A value knows the line that it begins on")
  func lines() throws {
    let lines = try read("\n[1,\n\n 2, 3\n,{\"a\":\n4}]") { reader in
      var lines = [reader.line()]
      try reader.elements { reader in
        lines.append(reader.line())
        guard reader.peek() == UInt8(ascii: "{") else { return try reader.pass() }
        try reader.members { _, reader in lines.append(reader.line()) }
      }
      return lines
    }
    #expect(lines == [2, 2, 4, 4, 5, 6])
  }

  @Test(
    "What is wrong is told with its line",
    arguments: [
      ("[1,\n2 3]", 2, JSONError.Reason.malformed("a comma or the end of the list is expected")),
      ("{\"a\":1,\n\n\"a\":2}", 3, .twice("a")),
      ("{\"a\"\n1}", 2, .malformed("a colon is expected after a name")),
      ("{\n1:2}", 2, .malformed("a name in quotes is expected")),
      ("[1,\n2", 2, .malformed("it ends too early")),
      ("[1]\n]", 2, .malformed("there is more after the end")),
      ("[\n[[[[[[[[1]]]]]]]]]", 2, .tooDeep),
      ("[\n\"\\x\"]", 2, .malformed("a backslash is followed by what it cannot be")),
    ])
  func wrong(text: String, line: Int, reason: JSONError.Reason) {
    let error = #expect(throws: JSONError.self) { try read(text) { try $0.value() } }
    #expect(error?.line == line)
    #expect(error?.reason == reason)
  }

  @Test("Of two members of one name the first stays, where they are allowed")
  func twins() throws {
    let rules = JSONReader.Rules(depth: 8, allowsTwins: true)
    #expect(try read(#"{"a":1,"\u0061":2}"#, rules) { try $0.value() } == ["a": 1])
    #expect(throws: JSONError.self) {
      try read(#"{"a":1,"\u0061":2}"#) { try $0.members { _, _ in } }
    }
  }

  @Test("An error of whoever reads is passed on")
  func passedOn() {
    struct Mine: Error {}
    #expect(throws: Mine.self) { try read("[1]") { _ in throw Mine() } }
  }

  @Test("A text is handed over in pieces with the same bytes")
  func pieces() {
    var writer = JSONWriter(pretty: true)
    var bytes: [UInt8] = []
    writer.writeList("[", 0..<3, "]") { writer, index in
      writer.write(["n": .integer(Int64(index))])
      bytes += writer.taken()
    }
    bytes += writer.taken()
    let value: JSONValue = [["n": 0], ["n": 1], ["n": 2]]
    #expect(bytes + [0x0a] == value.serialized(pretty: true))
  }
}
