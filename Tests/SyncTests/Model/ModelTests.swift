import TestWorld
import Testing

@testable import Sync

/// Three machines that lose, delay, double and reorder what they say to ConfigHub, crash, and have their
/// clocks a day apart: 10,000 schedules at random, a million with MAP_IMPORT_SWEEP=1.
@Suite("Sessions in ConfigHub, as a model")
struct ModelTests {
  private static let count = 10_000

  @Test("No state is lost, nobody drives beside another, and all come to one state")
  func contract() throws {
    let found = try inParallel(Sweep.isFull ? 100 * Self.count : Self.count, from: [String]()) {
      $0 = Array(($0 + $1).prefix(5))
    } _: { seed, found in
      if found.count < 5, let violation = Schedule.run(UInt64(seed), .contract) {
        found.append("schedule \(seed): \(violation)")
      }
    }
    #expect(found == [])
  }

  @Test("A machine alone never finds that somebody else went on, whatever it does not hear")
  func alone() {
    let found = (0..<Self.count / 5).lazy
      .compactMap { Schedule.run(UInt64($0), .contract, machines: 1) }.first
    #expect(found == nil, "\(found?.description ?? "")")
  }

  @Test("What breaks the contract is found by as many schedules", arguments: ModelPolicy.mutants)
  func mutants(name: String, policy: ModelPolicy) {
    let found = (0..<Self.count).lazy.compactMap { Schedule.run(UInt64($0), policy) }.first
    #expect(found != nil, "\(name) is not found")
  }
}
