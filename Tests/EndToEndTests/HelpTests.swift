import FoundationEssentials
import TestWorld
import Testing

private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

/// The long flags that a text names.
private func flags(in text: String) -> Set<String> {
  Set(
    text.replacing("\\-", with: "-").split { !($0.isLetter || $0 == "-") }.map(String.init).filter {
      $0.hasPrefix("--") && $0.count > 3
    })
}

private func words(in text: String, with prefix: String) -> Set<String> {
  Set(
    text.split { !($0.isLetter || $0 == "_") }.map(String.init).filter { $0.hasPrefix(prefix) })
}

@Test("The man page, the README and --help name the same flags, statuses and files")
func manPageAgrees() throws {
  let help = try Import().run(["--help"])
  #expect(help.status == 0)
  let verbs = try Import().run(["sessions", "--help"])
  #expect(verbs.status == 0)
  let page = try String(contentsOfFile: root + "/man/map-import.1", encoding: .utf8)
  let options = page.split(separator: ".SH OPTIONS")[1].split(separator: ".SH KEYS")[0]
  #expect(flags(in: String(options)) == flags(in: help.stdout))
  let readme = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
  let foreign: Set<String> = [
    "--strict", "--recursive", "--filter", "--static-swift-stdlib", "--product",
  ]
  let all = flags(in: help.stdout).union(flags(in: verbs.stdout))
  #expect(flags(in: readme).subtracting(foreign).isSubset(of: all))
  let sessions = page.split(separator: ".SH SESSIONS")[1].split(separator: ".SH FILES")[0]
  let onlyThere = flags(in: verbs.stdout).subtracting(flags(in: help.stdout))
  #expect(flags(in: String(sessions)).isSuperset(of: onlyThere) && !onlyThere.isEmpty)
  #expect(flags(in: String(sessions)).isSubset(of: all))
  for variable in words(in: page, with: "MAP_IMPORT_") {
    #expect(help.stdout.contains(variable), "--help does not name \(variable)")
  }
  for status in ["130, 143", "129"] {
    #expect(help.stdout.contains(status) && readme.contains(status))
  }
}

@Test("--version says the version and nothing else")
func version() throws {
  let result = try Import().run(["--version"])
  #expect(result.status == 0)
  #expect(result.stdout.hasPrefix("map-import 0."))
}
