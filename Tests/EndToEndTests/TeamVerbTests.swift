import FoundationEssentials
import TestWorld
import Testing

private let (ana, ben) = (SharedHub.ana, SharedHub.ben)

@Suite("The verbs about sessions in ConfigHub", .waiting)
struct TeamVerbTests {
  @Test("A session is brought up, listed and shown, and its trail tells who, when, where and what")
  func keeping() throws {
    let hub = try SharedHub()
    let (id, unit) = try hub.beginShared(ana)
    #expect(unit.hasPrefix("\(id)-"))
    let again = try hub.json(hub.sessions(ana, "sync \(unit) -o json"))
    #expect(again["results"] == .array([.string("up_to_date")]), "\(again)")

    let list = try hub.json(hub.sessions(ana, "list --team -o json"))
    let row = try #require(list[0])
    #expect(list.array.count == 1 && row["session"] == .string(unit))
    #expect(row["session_id"] == .string(id) && row["space"] == .string("import-sessions"))
    #expect(
      row["user"] == .string("ana@example.com") && row["cluster_context"] == .string("kind-atk"))
    #expect(row["step"] == .string("worker") && row["step_number"]?.int == 5)
    #expect(row["workloads"]?["selected"]?.int == 12 && row["status"] == .string("active"))
    #expect(row["holder"]?["user"] == .string("ana@example.com"))
    #expect(row["holder"]?["epoch"]?.int == 1 && row["started_at"]?.string?.hasSuffix("Z") == true)
    let text = try hub.sessions(ana, "list --team")
    #expect(text.stdout.hasPrefix("\(unit)\tana@example.com\tkind-atk\t5/7 worker\t"))
    let bens = try hub.sessions(ana, "list --team --user ben@example.com -o json")
    #expect(try hub.json(bens).array.isEmpty)

