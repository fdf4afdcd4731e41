import Documents
import Subprocess
import Testing

/// What others read of our YAML: PyYAML, which reads version 1.1 to the letter, and kubectl, which
/// has a reader of its own. Each is started once, for all values.
@Suite("YAML, as others read it")
struct OtherReadersTests {
  /// What a reader of YAML 1.1 takes for a boolean, a number, a time, a base or a merge.
  static let misleading = [
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "true", "True", "TRUE", "false",
    "on", "On", "ON", "off", "Off", "OFF", "~", "null", "Null", "NULL", "", "=", "<<", "0", "-0",
    "00", "08", "09", "0777", "0o7", "0b101", "0x1F", "0X1F", "1_000", "1_000.5", "+1", "-1", "1.",
    ".5", "-.5", "1e3", "1E3", "1e+3", "1.0e+3", "1.5e300", "12:30", "12:30:45", "190:20:30.15",
    "1:2", ".inf", "-.Inf", "+.INF", ".nan", ".NaN", "2026-01-09", "2026-1-9",
    "2026-01-09T10:20:30Z", "2026-01-09 10:20:30", "2026-01-09t10:20:30.1 +1", "---", "...",
    "--- a", "- a", "-", "? a", "?", ": a", ":", "a:", "a: b", "a #b", "#a", "!a", "!!int 1", "&a",
    "*a", "%YAML 1.1", "@a", "`a`", "|", ">", "[a]", "{a: b}", "'a'", "\"a\"", ",", "a\tb", "\ta",
    "a\n", "\na", " a\nb", "a\n\n", "a\r\nb", "a\u{85}b", "a\u{2028}b", "\u{feff}a", "\0",
  ]

  static let values: [JSONValue] =
    misleading.flatMap { [JSONValue.string($0), [$0: .string($0)], [[.string($0)], [$0: []]]] }
    + (0..<5000).map { seed in
      // Seeds that no other test uses.
      var values = RandomValues(seed: 1_000_000 + UInt64(seed))
      return values.document()
    }

  @Test("PyYAML has every value as it was: text stays text, and numbers stay numbers")
  func pyYAML() throws {
    let stream = Self.values.map { "---\n" + JSONValue.object(["v": $0]).yaml() }.joined()
    let completion = try run(
      Command("/usr/bin/env", ["python3", "-c", Self.program], input: Array(stream.utf8)))
    try #require(completion.succeeded, "\(completion.errorText.unredacted)")
    let read = try completion.output.split(separator: UInt8(ascii: "\n")).map {
      try JSONValue(parsing: Array($0))["v"]
    }
    expectSame(read) { $0 == $1 }
  }

  /// Prints every document as a line of JSON. What JSON has no name for, and a key that is no
  /// text, is marked, so that it is not the same as the text that JSON would make of it.
  private static let program = """
    import json, sys, yaml

    def plain(value):
        if isinstance(value, dict):
            return {k if type(k) is str else "not text: %r" % (k,): plain(v)
                    for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        known = type(value) in (str, int, float, bool, type(None))
        return value if known else "not JSON: %r" % (value,)

    for document in yaml.load_all(sys.stdin.buffer, Loader=yaml.SafeLoader):
        print(json.dumps(plain(document)))
    """

  @Test("kubectl has every value as it was, in an object that it labels without a server")
  func kubectl() throws {
    let stream = Self.values.enumerated().map { index, value in
      let object: JSONValue = [
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string("n\(index)")],
        "v": value,
      ]
      return "---\n" + object.yaml()
    }
    let completion = try run(
      Command(
        "/usr/bin/env", ["kubectl", "label", "--local", "-f", "-", "-o", "json", "label=x"],
        input: Array(stream.joined().utf8)))
    try #require(completion.succeeded, "\(completion.errorText.unredacted)")
    let read = try completion.outputText.unredacted.split(separator: "\n}\n").map {
      try JSONValue(parsing: Array("\($0)\n}".utf8))["v"]
    }
    expectSame(read, by: isSameToKubernetes)
  }

  @Test("The comparison tells: what a hand would write without quotes is read as something else")
  func control() throws {
    let written = ["yes", "0777", "1_000", "12:30:45", "2026-01-09", "null"]
    let stream = written.map { "- \($0)\n" }.joined()
    let completion = try run(
      Command("/usr/bin/env", ["python3", "-c", Self.program], input: Array(stream.utf8)))
    let read = try JSONValue(parsing: completion.output).array ?? []
    #expect(read.count == written.count)
    for (text, value) in zip(written, read) { #expect(value != .string(text)) }
  }

  private func expectSame(
    _ read: [JSONValue?], by isSame: (JSONValue, JSONValue) -> Bool
  ) {
    #expect(read.count == Self.values.count)
    let wrong = zip(Self.values, read).filter { value, read in
      read.map { !isSame(value, $0) } ?? true
    }
    #expect(wrong.count == 0)
    for (value, read) in wrong.prefix(5) { Issue.record("\(value.yaml()) was read as \(read)") }
  }

  /// Kubernetes has no other number than JSON's: 100.0 is 100.
  private func isSameToKubernetes(_ one: JSONValue, _ other: JSONValue) -> Bool {
    switch (one, other) {
    case (.number(let number), .integer(let integer)): number == Double(integer)
    case (.array(let ones), .array(let others)):
      ones.count == others.count && zip(ones, others).allSatisfy(isSameToKubernetes)
    case (.object(let ones), .object(let others)):
      ones.count == others.count
        && ones.allSatisfy { key, value in
          others[key].map { isSameToKubernetes(value, $0) } ?? false
        }
    default: one == other
    }
  }
}
