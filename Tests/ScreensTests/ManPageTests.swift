import FoundationEssentials
import TerminalText
import Testing

@testable import Screens

@Test("The man page's keys are those of the table")
func manPageKeys() throws {
  let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  let page = try String(contentsOfFile: root + "/man/map-import.1", encoding: .utf8)
  let keys = Binding.table.map { binding in
    let names = binding.keys.map {
      $0.name.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    }
    return ".TP\n.B \(names.joined(separator: ", "))\n\(binding.help)"
  }.joined(separator: "\n")
  let start = try #require(page.firstRange(of: ".SH KEYS\n")?.upperBound)
  let end = try #require(page.firstRange(of: ".SH WITHOUT A TERMINAL")?.lowerBound)
  #expect(page[start..<end] == keys + "\n", "The section KEYS has to be:\n\(keys)")
}

@Test("No key means two things on one screen", arguments: Scope.allCases)
func keysAreUnambiguous(_ scope: Scope) {
  var seen: Set<Key> = []
  for binding in Binding.table where binding.scopes.contains(scope) {
    for key in binding.keys {
      #expect(seen.insert(key).inserted, "\(key.name) is bound twice in \(scope)")
    }
  }
}