    #expect(try hub.sessions(ana, "name \(id) moved").status == 0)
    let third = try hub.json(hub.sessions(ana, "sync -o json"))
    #expect(third["results"] == .array([.string("uploaded")]) && third["revision"]?.int == 3)
    let history = try hub.json(hub.sessions(ana, "history \(id) -o json"))["revisions"]?.array ?? []
    #expect(history.map { $0["revision"]?.int } == [3, 2])
    for revision in history {
      #expect(revision["user"] == .string("ana@example.com") && revision["host"]?.string != nil)
      #expect(revision["what"] == .string("step 5/7 worker, 12 of 12 units"), "\(revision)")
      #expect(revision["at"]?.string?.hasSuffix("Z") == true)
    }
    let shown = try hub.json(hub.sessions(ben, "show \(unit) --team -o json"))
    #expect(shown["name"] == .string("moved") && shown["step_number"]?.int == 5)
    #expect(try hub.files(ben).isEmpty)
    let own = try hub.sessions(ana, "show \(id)").stdout
    #expect(
      own.contains("In ConfigHub: unit \(unit) in Space import-sessions, revision 3, not shared"))
    #expect(own.contains("Held by this machine, in epoch 1"), "\(own)")

    let restored = try hub.json(hub.sessions(ana, "restore \(id) --revision 2 -o json"))
    #expect(restored["uploaded"] == .bool(true) && restored["problem"] == .null, "\(restored)")
    #expect(try hub.json(hub.sessions(ana, "show \(unit) --team -o json"))["name"] == .null)
    #expect(try hub.sessions(ana, "restore \(id) --revision 9").status == 3)
  }

  @Test("Whom it is shared with may look at it or take it, and no longer once that was taken back")
  func sharing() throws {
    let hub = try SharedHub()
    let eve = SharedHub.Person(name: "eve", role: "member", groups: "payments")
    let joe = SharedHub.Person(name: "joe", role: "member")
    try hub.meet(eve)
    try hub.meet(joe)
    let (id, unit) = try hub.beginShared(ana)
    func seen(_ person: SharedHub.Person) throws -> Int {
      try hub.json(hub.sessions(person, "list --team -o json")).array.count
    }
    #expect(try seen(joe) == 0 && seen(eve) == 0)
    #expect(try hub.sessions(joe, "take \(unit) --yes").status == 3)
    let shared = try hub.json(hub.sessions(ana, "share \(id) --with user:joe@example.com -o json"))
    #expect(shared["can"] == .string("view") && shared["scope"] == .string("team"))
    #expect(try hub.sessions(ana, "share \(id) --with group:payments").status == 0)
    #expect(try seen(joe) == 1 && seen(eve) == 1)
    // The log goes with it.
    #expect(
      try hub.cub(joe, ["unit", "data", "\(unit)-log", "--space", "import-sessions"]).status == 0)
    let refused = try hub.sessions(joe, "take \(unit) --yes")
    #expect(refused.status == 1 && refused.stderr.contains("permission"), "\(refused.stderr)")
    #expect(try hub.files(joe).isEmpty)
    let show = try hub.json(hub.sessions(ana, "show \(id) -o json"))
    #expect(show["sync"]?["scope"] == .string("team"))

    let more = try hub.sessions(ana, "share \(id) --with user:joe@example.com --can resume")
    #expect(more.status == 0 && more.stdout.contains("Members whose role"), "\(more.stderr)")
    let taken = try hub.sessions(joe, "take \(unit) --yes")
    #expect(taken.status == 0, "\(taken.stderr)")
    #expect(try hub.sessions(ana, "unshare \(id) --with user:joe@example.com").status == 0)
    #expect(try hub.sessions(ana, "unshare \(id) --with group:payments").status == 0)
    #expect(try seen(joe) == 0 && seen(eve) == 0)
    let gone = try hub.sessions(joe, "sync \(id)")
    #expect(gone.status == 3 && gone.stderr.contains("you may not see it"), "\(gone.stderr)")
    let foreign = try hub.sessions(joe, "share \(id) --with user:eve@example.com")
    #expect(foreign.status == 3, "\(foreign.stderr)")
    let missing = try hub.sessions(ana, "share \(id)")
    #expect(missing.status == 2 && missing.stderr.contains("--with user:NAME"), "\(missing.stderr)")
    #expect(try hub.sessions(ana, "handoff \(id)").status == 2)
    for (words, told) in [
      ("share \(id) --with user:nobody@example.com", "nobody@example.com"),
      ("share \(id) --with group:others", "others"),
    ] {
      let result = try hub.sessions(ana, words)
      #expect(result.status != 0 && result.stderr.contains(told), "\(result.stderr)")
    }
  }

  @Test(
    "It is handed over and goes on there, each unit once; who had it can look, and take it back")
  func handingOver() throws {
    let hub = try SharedHub()
    let (id, unit) = try hub.beginShared(ana)
    let handed = try hub.json(hub.sessions(ana, "handoff \(id) --to ben@example.com -o json"))
    #expect(handed["handed_to"] == .string("ben@example.com"))
    let listed = try hub.json(hub.sessions(ana, "list -o json"))
    #expect(listed[0]?["sync"] == .string("synced"), "\(listed)")
    let sync = try hub.sessions(ana, "sync \(id)")
    #expect(sync.status == 5 && sync.stderr.contains("handed to ben@example.com"), "\(sync.stderr)")
    let list = try hub.json(hub.sessions(ben, "list --team -o json"))
    #expect(list[0]?["holder"]?["handed_to"] == .string("ben@example.com"))

    let taken = try hub.json(hub.sessions(ben, "take \(unit) --yes -o json"))
    #expect(taken["session_id"] == .string(id) && taken["epoch"]?.int == 3, "\(taken)")
    #expect(taken["put_aside"] == .null && taken["warnings"] == .array([]))
    let resumed = try hub.run(ben, ["--resume", id, "--yes"])
    #expect(resumed.status == 0, "\(resumed.stderr)")
    #expect(try hub.world.units() == units)
    #expect(try hub.world.creations().filter { $0.key.hasPrefix("unit ") && $0.value > 1 } == [:])
    #expect(try hub.sessions(ben, "sync \(id)").status == 0)
    let other = try hub.json(hub.sessions(ana, "take \(id) --yes -o json"))
    #expect(other["epoch"]?.int == 4 && other["put_aside"] == .null, "\(other)")
    #expect(other["step"] == .string("complete"))
    let lost = try hub.sessions(ben, "sync \(id)")
    #expect(lost.status == 5 && lost.stderr.contains("ana@example.com on "), "\(lost.stderr)")
  }

  @Test("Taken while the first one has it, that one finds out, and keeps what it did")
  func takenOver() throws {
    let hub = try SharedHub()
    let (id, unit) = try hub.beginShared(ana)
    #expect(try hub.sessions(ana, "name \(id) mine").status == 0)
    #expect(try hub.sessions(ben, "take \(unit)").status == 2)
    #expect(try hub.files(ben).isEmpty)
    let taken = try hub.sessions(ben, "take \(unit) --yes")
    #expect(taken.status == 0 && taken.stdout.contains("ana@example.com on "), "\(taken.stderr)")
    #expect(try hub.sessions(ben, "take \(id) --yes").stdout.contains("by this machine already"))
    let before = try hub.files(ana)[id + ".json"]
    for words in ["sync \(id)", "restore \(id) --revision 2", "handoff \(id) --to eve@example.com"]
    {
      let result = try hub.sessions(ana, words)
      #expect(
        result.status == 5 && result.stderr.contains("ben@example.com on "), "\(result.stderr)")
    }
    #expect(try hub.files(ana)[id + ".json"] == before)
    #expect(try hub.sessions(ben, "sync \(id)").status == 0)
    // Both went on: what ConfigHub has wins, and the other is kept.
    #expect(try hub.sessions(ben, "name \(id) his").status == 0)
    #expect(try hub.sessions(ben, "sync \(id)").status == 0)
    let back = try hub.json(hub.sessions(ana, "take \(id) --yes -o json"))
    #expect(back["put_aside"]?.string?.contains("conflicts/") == true, "\(back)")
    #expect(try hub.json(hub.sessions(ana, "show \(id) -o json"))["name"] == .string("his"))
    #expect(try hub.sessions(ana, "conflicts").stdout.contains("lost against another state"))
    let taken2 = try hub.sessions(ana, "conflicts take \(id).1.json")
    #expect(taken2.status == 0, "\(taken2.stderr)")
    #expect(try hub.json(hub.sessions(ana, "show \(id) -o json"))["name"] == .string("mine"))
  }

  @Test("Of two that take it at once, one has it")
  func race() throws {
    let hub = try SharedHub()
    let (_, unit) = try hub.beginShared(ana)
    let eve = SharedHub.Person(name: "eve")
    try hub.meet(eve)
    let running = try [ben, eve].map {
      try hub.start($0, "take \(unit) --yes", environment: ["STAND_IN_GATHER": "api PUT=2"])
    }
    let results = try running.map { try $0.waitForExit() }
    #expect(results.map(\.status).sorted() == [0, 5], "\(results.map(\.stderr))")
    #expect(results.first { $0.status == 5 }?.stderr.contains("somebody was quicker") == true)
    #expect(
      try [ben, eve].map { try hub.files($0).keys.count { !$0.contains("/") } }.sorted() == [0, 1])
  }

  @Test("Deleted there it says how it comes up again; deleted everywhere it is gone in both")
  func deleting() throws {
    let hub = try SharedHub()
    let (id, unit) = try hub.beginShared(ana)
    let old = try hub.sessions(ana, "prune --team --dry-run -o json")
    #expect(try hub.json(old)["actions"] == .array([]))
    try hub.cub(ana, ["unit", "delete", "--space", "import-sessions", unit])
    let gone = try hub.sessions(ana, "sync \(id)")
    #expect(gone.status == 3 && gone.stderr.contains("sync \(id) --force"), "\(gone.stderr)")
    let again = try hub.json(hub.sessions(ana, "sync \(id) --force -o json"))
    #expect(again["results"] == .array([.string("created")]) && again["epoch"]?.int == 1)
    #expect(try hub.sessions(ana, "delete \(id) --everywhere").status == 2)
    let deleted = try hub.sessions(ana, "delete \(id) --everywhere --yes")
    #expect(deleted.status == 0, "\(deleted.stderr)")
    #expect(try hub.files(ana).isEmpty)
    #expect(try hub.json(hub.sessions(ana, "list --team -o json")).array.isEmpty)
    #expect(try hub.sessions(ana, "delete \(id) --everywhere --yes").status == 3)
    #expect(try hub.sessions(ana, "audit \(id)").stdout.contains("delete"))
  }

  @Test(
    "An older cub, nobody signed in, no right and no ConfigHub each say their sentence",
    arguments: [
      "list --team", "sync ID", "history ID", "take ID --yes", "show ID --team",
      "share ID --with user:x@example.com", "handoff ID --to x@example.com",
      "restore ID --revision 2", "delete ID --everywhere --yes", "prune --team",
    ])
  func refused(words: String) throws {
    let hub = try SharedHub()
    let id = try hub.begin(ana)
    let before = try hub.files(ana)
    let line = words.replacing("ID", with: id)
    func told(_ environment: [String: String], faults: String? = nil) throws -> ProgramResult {
      try hub.run(
        ana, ["sessions"] + line.split(separator: " ").map(String.init), faults: faults,
        environment: environment)
    }
    let older = try told(["STAND_IN_GENERATION": "c"])
    #expect(older.status == 1 && older.stderr.contains("needs cub 0.7 or later"), "\(older.stderr)")
    let signedOut = try told([:], faults: #"[{"match":"auth status","kind":"unauthorized"}]"#)
    #expect(
      signedOut.status == 4 && signedOut.stderr.contains("cub auth login"), "\(signedOut.stderr)")
    let away = try told(["PATH": "/nonexistent"])
    #expect(away.status == 1 && away.stderr.contains("cub is not on PATH"), "\(away.stderr)")
    // The fault has counted a sign-in that was refused; the person signs in again.
    try hub.cub(ana, ["auth", "login"])
    let network = try told(
      [:], faults: #"[{"match":"unit","kind":"network"},{"match":"space","kind":"network"}]"#)
    #expect(
      network.status == 1 && network.stderr.contains("Check the connection"), "\(network.stderr)")
    #expect(older.stdout.isEmpty && signedOut.stdout.isEmpty && network.stdout.isEmpty)
    // What goes up notes which copy it is, and why it is not up.
    if !["sync ID", "handoff"].contains(where: words.hasPrefix) {
      #expect(try hub.files(ana) == before)
    }
  }

  @Test("Who may not keep sessions in the Space is told which permission that takes")
  func noRight() throws {
    let hub = try SharedHub()
    _ = try hub.beginShared(ana)
    let user = SharedHub.Person(name: "ben", role: "user")
    let id = try hub.begin(SharedHub.Person(name: "ben"))
    let refused = try hub.sessions(user, "sync \(id)")
    #expect(refused.status == 1 && refused.stderr.contains("ManageChildren"), "\(refused.stderr)")
    let own = try hub.sessions(user, "sync \(id) --sync-space bens-sessions")
    #expect(own.status == 0, "\(own.stderr)")
    #expect(try hub.json(hub.sessions(ana, "list --team -o json")).array.count == 2)
    let one = try hub.sessions(ana, "list --team --sync-space bens-sessions -o json")
    #expect(try hub.json(one).array.count == 1)
  }
}
