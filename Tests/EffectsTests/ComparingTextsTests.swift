import Testing
import Wizard

@testable import Effects

@Suite("Two texts beside each other")
struct ComparingTextsTests {
  @Test(
    "Line by line: whatever they are, what is marked gives both back",
    arguments: [
      ("", ""), ("a", ""), ("", "a"), ("a b c", "a b c"), ("a b c", "a x c"), ("a b c", "c b a"),
      ("a a b", "a b b"), ("x a b c", "a b c y"),
    ])
  func lines(theirs: String, ours: String) {
    let (theirs, ours) = (theirs.split(separator: " "), ours.split(separator: " "))
    let lines = LineDifference(from: theirs.map(String.init), to: ours.map(String.init)).lines
    #expect(lines.filter { $0.sort != .onlyHere }.map(\.text) == theirs.map(String.init))
    #expect(lines.filter { $0.sort != .onlyInConfigHub }.map(\.text) == ours.map(String.init))
  }

  @Test("By what they say: three changes are told, the others counted, secrets never")
  func changes() {
    func yaml(_ replicas: Int, _ image: String, _ more: String = "") -> String {
      "kind: Deployment\nspec:\n  replicas: \(replicas)\n  image: \(image)\n\(more)"
    }
    #expect(ChangedLines(from: yaml(3, "a"), to: yaml(3, "a")).words.isEmpty)
    #expect(
      ChangedLines(from: yaml(3, "a"), to: yaml(5, "a")).words == "spec.replicas: 3 is now 5")
    #expect(
      ChangedLines(from: yaml(3, "a"), to: yaml(5, "a"), besidesReplicasOf: [0]).words.isEmpty)
    #expect(
      ChangedLines(from: yaml(3, "a"), to: yaml(3, "a", "  paused: true\n")).words
        == "spec.paused: true is new")
  }
}
