import Testing
import Wizard

/// What makes no sense where it is asked for changes nothing, and says so.
struct RefusalTests {
  /// What makes sense in a place, by the names of the events; everything else does not.
  static let sensible: [Place: String] = [
    .starting: "", .opening: "", .prompt: "resume startNew deleteAndStartNew",
  ]

  @Test("What makes no sense changes nothing but the notice", arguments: sensible.keys)
  func refused(place: Place) {
    let run = place.arrive().run
    let sensible = Set((Self.sensible[place] ?? "").split(separator: " ").map(String.init))
    var tried = 0
    for event in Keys.all(run.state) where !sensible.contains(event.name) {
      tried += 1
      var expected = run.state
      let (after, effects) = reduce(run.state, event, at: run.clock)
      expected.reply = after.reply
      #expect(after == expected, "\(event)")
      #expect(effects.isEmpty, "\(event)")
      let isSilent = place == .left || place == .leaving || event.isFromTheWorld
      #expect(isSilent || after.notice != nil, "\(event) does nothing and does not say so")
    }
    #expect(tried > 10)
  }
}

extension Event {
  /// The name of its case.
  fileprivate var name: String { String("\(self)".prefix { $0 != "(" }) }

  fileprivate var isFromTheWorld: Bool {
    switch self {
    case .workerEnded, .workerNotLogged, .tick: true
    default: false
    }
  }
}
