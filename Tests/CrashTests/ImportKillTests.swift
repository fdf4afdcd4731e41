import Subprocess
import TestWorld
import Testing
import Wizard

extension CrashTests {
  @Test(
    "An import that is killed before any of its system calls is finished by the next start",
    arguments: [Import.Size.one, .seven])
  func killedImport(_ size: Import.Size) throws {
    let clean = try inParallel([1, 2]) { _ in
      let run = try Import(size)
      return (calls: try run.calls(), things: try run.hub().things)
    }
    let calls = try #require(clean.map(\.calls).min())
    let things = try #require(clean.first?.things)
    #expect(things.filter { $0.hasSuffix(" bound") }.count == size.units)
    #expect(clean.filter { $0.things != things }.isEmpty)

    let numbers = Sweep.sample(Array(1...calls), every: calls / 6)
    let points = try inParallel(numbers) { number in
      try killedImport(size, before: number, things)
    }
    Summary.add("kill \(size.rawValue) (of \(calls))", points)
    points.expectAllGood()
  }

  private func killedImport(
    _ size: Import.Size, before number: Int, _ things: [String]
  ) throws -> Point {
    // No two runs make the same calls in the same order, nor as many: one may be over before, and
    // then an earlier call is tried.
    for number in (0..<5).map({ max(1, number - $0 * number / 40) }) {
      let run = try Import(size)
      let killed = try run.start(killBefore: number)
      if killed.ending == .exited(0) { continue }
      let complaints = try complaints(about: run, things)
      return Point(
        what: "killed before call \(number)", fired: killed.ending == .exited(128 + 9),
        complaints: complaints)
    }
    return Point(what: "killed before call \(number)", fired: false, complaints: [])
  }

  private func complaints(about run: Import, _ things: [String]) throws -> [String] {
    var complaints: [String] = []
    let store = try run.home.store()
    let left = try store.read()
    let promised = run.promisedGeneration
    let generation = left.found?.document.session.generation ?? 0
    if !(promised...promised + 1).contains(generation) {
      complaints.append("generation \(promised) was promised, \(generation) is there")
    }
    // Of a run that was killed before its first save there is nothing to be found.
    if generation > 0, !left.warnings.isEmpty { complaints.append("\(left.warnings)") }

    var endings: [String] = []
    for _ in 0..<2 where endings.last != "exited(0) " {
      let completion = try run.start()
      endings.append("\(completion.ending) \(completion.errorText.unredacted)")
    }
    if endings.last != "exited(0) " { complaints.append("started again: \(endings)") }

    let session = try store.read().found?.document.session
    if session?.isComplete != true || session?.unitsCreated.count != run.size.units {
      complaints.append("the session is at \(session?.position.text ?? "nothing")")
    }
    let hub = try run.hub().things
    if hub != things { complaints.append("the hub has \(hub)") }
    let changes = Dictionary(grouping: try run.changes()) { $0 }
    for (change, times) in changes where times.count > 1 {
      complaints.append("\(times.count) times: \(change)")
    }
    for directory in ["corrupt", "conflicts"] {
      let names = run.home.names(in: "sessions/\(directory)")
      if !names.isEmpty { complaints.append("\(directory) has \(names)") }
    }
    return complaints
  }
}
