import FoundationEssentials
import TestWorld
import Testing

/// Generation D against the output of real cubs, v0.8.3 and v0.8.12, in `fixtures/recordings/cub`:
/// line for line, but for ids, times and what was not asked for in the same way.
@Suite("The stand-in prints what cub printed")
struct RecordedCubTests {
  private let space = "scout-v213-contract"
  private let unit = "revision-coverage-20261005"

  private func recorded(_ file: String) throws -> String {
    let path = Recording.path("cub") + "/" + file
    return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  /// The text with its ids and times taken out, each id by the order in which it first appears.
  private func shape(_ text: String) -> [String] {
    // Nobody attests anything here.
    var shaped = text.replacing(/\n *"Attestations": \{[^}]*\},/, with: "")
    shaped.replace(/"(OrganizationID|HeadRevisionID|UserAgent)": "[^"]*"/) { "\"\($0.output.1)\"" }
    // The recorders gave a file, and the stand-in takes stdin alone.
    shaped.replace(/from (\/tmp\/[^"]*|stdin)/, with: "from input")
    shaped.replace(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "time")
    var ids: [String] = []
    let id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
    shaped.replace(id) { match in
      let id = String(match.output)
      if id.allSatisfy({ "0-".contains($0) }) { return id }
      if !ids.contains(id) { ids.append(id) }
      return "id \(ids.firstIndex(of: id) ?? 0)"
    }
    return shaped.split(separator: "\n").map(String.init)
  }

  private func expect(
    _ result: StandIn.Result, _ file: String, location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(result.exit == 0, "\(result.error)", sourceLocation: location)
    #expect(result.error.isEmpty, sourceLocation: location)
    let (ours, theirs) = (shape(result.text), shape(try recorded(file)))
    for difference in ours.difference(from: theirs) {
      Issue.record("\(file): \(difference)", sourceLocation: location)
    }
  }

  @Test("A unit from its making to its restored content, with every revision")
  func revisionChain() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "d"])
    let first = Data(try recorded("revision-chain-v083/revision-after-metadata-data.txt").utf8)
    let second = Data(try recorded("revision-chain-v083/revision-after-data-data.txt").utf8)
    let tail = "--space \(space) -o json"
    func run(_ arguments: [String], _ input: Data = Data()) throws -> StandIn.Result {
      try standIn.run("cub", arguments + ["--space", space, "-o", "json"], input: input)
    }
    let chain = "revision-chain-v083/"
    try standIn.cub("space create \(space)")
    try expect(run(["unit", "create", unit, "-"], first), chain + "unit-create.json")
    try expect(standIn.cub("unit get \(unit) \(tail)"), chain + "unit-initial-get.json")
    try expect(standIn.cub("revision get \(unit) 2 \(tail)"), chain + "revision-initial-get.json")
    try expect(
      run(["unit", "update", unit, "--label", "coverage-probe=metadata-only"]),
      chain + "metadata-update.json")
    try expect(standIn.cub("unit get \(unit) \(tail)"), chain + "unit-after-metadata-get.json")
    let data = try standIn.cub("revision data \(unit) 2 --space \(space)").output
    #expect(data == first)
    try expect(
      run(
        [
          "unit", "update", unit, "-", "--change-desc",
          "Disposable changed-data revision coverage probe",
        ], second), chain + "data-update.json")
    try expect(standIn.cub("unit get \(unit) \(tail)"), chain + "unit-after-data-get.json")
    try expect(standIn.cub("revision list \(unit) \(tail)"), chain + "revision-list.json")
    let restored = try recorded(chain + "restore-original-data.json")
    let description = try #require(
      restored.firstMatch(of: /"LastChangeDescription": "([^"]*)"/)?.output.1)
    try expect(
      run(["unit", "update", unit, "--restore", "2", "--change-desc", String(description)]),
      chain + "restore-original-data.json")
    try expect(standIn.cub("unit get \(unit) \(tail)"), chain + "unit-after-restore-get.json")
    try expect(
      standIn.cub("revision list \(unit) \(tail)"), chain + "revision-list-after-restore.json")
  }

  @Test("Spaces, units, a worker and a target, in lists")
  func lists() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "d"])
    let name = "scout-sdk-parity-1791653947611432040"
    try standIn.cub("space create \(name)")
    for unit in ["parity-unit", "parity-other"] {
      let content = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: \(unit)
          namespace: default
        data:
          key: value

        """
      try standIn.cub("unit create \(unit) - --space \(name)", input: Data(content.utf8))
    }
    try standIn.cub("worker create parity-worker --space \(name)")
    try standIn.cub("target create parity-target --space \(name)")
    try expect(
      standIn.cub("target list --space \(name) -o json"), "space-lists-v0812/target-list.json")
    let spaces = try standIn.cub("space list -o json").text
      .replacing("\"DisplayName\": \"default\"", with: "\"DisplayName\": \"Default\"")
    #expect(shape(spaces) == shape(try recorded("space-lists-v0812/space-list.json")))

    // The recorders took the secret out; the stand-in shows a made-up one, so that a leak is seen.
    let workers = try standIn.cub("worker list --space \(name) -o json").text
    #expect(workers.contains("\"Secret\": \"stand-in-canary-secret\""))
    let shown = workers.replacing(/\n *"Secret": "[^"]*",/, with: "")
    #expect(shape(shown) == shape(try recorded("space-lists-v0812/worker-list.json")))

    let parity = "scout-sdk-parity-1791568174438733407"
    func content(_ text: String) -> [String] {
      shape(
        text.replacing(parity, with: name)
          .replacing(/"DataHash": "[0-9a-f]{64}"/, with: "hash")
          .replacing(/"DataSize": \d+/, with: "size"))
    }
    let units = try standIn.cub("unit list --space \(name) -o json").text
    #expect(content(units) == content(try recorded("sdk-parity-v083/unit-list.json")))
    let unit = try standIn.cub("unit get parity-unit --space \(name) -o json").text
    #expect(content(unit) == content(try recorded("sdk-parity-v083/unit-get.json")))
  }

  @Test("What is refused or not there reads as it was recorded")
  func errors() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "d"])
    try standIn.cub("space create s")
    try standIn.cub("unit create config - --space s")
    let denied = try standIn.cub(
      "unit update config --space s --label a=b", ["STAND_IN_ROLE": "viewer"])
    #expect(denied.exit == 1)
    let request = /HTTP 403 for req [A-Za-z]{32}/
    let words = try recorded("errors-and-more-v083/viewer-write-denied.stderr.txt")
    #expect(denied.error.replacing(request, with: "") == words.replacing(request, with: ""))

    let missing = try standIn.cub("unit get contract-config --space s")
    #expect(missing.error == "Failed: unit \"contract-config\" not found in space s\n")
    #expect(
      try recorded("errors-and-more-v083/viewer-revision-denied.stderr.txt")
        .hasPrefix("Failed: unit \"contract-config\" not found in space "))
  }

  @Test("The version is shown as it was, and a cub that is too old says so")
  func version() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "d"])
    func lines(_ text: String) -> [String] {
      text.split(separator: "\n").map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts[0] + ":" + (line.contains("Version:    ") ? parts[1] : "")
      }
    }
    #expect(
      lines(try standIn.cub("version").text)
        == lines(try recorded("space-lists-v0812/cub-version.txt")))
    let skew = try standIn.cub("auth status", ["STAND_IN_SERVER_VERSION": "v0.9.1"])
    #expect(skew.exit == 1)
    #expect(skew.text.contains("Authenticated"))
    #expect(skew.error.hasPrefix("Failed: cub v0.8.12 is too old for server v0.9.1: pre-1.0, "))
  }
}
