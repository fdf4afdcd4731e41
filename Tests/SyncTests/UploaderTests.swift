import TestWorld
import Testing
import Wizard

@Suite("When a session goes up")
struct UploaderTests {
  private static let mine = Hold(epoch: 1, holder: Holder(user: "alex", host: "desk", copy: "aa"))
  private var random = Seeded(1)

  private static func head(_ revision: Int, hold: Hold = mine) -> SessionHead {
    SessionHead(revision: revision, dataHash: "h\(revision)", version: 1, hold: hold)
  }

  private static func known(_ revision: Int?) -> SyncState {
    SyncState(
      space: "s", unit: "u", revision: revision, dataHash: revision.map { "h\($0)" }, epoch: 1,
      copy: "aa")
  }

  private mutating func uploader(_ revision: Int? = 3, isUp: Bool = true) -> Uploader {
    var uploader = Uploader(Self.known(revision), latest: 7, isUp: isUp)
    // What it is at first is said once.
    if isUp { _ = uploader.take(.tick, at: 0, using: &random) }
    return uploader
  }

  /// A state machine that has just been told to write generation 8.
  private mutating func writing() -> Uploader {
    var uploader = uploader()
    _ = uploader.take(.saved(generation: 8), at: 0, using: &random)
    _ = uploader.take(.stepDone, at: 0, using: &random)
    _ = uploader.take(.answered(call: 1, .head(Self.head(3))), at: 10, using: &random)
    return uploader
  }

