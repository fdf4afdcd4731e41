import Glibc
import TestWorld
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// Session files from anywhere: whatever is in one, reading it ends, and soon, and what is taken
/// for sound is what was written.
@Suite("A hostile session file")
struct MutationTests {
  /// A million take some minutes and are asked for.
  static let count = Sweep.isFull ? 1_000_000 : 5_000

  @Test("does no harm, and is believed only with the right digest", .timeLimit(.minutes(60)))
  func mutations() throws {
    var bare = Session(
      id: Golden.id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b",
      createdAt: Timestamp(seconds: 1_767_969_022))
    bare.generation = 3
    let seeds =
      try Golden.both().map(\.bytes) + [SessionCodec.encode(SessionDocument(session: bare))]
    let begun = seconds()
    let batch = 500
    let verdicts = try inParallel(
      Self.count / batch, from: Verdicts(), adding: Verdicts.add
    ) { index, sum in
      var mutator = Mutator(seed: UInt64(index), seeds)
      for number in 0..<batch {
        let (bytes, kinds, isSealed) = mutator.next()
        let start = secondsOfWork()
        let decoded = Result { try SessionCodec.decode(bytes, named: Golden.id) }
        let verdict = Verdict(decoded)
        sum.counts[verdict, default: 0] += 1
        if verdict == .sound, !isIntact(bytes) {
          sum.note("\(index).\(number): \(kinds), sealed: \(isSealed)")
        }
        if case .success((let document, _)) = decoded, number % 8 == 0 { use(document) }
        sum.longest = max(sum.longest, secondsOfWork() - start)
      }
    }
    let time = Int(seconds() - begun)
    print(
      "damage, \(Self.count) mutations: \(verdicts); longest \(verdicts.longest) s; \(time) s")
    #expect(verdicts.counts.values.reduce(0, +) == Self.count)
    #expect(verdicts.wrong == [])
    #expect(verdicts[.sound] > Self.count / 100)
    #expect(verdicts[.edited] > Self.count / 100)
    #expect(verdicts.longest < 2)
  }

  /// What is done with a session that was found: none of it may fail for what is in it.
  private func use(_ document: SessionDocument) {
    var next = document
    next.session.generation += 1
    for index in next.session.operations.indices { next.session.operations[index].attempt += 1 }
    _ = try? SessionCodec.encode(next)
    let report = StatusReport(
      header: SessionHeader(document.session), at: Timestamp(seconds: 1_800_000_000))
    _ = (report.text, report.json)
  }
}
