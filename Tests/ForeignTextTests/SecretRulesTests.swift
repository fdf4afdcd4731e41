import TestWorld
import Testing

@testable import ForeignText

/// What is secret by where it stands: in a Secret, in an element, in a column, in an argument.
@Suite("Rules for secrets")
struct SecretRulesTests {
  /// Looks like a word, so that nothing but its place tells.
  private static let word = "hunter_two"
  /// As the values of a Secret do.
  private static let encoded = "Zq038dxYw9a="

  private func check(_ layout: String, _ secret: String, byLine: Bool = true) {
    let text = "2026/11/27 ready.\n\n\(layout.replacing("CANARY", with: secret))\nall done.\n"
    let whole = "\(ForeignText(text))"
    #expect(!whole.contains(secret), "\(whole)")
    #expect(whole.hasPrefix("2026/11/27 ready.\n") && whole.hasSuffix("\nall done.\n"), "\(whole)")
    #expect("\(ForeignText(whole))" == whole)
    guard byLine else { return }
    var lines = ForeignLines()
    let written = String(
      decoding: lines.take(Array(text.utf8)[...]) + lines.finish(), as: UTF8.self)
    #expect(!written.contains(secret), "\(written)")
    #expect(written.hasSuffix("\nall done.\n"), "\(written)")
  }

  @Test("a Secret of Kubernetes, its kind before or after", arguments: SecretLayouts.manifests)
  func manifests(layout: String) { check(layout, Self.word, byLine: false) }

  @Test(
    "a Secret that comes line by line", arguments: SecretLayouts.manifests + SecretLayouts.encoded)
  func manifestsByLine(layout: String) {
    // Where the kind comes last, only its look tells.
    check(layout, Self.encoded, byLine: !layout.contains("license: CANARY }"))
  }

  @Test("what the API server and Go print of one", arguments: SecretLayouts.complaints)
  func complaints(layout: String) { check(layout, Self.word) }

  @Test(
    "bytes as numbers",
    arguments: ["map[a:[104 117 110 116] b:[51 50 49]]", "Data:map[a:[104 117 110 116"])
  func numbers(layout: String) {
    let text = "\(ForeignText(layout))"
    #expect(!text.contains("117") && !text.contains("50"), "\(text)")
  }

  @Test("markup", arguments: SecretLayouts.markup)
  func markup(layout: String) { check(layout, Self.word) }

  @Test("a name and a value beside each other", arguments: SecretLayouts.entries)
  func entries(layout: String) { check(layout, Self.word) }

  @Test("statements of SQL", arguments: SecretLayouts.statements)
  func statements(layout: String) { check(layout, Self.word) }

  @Test("keys that are encoded, and columns of tabs", arguments: SecretLayouts.spellings)
  func spellings(layout: String) { check(layout, Self.word) }

  @Test("rows, by the names of their columns", arguments: SecretLayouts.rows)
  func rows(layout: String) { check(layout, Self.word) }

  @Test("objects, by what is said of them", arguments: SecretLayouts.objects)
  func objects(layout: String) { check(layout, Self.word) }

  @Test("objects that are told of after them", arguments: SecretLayouts.encodedObjects)
  func encodedObjects(layout: String) { check(layout, Self.encoded) }

  @Test(
    "rows and objects of others stay", arguments: SecretLayouts.keptRows + SecretLayouts.keptObjects
  )
  func keptObjects(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }

  @Test("arguments", arguments: SecretLayouts.commands)
  func commands(layout: String) { check(layout, Self.word) }

  @Test("names", arguments: SecretLayouts.names)
  func names(name: String) {
    check("\(name)=CANARY", Self.word)
    check("\(name): CANARY", Self.word)
    check("{\"\(name)\":\"CANARY\"}", Self.word)
  }

  @Test("addresses", arguments: SecretLayouts.addresses)
  func addresses(layout: String) { check(layout, "Zq038dxYw9ab") }

  @Test("what is said", arguments: SecretLayouts.said)
  func said(layout: String) {
    check(layout, "swordfish")
    check(layout, "hunter2")
  }

