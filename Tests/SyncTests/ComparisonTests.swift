import Testing
import Wizard

@testable import Sync

@Suite("A state here, and the one in ConfigHub")
struct ComparisonTests {
  private static let base = SyncState(
    space: "s", unit: "u", revision: 4, dataHash: "h4", digest: "x", generation: 7, epoch: 2)

  private static func mark(
    _ digest: String, _ generation: Int = 7, epoch: Int? = 1, _ lineage: String = "a"
  ) -> SharedMark {
    SharedMark(lineage: lineage, generation: generation, digest: digest, epoch: epoch)
  }

  private static func head(_ revision: Int, _ hash: String? = nil) -> SessionHead {
    SessionHead(
      revision: revision, dataHash: hash ?? "h\(revision)", version: 9, hold: Hold(epoch: 2))
  }

  @Test(
    "Which of the two went on is told by lineage, revision, DataHash and digest",
    arguments: [
      (mark("x"), mark("x"), head(4), base, SessionComparison.equal),
      (mark("y", 8), mark("y", 3), head(9), nil, .equal),
      (mark("y", 8), mark("x"), head(4), base, .upload),
      (mark("x"), mark("z"), head(5), base, .takeOver),
      // An earlier generation, restored there: it came from what is there all the same.
      (mark("x"), mark("z", 2), head(5), base, .takeOver),
      (mark("y", 8), mark("z"), head(5), base, .bothWentOn),
      (mark("y", 8), mark("z", 99), head(5), base, .bothWentOn),
      // A unit that was deleted and made anew has the same revision.
      (mark("y", 8), mark("z"), head(4, "other"), base, .bothWentOn),
      (mark("y", 8), mark("z"), head(4), nil, .bothWentOn),
      // What we brought there ourselves, and the answer got lost.
      (mark("y", 8), mark("z", 8, epoch: 2), head(5), base, .upload),
      (mark("x", 8), mark("z", 8, epoch: 2), head(5), base, .upload),
      (mark("y", 8), mark("z", 9, epoch: 2), head(5), base, .bothWentOn),
      (mark("y", 8), mark("z", 8, epoch: 3), head(5), base, .bothWentOn),
      (mark("x"), mark("y"), head(4), base, .equal),
      (mark("x"), mark("x", 7, epoch: 1, "b"), head(4), base, .anotherLineage),
    ] as [(SharedMark, SharedMark, SessionHead, SyncState?, SessionComparison)])
  func compares(
    local: SharedMark, remote: SharedMark, head: SessionHead, base: SyncState?,
    wanted: SessionComparison
  ) {
    #expect(SessionComparison(local: local, remote: remote, head: head, base: base) == wanted)
  }
}
