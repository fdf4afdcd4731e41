import Screens
import Terminal
import Testing

@testable import Program

@Suite("The file of a person's settings")
struct ConfigTests {
  private func config(_ text: String) throws -> Config { try Config(Array(text.utf8)) }

  private func options(
    _ text: String, _ flags: [String] = [], _ environment: [String: String] = [:]
  ) throws -> Options {
    try Options(
      arguments: ["map-import"] + flags, environment: environment, config: config(text))
  }

  @Test("Flags beat the environment, and the environment beats the file")
  func order() throws {
    let text = """
      {"defaults": {"cub": "/file/cub", "parallel": 8, "plain": true, "stale-hours": 2}}
      """
    let file = try options(text)
    #expect(file.settings.cub == "/file/cub" && file.answers.run.parallel == 8 && file.isPlain)
    #expect(file.settings.retention.staleAfter == 7200)
    let said = ["MAP_IMPORT_CUB": "/said/cub", "MAP_IMPORT_STALE_HOURS": "3"]
    let environment = try options(text, [], said)
    #expect(environment.settings.cub == "/said/cub")
    #expect(environment.settings.retention.staleAfter == 10800)
    let flag = try options(text, ["--cub", "/flag/cub", "--parallel", "2"], said)
    #expect(flag.settings.cub == "/flag/cub" && flag.answers.run.parallel == 2)
  }

  @Test("What the file says is repeated by no command, and excludes no flag")
  func silent() throws {
    let options = try options(#"{"defaults": {"kubectl": "/file/kubectl"}}"#, ["--demo"])
    #expect(options.ownWords == ["map-import", "--demo"])
  }

  @Test(
    "What is wrong with it is a sentence with the line and what is allowed",
    arguments: [
      ("{\"colour\": 1}", "line 1: \"colour\" is not known here, only defaults and keys."),
      ("{\"defaults\": {\n\"paralel\": 1}}", "line 2: \"paralel\" is not known here, only "),
      ("{\"defaults\": {\n\"parallel\": 99}}", "line 2: parallel is a number from 1 to 32"),
      ("{\"defaults\": {\n\"plain\": 1}}", "line 2: \"plain\" is true or false."),
      (
        "{\"defaults\": {\"stale-hours\": \"x\"}}",
        "line 1: \"stale-hours\" is a whole number of hours from 1 to 100000"
      ),
      ("{\"defaults\": {\"cub\": \"\"}}", "line 1: \"cub\" is a text or a number, and not empty."),
      ("{\"keys\": {\n\n\"fly\": \"f\"}}", "line 3: \"fly\": is no action; those there are: "),
      ("{\"keys\": {\"retry\": \"F99\"}}", "line 1: \"retry\": \"F99\" is no key: it is one "),
      ("{\"keys\": {\"retry\": \"q\"}}", "line 1: \"retry\": q is the key of leave in the same "),
      ("{\"keys\": {\"retry\": []}}", "line 1: \"retry\": needs a key."),
      ("{\"keys\": {\"retry\": 1}}", "line 1: \"retry\" is the name of a key, or a list of "),
      ("{\"keys\": {\"keep-filter\": \"x\"}}", "line 1: \"keep-filter\": x is text there"),
      ("{", "line 1: "), ("[]", "line 1: {…} is expected here."), ("", "line 1: "),
      ("{\"keys\": 1, \"keys\": 2}", "line 1: "),
    ])
  func problems(_ text: String, _ sentence: String) {
    do {
      _ = try options(text)
      Issue.record("\(text) is taken")
    } catch let error as UsageError {
      #expect(
        error.sentence.hasPrefix("~/.confighub/map-import/config.json, \(sentence)"),
        "\(error.sentence)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("Keys can change places, and all that can be set is printed with what set it")
  func printed() throws {
    let config = try config(
      #"{"keys": {"retry": "o", "sort": ["r"], "open": "O", "reverse": "Y"}}"#)
    #expect(config.keyNames == ["open", "retry", "reverse", "sort"])
    let set = try self.config("{\"defaults\": {\n\"parallel\": 8}}")
    let text = set.text(["NO_COLOR": "1"])
    #expect(text.contains("parallel                8  (line 2)"), "\(text)")
    #expect(text.contains("no-color                true  (NO_COLOR)"))
    for flag in Flag.table where Config.settable.contains(flag.name) {
      #expect(text.contains("  \(flag.long) "), "\(flag.long)")
    }
    #expect(text.contains("  leave-out "))
  }

  @Test("A skin names tones, and its mistakes are sentences, too")
  func skin() throws {
    let skin = try Skin(Array(#"{"good": "bright-green", "bad": 203, "muted": "default"}"#.utf8))
    #expect(skin == Skin([.good: .number(10), .bad: .number(203), .muted: .own]))
    for (text, sentence) in [
      ("{\"nice\": 1}", "only accent, bad, good, muted, warning."),
      ("{\n\"bad\": 256}", "line 2: \"bad\" is a number from 0 to 255, default, or one of black, "),
      ("{\"bad\": \"pink\"}", "line 1: \"bad\" is a number"),
    ] {
      let error = #expect(throws: UsageError.self) { try Skin(Array(text.utf8)) }
      #expect(error?.sentence.contains(sentence) == true, "\(error?.sentence ?? "taken")")
    }
  }
}
