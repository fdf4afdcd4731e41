import FoundationEssentials
import TestWorld
import Testing

/// An import of twenty units by the programs themselves, delivered by ConfigHub's own worker, in
/// which things go wrong, into a hub that holds units of other people, one of them in the same App
/// Space.
final class FaultRun: Sendable {
  /// Which call of cub meets what, see the stand-in's `Fault`.
  struct Fault: Hashable {
    var match: String
    /// The slug of the unit that the call is about; `nil` for any.
    var key: String?
    /// Counted among the calls that match, from 1.
    var nth = 1
    var kind: String

    var json: String {
      let key = key.map { #","key":"\#($0)""# } ?? ""
      return #"{"match":"\#(match)"\#(key),"nth":\#(nth),"kind":"\#(kind)"}"#
    }
  }

  /// The units that are to be there at the end.
  static let slugs = (1...20).map { "unit-\($0)" }
  /// Units of others, which stay as they are.
  private static let foreign = ["mine", "unit-3"]
  private static let template = Result { try FaultRun() }

  let sandbox: Sandbox
  private let before: [JSON]

  private var hub: String { sandbox.home + "/.confighub/demo/hub" }

  /// A hub with the units of others, and a plan of twenty units with one object each.
  private init() throws {
    sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let dry = try sandbox.run(
      Sandbox.product("map-import"),
      ["--demo", "--dry-run", "--yes", "-o", "json", "-n", "payment-prod", "-n", "order-prod"],
      environment: ["STAND_IN_DELAY_MS": "0"])
    let found = try JSONDecoder().decode(JSON.self, from: Data(dry.standardOutputBytes))
    let members = (found["proposal"]?["units"]?.array ?? []).flatMap { $0["members"]?.array ?? [] }
    try #require(members.count >= Self.slugs.count)
    let units = zip(Self.slugs, members).map { slug, member in
      let fields = ["api_version", "kind", "namespace", "name"].compactMap { name in
        member[name]?.string.map { "\"\(name)\":\"\($0)\"" }
      }
      return #"{"slug":"\#(slug)","labels":{},"members":[{\#(fields.joined(separator: ","))}]}"#
    }
    try sandbox.write(
      #"{"hub":"h","app_space":"team","units":[\#(units.joined(separator: ","))]}"#,
      to: "home/plan.json")
    before = []
    for arguments in [
      ["auth", "login"], ["space", "create", "team"], ["space", "create", "other"],
      ["unit", "create", "--space", "team", "mine", "-"],
      ["unit", "create", "--space", "other", "unit-3", "-"],
      // Now the triggers of the last one are done, too.
      ["unit", "list"],
    ] {
      let result = try cub(arguments, input: "kind: ConfigMap\n")
      try #require(result.status == 0, "\(arguments): \(result.stderr)")
    }
  }

  init(_ faults: [Fault]) throws {
    let template = try Self.template.get()
    sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let copied = try sandbox.run(
      "/bin/cp", ["-a", template.sandbox.home + "/.", sandbox.home])
    try #require(copied.status == 0, "\(copied.stderr)")
    before = try Self.units(template.hub)
    try #require(before.count == Self.foreign.count)
    try sandbox.write("[\(faults.map(\.json).joined(separator: ","))]", to: "faults.json")
  }

  @discardableResult
  func cub(_ arguments: [String], input: String = "") throws -> ProgramResult {
    try sandbox.run(
      sandbox.home + "/.confighub/demo/bin/cub", arguments,
      environment: ["STAND_IN_STATE": hub], input: input)
  }