  @Test(
    "a word that is no word of a language",
    arguments: [
      "use the password CANARY to log in", "user bob, password CANARY", "the password (is CANARY)",
      "password changed from CANARY to CANARY",
    ])
  func saidBeside(layout: String) { check(layout, "hunter2") }

  @Test("lines of one text, as many as before")
  func linesOfText() {
    var redactor = Redactor()
    let lines = [
      "data:", "  a: b", "kind: Secret", "---", "data:", "  a: Zq038dxYw9a=", "kind: ConfigMap", "",
      "-----BEGIN KEY-----", "MIIE", "-----END KEY-----", "token: x", "",
    ]
    #expect(
      redactor.redacted(lines: lines) == [
        "data:", "  a: [redacted]", "kind: Secret", "---", "data:", "  a: Zq038dxYw9a=",
        "kind: ConfigMap", "", "[redacted]", "[redacted]", "[redacted]", "token: [redacted]", "",
      ])
  }

  @Test("what is said of a secret stays", arguments: SecretLayouts.states)
  func states(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }

  @Test("a value after such a word does not", arguments: SecretLayouts.noStates)
  func noStates(layout: String) { check(layout, "Hunter2Zq038") }

  @Test("operands", arguments: SecretLayouts.operands)
  func operands(layout: String) { check(layout, Self.word) }

  @Test(
    "operands of programs, words of a language, too", arguments: SecretLayouts.operandsOfPrograms)
  func operandsOfPrograms(layout: String) {
    check(layout, Self.word)
    check(layout, "correcthorse")
  }

  @Test("grants", arguments: SecretLayouts.grants)
  func grants(layout: String) { check(layout, "correcthorse") }

  @Test("what a sentence names further on", arguments: SecretLayouts.namedFurther)
  func namedFurther(layout: String) { check(layout, "Hunter2Zq038") }

  @Test("hashes", arguments: SecretLayouts.hashes)
  func hashes(layout: String) { check(layout, "Hunter2Zq038") }

  @Test("names of codes and keys", arguments: SecretLayouts.namesOfCodes)
  func namesOfCodes(name: String) { names(name: name) }

  @Test("names of two words", arguments: SecretLayouts.pairs)
  func pairs(layout: String) { check(layout, Self.word) }

  @Test("what stands like those stays", arguments: SecretLayouts.keptBeside)
  func keptBeside(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }

  @Test("but other words stay", arguments: SecretLayouts.kept)
  func kept(text: String) { #expect("\(ForeignText(text + "\n"))" == text + "\n") }

  @Test(
    "words of a command line",
    arguments: [
      (["mysql", "-pCANARY", "db"], ["mysql", "-p[redacted]", "db"]),
      (["/usr/bin/mysql", "-p", "CANARY"], ["/usr/bin/mysql", "-p", "[redacted]"]),
      (["docker", "login", "-p", "two CANARY"], ["docker", "login", "-p", "[redacted]"]),
      (["mkdir", "-p", "/a/b"], ["mkdir", "-p", "/a/b"]),
      (["curl", "-ubob:a CANARY"], ["curl", "-ubob:[redacted]"]),
      (["curl", "--proxy-user", "bob:a CANARY"], ["curl", "--proxy-user", "bob:[redacted]"]),
      (["sqlplus", "-s", "scott/CANARY@db"], ["sqlplus", "-s", "scott/[redacted]@db"]),
      (["--from-literal=a=two CANARY", "x"], ["--from-literal=a=[redacted]", "x"]),
      (["--from-literal", "a=two CANARY"], ["--from-literal", "a=[redacted]"]),
    ])
  func words(words: [String], expected: [String]) {
    #expect(redactedWords(words.map { $0.replacing("CANARY", with: Self.word) }) == expected)
  }

  @Test("answers of kubectl and cub stay readable", arguments: Recording.texts())
  func recordings(path: String) throws {
    let text = try Recording.text(path)
    #expect("\(ForeignText(text))" == text)
  }
}
