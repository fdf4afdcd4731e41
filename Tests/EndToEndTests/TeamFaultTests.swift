import FoundationEssentials
import TestWorld
import Testing

private let (ana, ben) = (SharedHub.ana, SharedHub.ben)

@Suite("Faults of cub under the verbs about sessions in ConfigHub", .waiting)
struct TeamFaultTests {
  /// What goes wrong at the first such call; then it is done once more.
  private static let faults = [
    "refuse", "forbid", "unauthorized", "network", "garbage", "cut", "error500-before",
    "error500-after", "lost-after",
  ]

  private static let begun = Result {
    let hub = try SharedHub()
    return (hub, try hub.begin(ana))
  }
  private static let shared = Result {
    let hub = try SharedHub()
    return (hub, try hub.beginShared(ana))
  }

  private func fault(_ match: String, _ kind: String) -> String {
    #"[{"match":"\#(match)","nth":1,"kind":"\#(kind)"}]"#
  }

  /// One unit of the session, held by one, with the content that is here.
  private func check(_ hub: SharedHub, _ id: String, _ what: String) throws {
    let again = try hub.sessions(ana, "sync \(id) -o json")
    #expect(again.status == 0, "\(what): \(again.stderr)")
    let list = try hub.json(hub.sessions(ana, "list --team -o json")).array
    #expect(list.count == 1 && list.first?["holder"]?["epoch"]?.int == 1, "\(what): \(list)")
    #expect(try hub.json(hub.sessions(ana, "conflicts -o json")).array.isEmpty, "\(what)")
  }

  @Test(
    "Bringing it up fails with a sentence, and the next time is as if nothing had been",
    arguments: ["auth status", "unit get", "space create", "api GET", "unit create"])
  func creating(match: String) throws {
    for kind in Self.faults {
      let (begun, id) = try Self.begun.get()
      let hub = try SharedHub(begun)
      let result = try hub.sessions(ana, "sync \(id)", faults: fault(match, kind))
      let what = "\(match) \(kind)"
      #expect([0, 1, 4].contains(result.status), "\(what): \(result.stderr)")
      #expect((result.status == 0) == result.stderr.isEmpty, "\(what): \(result.stderr)")
      if result.status == 4 { try hub.cub(ana, ["auth", "login"]) }
      try check(hub, id, what)
    }
  }

  @Test("So it is with what was there already", arguments: ["unit get", "unit update"])
  func updating(match: String) throws {
    let hub = try SharedHub()
    let (id, _) = try hub.beginShared(ana)
    for kind in Self.faults {
      #expect(try hub.sessions(ana, "name \(id) \(match.count)-\(kind)").status == 0)
      let result = try hub.sessions(ana, "sync \(id)", faults: fault(match, kind))
      #expect([0, 1, 4].contains(result.status), "\(kind): \(result.stderr)")
      if result.status == 4 { try hub.cub(ana, ["auth", "login"]) }
      try check(hub, id, "\(match) \(kind)")
    }
  }

  @Test("Taking it over fails with a sentence or is done; never are two in one epoch")
  func taking() throws {
    for match in ["unit list", "unit get", "unit data", "api GET", "api PUT"] {
      for kind in Self.faults {
        let (shared, (id, unit)) = try Self.shared.get()
        let hub = try SharedHub(shared)
        let result = try hub.sessions(ben, "take \(unit) --yes", faults: fault(match, kind))
        let what = "\(match) \(kind): \(result.stderr)"
        #expect([0, 1, 3, 4, 5].contains(result.status), "\(what)")
        if result.status == 4 { try hub.cub(ben, ["auth", "login"]) }
        let mine = try hub.sessions(ana, "sync \(id)").status
        let holder = try hub.json(hub.sessions(ana, "list --team -o json"))[0]?["holder"]
        let isTaken = holder?["epoch"]?.int == 2
        #expect(mine == (isTaken ? 5 : 0), "\(what)")
        if result.status == 0 { #expect(isTaken, "\(what)") }
        let again = try hub.sessions(ben, "take \(unit) --yes")
        #expect(again.status == 0, "\(what) \(again.stderr)")
        #expect(try hub.sessions(ben, "sync \(id)").status == 0, "\(what)")
      }
    }
  }
}
