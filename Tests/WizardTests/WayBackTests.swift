import Testing
import Wizard

@Suite("How the program is called again")
struct WayBackTests {
  private let way = WayBack(
    program: ["map-import", "--demo", "--cub-timeout=7"], keeper: ["map-import", "--demo"],
    context: "a b")

  @Test("A finished session is not looked for by its cluster, where an unfinished one comes first")
  func finished() {
    var session = Session(id: "x", lineage: "x", createdAt: Timestamp(seconds: 0))
    let words = ["map-import", "--demo", "--cub-timeout=7"]
    #expect(way.resuming(session) == words + ["'--context=a b'", "--resume"])
    session.position = Position(.complete)
    #expect(way.resuming(session) == words + ["--resume"])
  }

  @Test("Sentences name commands as they are to be called; those that do already are left")
  func told() {
    #expect(
      way.told("`map-import --resume X` or `map-import --new`; map-import sessions list")
        == "`map-import --demo --cub-timeout=7 --resume X` or "
        + "`map-import --demo --cub-timeout=7 --new`; map-import --demo sessions list")
    let full = "run `\(way.startingNew.joined(separator: " "))` there"
    #expect(way.told(full) == full)
    #expect(way.told("`map-import sessions doctor`") == "`map-import --demo sessions doctor`")
    #expect(
      way.told("`map-import --dry-run`, `map-import --status X` (map-import sessions show)")
        == "`map-import --demo --cub-timeout=7 --dry-run`, "
        + "`map-import --demo --cub-timeout=7 --status X` (map-import --demo sessions show)")
    for done in [
      "`map-import --demo --cub-timeout=7 --dry-run`", "`map-import --demo sessions list`",
    ] {
      #expect(way.told(done) == done)
    }
    #expect(way.told("map-import needs 80 columns") == "map-import needs 80 columns")
    #expect(WayBack().told("`map-import --resume`") == "`map-import --resume`")
  }
}
