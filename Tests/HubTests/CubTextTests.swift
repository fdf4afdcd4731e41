import ForeignText
import Testing

@testable import Hub

@Suite("What cub prints for people")
struct CubTextTests {
  static let help = """
    Manage units.

    Usage:
      cub unit [command]

    Available Commands:
      create      Create a unit
      get         Get details about a unit

    Flags:
      -h, --help   help for unit

    Use "cub unit [command] --help" for more information about a command.
    """

  @Test("Colours, prefixes and notices are no part of an error's words")
  func words() {
    let printed = """
      Flag --json has been deprecated, use -o json
      \u{1B}[31;1mFailed: HTTP 403 for req 7c61: no
      Detailed message: never\u{1B}[0m

      """
    #expect(
      CubText.words(of: ForeignText(printed)).quote
        == "HTTP 403 for req 7c61: no Detailed message: never")
  }

  @Test("A secret takes its own line of an error's words, and no reason after it")
  func secrets() {
    let printed = """
      Failed: HTTP 403 for req 7c61: no
        Authorization: Bearer abcdefgh
        env:
        - name: DB_PASSWORD
          value: abcdefgh
      Detailed message: never

      """
    #expect(
      CubText.words(of: ForeignText(printed)).quote
        == "HTTP 403 for req 7c61: no Authorization: [redacted] env: - name: DB_PASSWORD "
        + "value: [redacted] Detailed message: never")
  }

  @Test(
    "Every escape sequence goes, and the text around it stays",
    arguments: [
      "a\u{1B}[2Jb", "a\u{1B}]0;title\u{07}b", "a\u{1B}]8;;http://x\u{1B}\\b", "a\u{1B}Mb",
      "a\u{9B}31mb", "a\u{07}\u{08}\u{7F}b", "a\r\u{85}b", "a\u{1B}P1$r\u{9C}b",
    ])
  func escapes(text: String) { #expect(CubText.withoutEscapes(text) == "ab") }

  @Test("An unfinished escape sequence ends with the text")
  func unfinished() {
    #expect(CubText.withoutEscapes("a\u{1B}[31") == "a")
    #expect(CubText.withoutEscapes("a\u{1B}") == "a")
    #expect(CubText.withoutEscapes("a\u{1B}]0;b") == "a")
  }

  @Test("A long complaint is cut")
  func long() {
    let words = CubText.words(
      of: ForeignText("Failed: " + String(repeating: "x", count: 10_000))
    ).quote
    #expect(words.count == 601)
    #expect(words.hasSuffix("x…"))
  }

  @Test("Help is told from configuration that speaks of help")
  func help() {
    #expect(CubText.isHelp(ForeignText(CubTextTests.help)))
    let manifest = CubTextTests.help.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    " + $0 }.joined(separator: "\n")
    #expect(!CubText.isHelp(ForeignText("data:\n  readme: |\n" + manifest)))
    #expect(!CubText.isHelp(ForeignText("Usage:\n  kubectl get\n")))
    #expect(!CubText.isHelp(ForeignText("")))
  }

  @Test("The table of auth status is read by its first column")
  func rows() {
    let rows = CubText.rows(
      of: ForeignText(
        "Status             Authenticated  \nOrganization Name    Acme Inc\nUser\tme@example.com\n")
    )
    #expect(
      rows == [
        "Status": "Authenticated", "Organization Name": "Acme Inc", "User": "me@example.com",
      ])
  }

  @Test("A create's sentence gives the id, and no name that the server confirmed")
  func announcement() {
    #expect(
      RemoteEntity(announcement: ForeignText("Successfully created unit Api (5e1b-77)\n"))
        == RemoteEntity(id: "5e1b-77"))
    #expect(
      RemoteEntity(announcement: ForeignText("Successfully updated unit api (5e1b-77)"))
        == RemoteEntity(id: "5e1b-77"))
    #expect(RemoteEntity(announcement: ForeignText("Successfully created unit api ()")) == nil)
    #expect(RemoteEntity(announcement: ForeignText("Successfully cre")) == nil)
    #expect(RemoteEntity(announcement: ForeignText(CubTextTests.help)) == nil)
  }
}