  /// Imports until it ends well, resuming twice at most.
  ///
  /// - Parameter marked: whether the hub keeps our mark.
  func run(atMost runs: Int = 3, cubTimeout: Int = 30, marked: Bool = true) throws -> [Int32] {
    var ends: [Int32] = []
    while ends.count < runs, ends.last != 0 {
      let result = try sandbox.run(
        Sandbox.product("map-import"),
        [
          "--demo", "--yes", "-n", "payment-prod", "-n", "order-prod", "--plan",
          sandbox.home + "/plan.json", "--cub-timeout", "\(cubTimeout)", "--worker-mode", "server",
        ],
        environment: [
          "STAND_IN_DELAY_MS": "0", "STAND_IN_FAULTS": sandbox.directory + "/faults.json",
          "STAND_IN_LOSES_LABELS": marked ? "0" : "1",
        ])
      ends.append(result.status)
      if ends.last == 4 { try cub(["auth", "login"]) }
    }
    return ends
  }

  // MARK: What has to be true

  /// What is wrong after these runs; nothing if all is as it was promised.
  func complaints(_ ends: [Int32], faults: Int) throws -> [String] {
    try (ends.last == 0 ? [] : ["ends \(ends)"]) + hubComplaints() + sessionComplaints()
      + callComplaints() + firedComplaints(faults)
  }

  private func hubComplaints() throws -> [String] {
    var complaints: [String] = []
    let units = try Self.units(hub)
    let foreign = units.filter { unit in before.contains { $0["id"] == unit["id"] } }
    if foreign != before { complaints.append("units of others are \(foreign)") }
    let own = units.filter { unit in !before.contains { $0["id"] == unit["id"] } }
    let slugs = own.compactMap { $0["slug"]?.string }.sorted()
    if slugs != Self.slugs.sorted() { complaints.append("units \(slugs)") }
    for unit in own where unit["targetID"]?.string == nil {
      complaints.append("\(unit["slug"]?.string ?? "") is not bound")
    }
    return complaints
  }

  /// The session knows of each unit that it created that very one, and what it was to hold.
  private func sessionComplaints() throws -> [String] {
    let directory = sandbox.home + "/.confighub/demo/sessions"
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: directory + "/import-latest.json")
    let session = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: URL(filePath: directory + "/" + latest)))
    let creations = (session["operations"]?.array ?? []).filter {
      $0["kind"] == .string("unit.create")
    }
    let ids = Dictionary(
      try Self.units(hub).map { ("\($0["spaceID"]?.string ?? "")/\($0["slug"]?.string ?? "")", $0) }
    ) { first, _ in first }
    let space =
      try Self.units(hub).first { $0["slug"] == .string("mine") }?["spaceID"]?.string ?? ""
    return Self.slugs.compactMap { slug in
      let made = creations.filter { $0["key"] == .string("team/\(slug)") }
      let unit = ids["\(space)/\(slug)"]
      let isRight =
        made.count == 1 && made[0]["state"] == .string("done")
        && made[0]["remote_id"] == unit?["id"] && made[0]["digest"] == unit?["contentHash"]
      return isRight ? nil : "\(slug) is recorded as \(made), and is \(unit as Any)"
    }
  }

  /// Nothing is removed, and no change names what is not ours: what is updated is a unit of which
  /// the content was missing.
  private func callComplaints() throws -> [String] {
    let log = try String(contentsOfFile: hub + "/calls.log", encoding: .utf8)
    return log.split(separator: "\n").compactMap { line in
      let call = try? JSONDecoder().decode(JSON.self, from: Data(line.utf8))
      let words = (call?["argv"]?.array ?? []).compactMap(\.string)
      let isRemoval = words.starts(with: ["unit", "delete"])
      let isOurs =
        !words.starts(with: ["unit", "update"])
        || words.contains("--space=team") && words.contains(where: Self.slugs.contains)
      return isRemoval || !isOurs ? "cub \(words.joined(separator: " "))" : nil
    }
  }

  private func firedComplaints(_ count: Int) throws -> [String] {
    let fired = try JSONDecoder().decode(
      [JSON].self, from: Data(contentsOf: URL(filePath: hub + "/faults-fired.json")))
    return fired.count == count && fired.allSatisfy { $0["fired"] == .number(1) }
      ? [] : ["fired \(fired)"]
  }

  private static func units(_ hub: String) throws -> [JSON] {
    let state = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: URL(filePath: hub + "/state.json")))
    return state["units"]?.array ?? []
  }
}
