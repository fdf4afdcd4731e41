import Testing
import Wizard

@Suite("Who drives a session")
struct HoldTests {
  private let alex = Holder(user: "alex@example.com", host: "desk", copy: "9f2c41d7")
  private let bo = Holder(user: "bo", host: "lap", copy: "11aa22bb")
  private let now: Timestamp

  init() throws { now = try #require(Timestamp(rfc3339: "2026-01-09T14:30:22Z")) }

  @Test("Taking over and handing over make a new epoch each time")
  func changes() throws {
    let first = Hold(epoch: 1, holder: alex, since: now)
    let second = try #require(first.taken(by: bo, at: now))
    let free = try #require(second.released(to: "cy", at: now))
    #expect([first, second, free].map(\.epoch) == [1, 2, 3])
    #expect(first.standing(of: alex.copy, in: 1) == .holding)
    #expect(second.standing(of: alex.copy, in: 1) == .lost(to: bo, since: now))
    #expect(second.standing(of: alex.copy, in: nil) == .heldBy(bo, since: now))
    // The answer to its claim got lost.
    #expect(second.standing(of: bo.copy, in: nil) == .holding)
    #expect(second.standing(of: nil, in: nil) == .heldBy(bo, since: now))
    #expect(free.standing(of: bo.copy, in: nil) == .free(handedTo: "cy"))
    #expect(free.standing(of: bo.copy, in: 2) == .lost(to: nil, since: now))
    #expect(Hold(epoch: Hold.largestEpoch).taken(by: bo, at: now) == nil)
    // Two copies on one machine are two.
    let other = Holder(user: alex.user, host: alex.host, copy: "other")
    #expect(first.standing(of: other.copy, in: nil) == .heldBy(alex, since: now))
  }

  @Test("The one that may only look is told by whom, and when")
  func sentences() {
    let told = Standing.lost(to: bo, since: now).sentence(in: .utc)
    #expect(
      told
        == "bo on lap took it over at 2026-01-09 14:30 UTC: it can only be looked at here. What was "
        + "done here is kept.")
    #expect(
      Standing.heldBy(alex, since: now).sentence(in: .utc)
        == "alex@example.com on desk has it, since 2026-01-09 14:30 UTC.")
    #expect(Standing.holding.sentence(in: .utc) == nil)
    for standing in [
      Standing.free(handedTo: nil), .free(handedTo: "bo"), .heldBy(bo, since: nil),
      .lost(to: nil, since: nil),
    ] {
      #expect(!standing.mayDrive && standing.sentence(in: .utc)?.hasSuffix(".") == true)
    }
  }

  @Test("It comes back from the annotations as it went there")
  func annotations() {
    for hold in [
      Hold(epoch: 4, holder: alex, since: now), Hold(epoch: 5, since: now, handedTo: "cy"),
      Hold(epoch: 0),
    ] {
      #expect(Hold(annotations: hold.annotations) == hold)
      #expect(hold.annotations.keys.allSatisfy(Hold.annotationKeys.contains))
    }
    #expect(Hold(annotations: [:]) == Hold(epoch: 0))
    for epoch in ["", "-1", "x", "1000000001", "99999999999999999999"] {
      #expect(Hold(annotations: ["Epoch": epoch]) == nil)
    }
  }

  @Test("Whatever a machine calls itself, the annotation is one line that can be read again")
  func hostile() throws {
    for name in ["", " ", "a b", "\n\u{1b}[2J", "é\u{301}", String(repeating: "名", count: 2000)] {
      let holder = Holder(user: name, host: name, copy: name)
      #expect(holder.text.utf8.count <= 1024)
      #expect(!holder.text.contains { $0.isNewline || $0 == "\u{1b}" })
      let read = try #require(Holder(text: holder.text))
      #expect(read.text == holder.text)
    }
    #expect(Holder(text: "two words") == nil)
    #expect(Holder(text: String(repeating: "a ", count: 1000)) == nil)
  }
}
