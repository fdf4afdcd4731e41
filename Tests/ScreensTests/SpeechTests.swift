import Testing
import Wizard

@testable import Screens

@Suite("What can be done is said in the words of the front")
struct SpeechTests {
  @Test("Every front has a name for what can be done, but for tabs on plain lines")
  func names() {
    for action in Way.Action.allCases {
      #expect(Speech.keys.name(of: action) != nil, "\(action)")
      #expect((Speech.words.name(of: action) == nil) == (action == .look), "\(action)")
    }
  }

  @Test("A sentence goes on with what can be done; the tool's own words are left as they are")
  func sentences() {
    let ways = [Way.retry, Way(.look, "looks at it"), Way(.goOn, "goes on")]
    #expect(
      Speech.keys.told("No unit was created.", ways)
        == "No unit was created; r tries again, 1 or 2 looks at it, enter goes on.")
    #expect(
      Speech.words.told("error: EOF", ways)
        == "error: EOF - the word retry tries again, an empty line goes on.")
    #expect(Speech.words.told("It is held.", [Way(.look, "looks at it")]) == "It is held.")
  }

  @Test("No sentence of the wizard names a key", arguments: Shot.all)
  func noKeys(shot: Shot) {
    let said = [shot.state.notice, shot.state.problem?.message].compactMap(\.self)
    let keys = Binding.table.flatMap(\.keys).map(\.name)
    for sentence in said {
      let words = Set(
        sentence.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init))
      // Words of the language are no keys.
      let named = words.intersection(keys).subtracting([
        "a", "A", "I", "space", "left", "right", "up",
      ])
      #expect(named.isEmpty || named.allSatisfy { $0.allSatisfy(\.isNumber) }, "\(sentence)")
    }
  }
}