  @Test("After a step the head is read, then the latest state goes up over it")
  mutating func step() {
    var uploader = uploader()
    #expect(
      uploader.take(.saved(generation: 8), at: 0, using: &random) == [.say(.behind(nil))])
    #expect(
      uploader.take(.stepDone, at: 0, using: &random) == [.readHead(call: 1), .say(.uploading)])
    #expect(uploader.take(.saved(generation: 9), at: 5, using: &random) == [])
    #expect(
      uploader.take(.answered(call: 1, .head(Self.head(3))), at: 10, using: &random)
        == [.update(call: 2, generation: 9, over: Self.head(3))])
    // One at a time, whatever is asked for meanwhile.
    #expect(uploader.take(.saved(generation: 10), at: 20, using: &random) == [])
    #expect(uploader.take(.stepDone, at: 20, using: &random) == [])
    #expect(
      uploader.take(.answered(call: 2, .uploaded(Self.head(4))), at: 500, using: &random)
        == [.note(Self.head(4), generation: 9), .wait(until: 5_000), .say(.behind(nil))])
    #expect(uploader.take(.tick, at: 4_999, using: &random) == [.wait(until: 5_000)])
    #expect(
      uploader.take(.tick, at: 5_000, using: &random) == [.readHead(call: 3), .say(.uploading)])
    #expect(
      uploader.take(.answered(call: 3, .head(Self.head(4))), at: 5_010, using: &random)
        == [.update(call: 4, generation: 10, over: Self.head(4))])
    #expect(
      uploader.take(.answered(call: 4, .uploaded(Self.head(5))), at: 6_000, using: &random)
        == [.note(Self.head(5), generation: 10), .say(.upToDate)])
    // What is kept of that is nothing to go up.
    #expect(uploader.take(.noted(generation: 11), at: 6_000, using: &random) == [])
    #expect(uploader.take(.stepDone, at: 60_000, using: &random) == [])
  }

  @Test("Who brought it there, and lost it since, is told that it was taken over")
  mutating func lostAfterFirst() {
    var state = Self.known(nil)
    state.epoch = nil
    var uploader = Uploader(state, latest: 7, isUp: false)
    _ = uploader.take(.asked, at: 0, using: &random)
    _ = uploader.take(.answered(call: 1, .head(nil)), at: 10, using: &random)
    _ = uploader.take(.answered(call: 2, .uploaded(Self.head(2))), at: 20, using: &random)
    _ = uploader.take(.saved(generation: 8), at: 30, using: &random)
    _ = uploader.take(.stepDone, at: 6_000, using: &random)
    let other = Holder(user: "bo", host: "lap", copy: "bb")
    let head = Self.head(3, hold: Hold(epoch: 2, holder: other))
    #expect(
      uploader.take(.answered(call: 3, .head(head)), at: 6_010, using: &random)
        == [.say(.stopped(.notHolding(.lost(to: other, since: nil))))])
  }

  @Test("A save alone waits for the step, a tenth unit does not")
  mutating func units() {
    var uploader = uploader()
    _ = uploader.take(.saved(generation: 8), at: 0, using: &random)
    for _ in 1...9 { #expect(uploader.take(.unitDone, at: 0, using: &random) == []) }
    #expect(uploader.take(.tick, at: 900_000, using: &random) == [])
    #expect(
      uploader.take(.unitDone, at: 0, using: &random) == [.readHead(call: 1), .say(.uploading)])
  }

  @Test("What was never there is created, and what is gone is not made again")
  mutating func absent() {
    var new = uploader(nil, isUp: false)
    #expect(
      new.take(.tick, at: 0, using: &random) == [.readHead(call: 1), .say(.uploading)])
    #expect(
      new.take(.answered(call: 1, .head(nil)), at: 1, using: &random)
        == [.create(call: 2, generation: 7)])
    var deleted = uploader(3, isUp: false)
    _ = deleted.take(.tick, at: 0, using: &random)
    #expect(
      deleted.take(.answered(call: 1, .head(nil)), at: 1, using: &random)
        == [.say(.stopped(.gone))])
    #expect(deleted.take(.stepDone, at: 99_000, using: &random) == [])
  }

  @Test("A head that nobody here has seen is compared before anything is written")
  mutating func moved() {
    var uploader = uploader(3, isUp: false)
    _ = uploader.take(.tick, at: 0, using: &random)
    #expect(
      uploader.take(.answered(call: 1, .head(Self.head(5))), at: 1, using: &random)
        == [.compare(call: 2, Self.head(5))])
    #expect(uploader.take(.saved(generation: 9), at: 2, using: &random) == [])
    #expect(
      uploader.take(
        .answered(call: 2, .compared(Self.head(5), isUp: false)), at: 3, using: &random)
        == [.update(call: 3, generation: 9, over: Self.head(5))])
    var equal = self.uploader(3, isUp: false)
    _ = equal.take(.tick, at: 0, using: &random)
    _ = equal.take(.answered(call: 1, .head(Self.head(5))), at: 1, using: &random)
    #expect(
      equal.take(.answered(call: 2, .compared(Self.head(5), isUp: true)), at: 3, using: &random)
        == [.say(.upToDate)])
  }

  @Test("Whoever finds that it was taken over writes nothing, and says by whom and when")
  mutating func takenOver() throws {
    let since = try #require(Timestamp(rfc3339: "2026-01-09T14:30:22Z"))
    let other = try #require(
      Self.mine.taken(by: Holder(user: "bo", host: "lap", copy: "bb"), at: since))
    var uploader = uploader(3, isUp: false)
    _ = uploader.take(.tick, at: 0, using: &random)
    let standing = Standing.lost(to: other.holder, since: since)
    #expect(
      uploader.take(.answered(call: 1, .head(Self.head(3, hold: other))), at: 1, using: &random)
        == [.say(.stopped(.notHolding(standing)))])
    #expect(uploader.take(.asked, at: 99_000, using: &random) == [])
    #expect(uploader.take(.exit, at: 99_000, using: &random) == [.finished(isUp: false)])
    // Or right after it has written.
    var late = writing()
    #expect(
      late.take(
        .answered(call: 2, .uploaded(Self.head(4, hold: other))), at: 1, using: &random)
        == [.note(Self.head(4, hold: other), generation: 8), .say(.stopped(.notHolding(standing)))])
  }

  @Test("What fails is tried again, later each time, and at once when ConfigHub answers")
  mutating func backoff() {
    var uploader = uploader(3, isUp: false)
    var now: Int64 = 0
    for attempt in 1...12 {
      let begun = uploader.take(.tick, at: now, using: &random)
      #expect(begun.contains(.readHead(call: attempt)))
      let failed = uploader.take(
        .answered(call: attempt, .failed("No answer.")), at: now, using: &random)
      #expect(failed.last == .say(.behind("No answer.")))
      guard case .wait(let until)? = failed.first else {
        Issue.record("it does not wait")
        return
      }
      let whole: Int64 = min(300_000, 5_000 << Int64(attempt - 1))
      #expect((whole / 2...whole).contains(until - now))
      #expect(uploader.take(.stepDone, at: until - 1, using: &random) == [.wait(until: until)])
      now = until
    }
    _ = uploader.take(.tick, at: now, using: &random)
    _ = uploader.take(.answered(call: 13, .lost("No answer.")), at: now, using: &random)
    now += 5_000
    #expect(uploader.take(.hubAnswers, at: now, using: &random).contains(.readHead(call: 14)))
  }

  @Test("After an answer that got lost the head is read again, and the late answer is not heard")
  mutating func lost() {
    var uploader = writing()
    _ = uploader.take(.answered(call: 2, .lost("No answer.")), at: 20, using: &random)
    #expect(
      uploader.take(.answered(call: 2, .uploaded(Self.head(4))), at: 30, using: &random)
        == [.wait(until: 5_000)])
    #expect(
      uploader.take(.tick, at: 60_000, using: &random) == [.readHead(call: 3), .say(.uploading)])
    #expect(
      uploader.take(.answered(call: 3, .head(Self.head(4))), at: 60_010, using: &random)
        == [.compare(call: 4, Self.head(4))])
  }

  @Test("Who was quicker is read before it is tried again")
  mutating func refused() {
    var uploader = uploader(nil, isUp: false)
    _ = uploader.take(.tick, at: 0, using: &random)
    _ = uploader.take(.answered(call: 1, .head(nil)), at: 1, using: &random)
    #expect(
      uploader.take(.answered(call: 2, .refused("It is there.")), at: 2, using: &random).last
        == .say(.behind("It is there.")))
    _ = uploader.take(.tick, at: 60_000, using: &random)
    #expect(
      uploader.take(.answered(call: 3, .head(Self.head(2))), at: 60_001, using: &random)
        == [.compare(call: 4, Self.head(2))])
  }

  @Test("A run that ends has two seconds for what is not up, and no pause keeps it from that")
  mutating func exit() {
    var done = uploader()
    #expect(done.take(.exit, at: 0, using: &random) == [.finished(isUp: true)])
    var late = writing()
    #expect(late.take(.exit, at: 100, using: &random) == [.wait(until: 2_100)])
    #expect(late.take(.tick, at: 2_099, using: &random) == [.wait(until: 2_100)])
    #expect(
      late.take(.tick, at: 2_100, using: &random)
        == [.giveUp(call: 2), .finished(isUp: false), .say(.behind(nil))])
    #expect(late.take(.stepDone, at: 9_000, using: &random) == [])

    var quick = writing()
    _ = quick.take(.saved(generation: 9), at: 90, using: &random)
    _ = quick.take(.exit, at: 100, using: &random)
    // One more, although the last was less than five seconds ago.
    #expect(
      quick.take(.answered(call: 2, .uploaded(Self.head(4))), at: 200, using: &random)
        == [.note(Self.head(4), generation: 8), .readHead(call: 3)])
    _ = quick.take(.answered(call: 3, .head(Self.head(4))), at: 300, using: &random)
    #expect(
      quick.take(.answered(call: 4, .uploaded(Self.head(5))), at: 400, using: &random)
        == [.note(Self.head(5), generation: 9), .finished(isUp: true), .say(.upToDate)])

    var failing = writing()
    _ = failing.take(.exit, at: 100, using: &random)
    #expect(
      failing.take(.answered(call: 2, .failed("No.")), at: 200, using: &random)
        == [.finished(isUp: false), .say(.behind("No."))])
  }
}
