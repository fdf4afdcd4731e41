import FoundationEssentials
import TerminalText
import Testing

@testable import Screens

@Test("The man page's keys are those of the table")
func manPageKeys() throws {
  let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  let page = try String(contentsOfFile: root + "/man/map-import.1", encoding: .utf8)
  let keys = Binding.Section.allCases.map { section in
    ([".SS \(section.rawValue)"]
      + section.bindings.map { binding in
        let names = binding.keys.map {
          $0.name.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        }
        return ".TP\n.B \(names.joined(separator: ", "))\n\(binding.help)"
      }).joined(separator: "\n")
  }.joined(separator: "\n")
  let start = try #require(page.firstRange(of: ".SH KEYS\n")?.upperBound)
  let end = try #require(page.firstRange(of: ".SH WITHOUT A TERMINAL")?.lowerBound)
  #expect(page[start..<end] == keys + "\n", "The section KEYS has to be:\n\(keys)")
}

/// The first column of README's table of keys, each in backquotes, is what this looks at.
@Test("README names every key of the table, and none besides")
func readmeKeys() throws {
  let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  let readme = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
  let start = try #require(readme.firstRange(of: "### Keys\n")?.upperBound)
  let end = try #require(readme[start...].firstRange(of: "\n### ")?.lowerBound)
  var named: Set<String> = []
  for line in readme[start..<end].split(separator: "\n") where line.hasPrefix("| `") {
    let cell = String(line).replacing("\\|", with: "¦").split(separator: "|").first ?? ""
    for (number, part) in cell.split(separator: "`").enumerated() where !number.isMultiple(of: 2) {
      named.insert(String(part).replacing("¦", with: "|"))
    }
  }
  let bound = Set(Binding.table.flatMap { $0.keys.map(\.name) })
  #expect(named.subtracting(bound) == [], "not in the table")
  #expect(bound.subtracting(named) == [], "not in README")
}

@Test(
  "A character is bound in a text only for the help", arguments: Focus.allCases.filter(\.isText))
func fieldsTakeText(_ focus: Focus) {
  let characters = focus.bindings.flatMap(\.keys).filter {
    if case .character = $0 { true } else { false }
  }
  #expect(characters == [.character("?")])
}

@Test("No key means two things on one screen", arguments: Focus.allCases)
func keysAreUnambiguous(_ focus: Focus) {
  var seen: Set<Key> = []
  for binding in focus.bindings {
    for key in binding.keys {
      #expect(seen.insert(key).inserted, "\(key.name) is bound twice in \(focus)")
    }
  }
}
