import Testing
import Wizard

@Suite("What did not go as one may think")
struct SessionFactsTests {
  @Test("is said of a whole import that left nothing out: nothing")
  func none() {
    let (run, _) = Place.complete.arrive()
    #expect(SessionFacts(run.state.session).sentences == [])
  }

  @Test("names a partial scan, units that are not there, and checks that were not passed")
  func all() {
    var session = Place.complete.arrive().0.state.session
    session.scan?.leftOut = [Omission(what: "jobs", why: "forbidden", isGap: true)]
    let units = session.operations.indices.filter { session.operations[$0].kind == .createUnit }
    session.operations[units[0]].state = .skipped
    session.operations[units[1]].state = .failed
    session.operations[units[2]].state = .intent
    if let bound = session.operations.lastIndex(where: { $0.kind == .setTarget }) {
      session.operations[bound].state = .failed
    }
    session.report = Report(checks: [
      .init(subject: "a", verdict: .notVerified, detail: ""),
      .init(subject: "b", verdict: .mismatch, detail: ""),
      .init(subject: "c", verdict: .ok, detail: ""),
    ])
    #expect(
      SessionSummary(
        SessionHeader(session), age: Age(since: nil, at: session.updatedAt)
      ).facts.sentences == [
        "Partial scan: 1 not read",
        "Units: 1 skipped, 1 failed, 1 with an unknown outcome, 1 without a target",
        "Checks: 1 not as intended, 1 not verified",
      ])
  }

  @Test("says that removals were cut off, and does not call the import whole")
  func removing() throws {
    var session = Place.complete.arrive().0.state.session
    for operation in session.operations where operation.kind == .createUnit {
      session.operations.append(
        Operation(id: operation.id + "-undo", kind: .deleteUnit, key: operation.key))
    }
    func summary() -> SessionSummary {
      SessionSummary(SessionHeader(session), age: Age(since: nil, at: session.updatedAt))
    }
    #expect(summary().facts.sentences == ["Taking back: 3 removals with an unknown outcome"])
    #expect(!summary().isWhole)
    #expect(summary().whereKept?.contains("is not known") == true)
    #expect(summary().promptLines.last == "Taking back: 3 removals with an unknown outcome")
    session.recordRemoval(of: try #require(session.operations.last?.key))
    #expect(
      summary().facts.sentences == [
        "Undone: 1 of the units removed again", "Taking back: 2 removals with an unknown outcome",
      ])
    session.recordRemoval(of: Set(session.operations.map(\.key)))
    #expect(summary().facts.sentences == ["Undone: 3 of the units removed again"])
  }

  @Test("says that an import was undone, and not that its units were skipped")
  func undone() {
    var session = Place.complete.arrive().0.state.session
    for operation in session.operations where operation.kind == .createUnit {
      guard !operation.key.text.hasSuffix("app2") else { continue }
      session.operations.append(
        Operation(
          id: operation.id + "-undo", kind: .deleteUnit, key: operation.key, state: .intent))
      session.recordRemoval(of: operation.key)
    }
    #expect(
      SessionFacts(session).sentences == ["Undone: 2 of the units removed again, 1 left"])
  }
}
