import FoundationEssentials
import TestWorld
import Testing

/// That none of the store's verbs is left out of the model.
@Suite("The verbs of the store")
struct VerbTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of the Swift files below a directory.
  private func lines(of directory: String) throws -> [Substring] {
    let directory = Self.root.appending(path: directory).path()
    return try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
      .filter { $0.hasSuffix(".swift") }
      .flatMap { name in
        let data = try Data(contentsOf: URL(filePath: "\(directory)/\(name)"))
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
      }
  }

  /// The methods of the file store and of its handles that others may call, by name.
  private func verbs() throws -> Set<String> {
    var verbs: Set<String> = []
    var isStore = false
    for line in try lines(of: "Sources/SessionStore") {
      if line.first?.isWhitespace == false, line.contains("{") {
        isStore =
          line.hasPrefix("extension FileStore") || line.hasPrefix("package struct FileStore:")
          || line.hasPrefix("package final class SessionLock:")
      }
      guard isStore, let name = line.split(separator: "  package func ").first, name != line else {
        continue
      }
      verbs.insert(String(name.prefix { $0.isLetter || $0.isNumber }))
    }
    return verbs
  }

  @Test("Each verb that changes something is a word of a scenario; each other one only looks")
  func covered() throws {
    let script = try lines(of: "Tests/SessionFighter")
    let look = script.drop { !$0.contains("func look()") }.prefix { !$0.hasPrefix("  }") }
    func calls(_ lines: some Sequence<Substring>, _ verb: String) -> Bool {
      lines.contains { line in
        ["store.", "lock.", "lock?."].contains { line.contains("\($0)\(verb)(") }
      }
    }
    let words = Set(Scenario.all.flatMap(\.words).map { $0.prefix { $0 != "=" } })
    let verbs = try verbs()
    #expect(verbs.count > 20)
    for verb in verbs where !calls(look, verb) {
      #expect(words.contains(verb[...]), "no scenario of the model has \(verb)")
      #expect(calls(script, verb), "the word \(verb) does not call the verb")
    }
  }

  @Test(
    "Looking changes nothing",
    arguments: ["begin save save release", "begin save save damage release", "mkdir"])
  func looking(words: String) throws {
    let home = try TemporaryHome(isInMemory: true)
    var replay = Replay(home: home.path)
    var before: Int?
    let words = words.split(separator: " ").map(String.init) + ["look"]
    for call in try Trace.script(home, words).calls {
      let changes = replay.changes
      try replay.perform(call)
      if call.isWritten("looking") { before = changes }
      if let before { #expect(replay.changes == before, "\(call.name) \(call.arguments)") }
    }
    #expect(before != nil)
  }
}

extension SystemCall {
  /// Whether it says that on stdout.
  fileprivate func isWritten(_ word: String) -> Bool {
    guard name == "write", (try? number(0)) == 1, let text = try? text(1) else { return false }
    return text.hasPrefix(word)
  }
}
