import Screens
import TerminalText
import Wizard

/// The steps after the review, with a unit for each workload.
extension KeysBenchmark {
  /// The keys led to another screen than the one that is to be measured.
  struct Lost: Error { var place: String }

  /// Random keys while names are edited, then every answer of the world while units are created.
  mutating func units(created count: Int, _ what: String) throws -> [Comparison] {
    take(.setWorkloads(WorkloadSet(state.choosable.map(\.key)), chosen: true))
    take(.goOn)
    draw()
    let kinds: [(String, [Key])] = [
      ("move", [.up, .down]), ("page", [.pageUp, .pageDown, .home, .end]),
      ("mark all", [.character("a")]), ("undo", [.character("u")]),
    ]
    for round in 0..<400 {
      let kind = kinds[generator.next(kinds.count)]
      press(kind.1[generator.next(kind.1.count)], "select: \(kind.0)")
      if round % 20 == 0 { filter("select: filter", ["order", "web", "3"]) }
      if round % 10 == 0 {
        // On a unit: the rows above them switch the layout.
        for key in [.end, .character("e"), .character("x"), .enter] as [Key] {
          press(key, "select: edit a name")
        }
      }
    }
    try create(count)
    times = Dictionary(uniqueKeysWithValues: times.map { ("\(what), \($0.key)", $0.value) })
    return report()
  }

  private mutating func create(_ count: Int) throws {
    take(.goOn)
    while !state.canConfirm, let next = state.running.min(by: { $0.key < $1.key }) {
      take(.finished(next.key, Self.answer(next.value.work)))
    }
    guard state.canConfirm else { throw Lost(place: "\(state.session.position)") }
    let keys: [Key] = [.down, .up, .pageDown, .pageUp, .home, .end]
    draw()
    for _ in 0..<400 { press(keys[generator.next(keys.count)], "confirming: move") }
    take(.confirm)
    var answered = 0
    while answered < count {
      guard let next = state.running.min(by: { $0.key < $1.key }) else { break }
      measure("creating: an answer") { $0.take(.finished(next.key, Self.answer(next.value.work))) }
      if answered % 5 == 0 { press(keys[generator.next(keys.count)], "creating: move") }
      answered += 1
    }
  }

  private static func answer(_ work: Work) -> Outcome {
    switch work {
    case .session(.save): .saved(generation: 1)
    case .session(.findEarlierUnits): .earlierUnits([:])
    case .read(.readSignIn):
      .signIn(.signedIn(HubIdentity(server: "https://hub", organization: "o", user: "u")))
    case .read(.listUnits): .units([:])
    case .read(.prepareUnit):
      .prepared(UnitContent(yaml: "a: b", digest: "d", sources: []), existing: nil)
    case .change(.createUnit(let unit, _, _, _)), .change(.updateUnit(let unit, _, _, _)):
      .changed(.done(id: unit.slug, version: 1, slug: nil))
    case .change(.createSpace): .changed(.done(id: "space", version: nil, slug: nil))
    default: .paused
    }
  }
}
