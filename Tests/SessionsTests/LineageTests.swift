import Testing

@testable import SessionFormat

@Suite("What ours came from, and what is there now")
struct LineageTests {
  private static func mark(
    _ generation: Int, _ digest: String?, _ lineage: String = "a"
  ) -> StateMark {
    StateMark(lineage: lineage, generation: generation, digest: digest)
  }

  @Test(
    "Which of the two went on is told by lineage, generation and digest",
    arguments: [
      (mark(3, "x"), mark(3, "x"), Lineage.same),
      (mark(3, nil), mark(3, "x"), .same),
      (mark(3, "x"), mark(4, "y"), .ahead),
      (mark(3, "x"), mark(4, "x"), .ahead),
      (mark(3, "x"), mark(4, nil), .ahead),
      (mark(3, "x"), mark(3, "y"), .diverged),
      (mark(3, "x"), mark(2, "x"), .diverged),
      (mark(3, "x"), mark(3, nil), .diverged),
      (mark(3, nil), mark(3, nil), .diverged),
      (mark(3, "x"), mark(3, "x", "b"), .foreign),
      (mark(3, "x"), mark(9, "y", "b"), .foreign),
    ])
  func compares(base: StateMark, found: StateMark, wanted: Lineage) {
    #expect(Lineage.compare(base, found) == wanted)
  }
}
