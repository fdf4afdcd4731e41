import Testing
import Wizard

@testable import Sync

@Suite("A state here, and the one in ConfigHub")
struct ComparisonTests {
  private static let base = SyncState(
    space: "s", unit: "u", revision: 4, dataHash: "h4", digest: "x", generation: 7, copy: "aa")

  private static func mine(_ digest: String, _ generation: Int = 7) -> SharedMark {
    SharedMark(lineage: "a", generation: generation, digest: digest, copy: "aa")
  }

  private static func theirs(
    _ digest: String, _ generation: Int = 7, by copy: String? = "bb", lineage: String = "a"
  ) -> SharedMark {
    SharedMark(lineage: lineage, generation: generation, digest: digest, copy: copy)
  }

  private static func head(_ revision: Int, _ hash: String? = nil) -> SessionHead {
    SessionHead(
      revision: revision, dataHash: hash ?? "h\(revision)", version: 9, hold: Hold(epoch: 2))
  }

  @Test(
    "Which of the two went on is told by lineage, revision, DataHash and digest",
    arguments: [
      (mine("x"), theirs("x"), head(4), base, .equal),
      (mine("y", 8), theirs("y", 3), head(9), nil, .equal),
      (mine("y", 8), theirs("x"), head(4), base, .upload),
      (mine("x"), theirs("z"), head(5), base, .takeOver),
      // An earlier generation, restored there: it came from what is there all the same.
      (mine("x"), theirs("z", 2), head(5), base, .takeOver),
      (mine("y", 8), theirs("z"), head(5), base, .bothWentOn),
      (mine("y", 8), theirs("z", 99), head(5), base, .bothWentOn),
      // A unit that was deleted and made anew has the same revision.
      (mine("y", 8), theirs("z"), head(4, "other"), base, .bothWentOn),
      (mine("y", 8), theirs("z"), head(4), nil, .bothWentOn),
      // What we brought there ourselves, and the answer got lost.
      (mine("y", 8), theirs("z", 8, by: "aa"), head(5), base, .upload),
      (mine("x", 8), theirs("z", 8, by: "aa"), head(5), base, .upload),
      (mine("y", 8), theirs("z", 9, by: "aa"), head(5), base, .bothWentOn),
      (mine("y", 8), theirs("z", 8, by: nil), head(5), base, .bothWentOn),
      (mine("x"), theirs("y"), head(4), base, .equal),
      (mine("x"), theirs("x", lineage: "b"), head(4), base, .anotherLineage),
    ] as [(SharedMark, SharedMark, SessionHead, SyncState?, SessionComparison)])
  func compares(
    local: SharedMark, remote: SharedMark, head: SessionHead, base: SyncState?,
    wanted: SessionComparison
  ) {
    #expect(SessionComparison(local: local, remote: remote, head: head, base: base) == wanted)
  }
}
