import Documents
import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Hub

/// What cub v0.8.3 and v0.8.12 printed, in `fixtures/recordings/cub`, as it is read here: every file
/// of a command that is called. Change sets, links and attestations are not asked for.
@Suite("Recorded answers of cub")
struct RecordedTests {
  private let chain = "revision-chain-v083/"
  private let first = "77aa943df7d3602b8ca7e0e03c5d93a71adf1c1400dbca6777c5ebb430b6e496"
  private let second = "4a208acde942da3d5bcfc1a5bc154195ca450b107a6d6ab784f338753bc91e75"

  private func path(_ file: String) -> String { Recording.path("cub") + "/" + file }

  private func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(file))))
  }

  /// A cub that answers with these files, each to the command it stands for, or to its failure.
  private func cub(
    _ answers: [String: String], failing file: String? = nil
  ) throws -> Script {
    let cases = answers.map { "'\($0)') cat '\(path($1))' ;;" }.sorted()
    let otherwise = file.map { "cat '\(path($0))' >&2; exit 1" } ?? "exit 1"
    return try Script(
      "case \"$1 $2\" in\n\(cases.joined(separator: "\n"))\n*) \(otherwise) ;;\nesac")
  }

  @Test(
    "What a write prints: the bare unit, before its triggers are done",
    arguments: [("unit-create.json", 2), ("metadata-update.json", 6), ("data-update.json", 10)])
  func writes(file: String, version: Int) throws {
    let program = try cub(["unit create": chain + file, "unit update": chain + file])
    let hub = HubClient(cub: program.path)
    let made = RemoteEntity(
      id: "1662495a-37f6-484c-950f-26be7c8914d8", slug: "revision-coverage-20261005",
      version: version)
    #expect(hub.createAPI() == .done(made))
    let updated = hub.updateUnit(
      "api", space: "apps", labels: [:], mark: .example("b"), content: Array("b".utf8))
    #expect(updated == .done(made))
  }

  @Test(
    "A unit with its content, from its making to its restored content",
    arguments: [
      ("unit-initial-get.json", "revision-after-metadata-data.txt", 4),
      ("unit-after-metadata-get.json", "revision-after-metadata-data.txt", 6),
      ("unit-after-data-get.json", "revision-after-data-data.txt", 12),
      ("unit-after-restore-get.json", "revision-after-metadata-data.txt", 16),
    ])
  func gets(file: String, data: String, version: Int) throws {
    let program = try cub(["unit get": chain + file, "unit data": chain + data])
    let unit = try #require(
      try HubClient(cub: program.path).unit("revision-coverage-20261005", space: "apps"))
    let isChanged = file == "unit-after-data-get.json"
    #expect(
      unit
        == RemoteUnit(
          slug: "revision-coverage-20261005", id: "1662495a-37f6-484c-950f-26be7c8914d8",
          version: version, labels: version == 4 ? [:] : ["coverage-probe": "metadata-only"],
          content: try bytes(chain + data), digest: isChanged ? second : first, targetID: nil))
    #expect(unit.mark == nil)
  }

  @Test("A unit as a session, and its trail")
  func session() throws {
    let program = try cub([
      "unit get": chain + "unit-after-restore-get.json",
      "unit data": chain + "revision-after-metadata-data.txt",
      "unit update": chain + "data-update.json",
      "revision list": chain + "revision-list-after-restore.json",
      "revision data": chain + "revision-after-data-data.txt",
      "version ": "space-lists-v0812/cub-version.txt",
    ])
    let hub = HubClient(cub: program.path).sessions(in: "scout-v213-contract")
    let name = "revision-coverage-20261005"
    let found = try #require(try hub.read(name))
    #expect(found.revision == 4 && found.digest == first && found.version == 16)
    #expect(found.space == hub.space && found.spaceID == "68843338-f9bd-485c-9a66-5d5aee820247")
    #expect(found.updatedAt == "2026-10-05T16:10:03.474538Z" && found.hiddenReason == nil)
    #expect(found.data == (try bytes(chain + "revision-after-metadata-data.txt")))
    let maker = SessionPermission.Subject.user("3a89ef21-38d2-49ed-8ca1-d3580c48bf14")
    #expect(found.permissions == [SessionPermission(.manage, maker)])
    let history = try hub.history(of: name)
    #expect(history.map(\.number) == [4, 3, 2, 1])
    #expect(
      history.map(\.source) == ["RestoreRevision", "UpdateUnit", "MergeExternal", "MergeExternal"])
    #expect(history.allSatisfy { $0.user == "user@example.com" && $0.agent != nil })
    #expect(history[1].createdAt?.hasPrefix("2026-10-05T16:09:") == true)
    let data = try bytes(chain + "revision-after-data-data.txt")
    #expect(try hub.data(of: name, history[1]) == data)
    #expect(throws: HubFailure.self) { try hub.data(of: name, history[0]) }
    #expect(hub.label(name, ["a": "b"]).session?.digest == second)
  }

  @Test("The content of an earlier revision is not taken for that of the unit")
  func otherContent() throws {
    let program = try cub([
      "unit get": chain + "unit-after-data-get.json",
      "unit data": chain + "revision-after-metadata-data.txt",
    ])
    let failure = #expect(throws: HubFailure.self) {
      try HubClient(cub: program.path).unit("revision-coverage-20261005", space: "apps")
    }
    #expect(failure?.kind == .unreadable)
  }

  @Test(
    "Lists of units hold what tells whether one was changed",
    arguments: ["sdk-parity-v083", "space-lists-v0812"])
  func units(folder: String) throws {
    let program = try cub(["unit list": folder + "/unit-list.json"])
    let units = try HubClient(cub: program.path).units(space: "apps")
    #expect(units.map(\.slug) == ["parity-other", "parity-unit"])
    #expect(
      units.map(\.digest) == [
        "438939c977b79849261d3b8fa2e67c0ad959c5fc08e41d80c738cc41b9248b56",
        "ac01a95f5ea5e3d21d0830cb31ef1c42c86d257a7004981c9ae21ce99b8652fc",
      ])
    for unit in units {
      #expect(unit.id?.count == 36 && unit.version == 4 && unit.labels.isEmpty)
      #expect(unit.content == nil && unit.targetID == nil)
    }
  }

  @Test(
    "A single unit of the same runs, and of a third one",
    arguments: [
      ("sdk-parity-v083", "parity-unit"), ("errors-and-more-v083", "contract-config"),
    ])
  func unit(folder: String, slug: String) throws {
    let value = try JSONValue(parsing: bytes(folder + "/unit-get.json"))
    let unit = RemoteUnit(try #require(Entity.unit.fields(in: value)))
    #expect(unit.slug == slug && unit.version == 4)
    #expect(unit.digest?.count == 64 && unit.id?.count == 36 && unit.targetID == nil)
  }

  @Test("Spaces", arguments: ["sdk-parity-v083", "space-lists-v0812"])
  func spaces(folder: String) throws {
    let list = try JSONValue(parsing: bytes(folder + "/space-list.json"))
    let spaces = try #require(Entity.space.list(in: list))
    #expect(spaces.count == 2 && spaces[1].slug == "default")
    #expect(spaces[0].slug.hasPrefix("scout-sdk-parity-"))
    #expect(spaces.allSatisfy { $0.id?.count == 36 && $0.id("ReleaseTargetID") == nil })
  }

  @Test("A target is a name and takes releases; a worker has the user that it acts as")
  func delivery() throws {
    let folder = "space-lists-v0812/"
    // What a space releases to was not recorded: this one says that it releases to nothing.
    let program = try Script(
      """
      case "$1 $2" in
      'version ') cat '\(path(folder + "cub-version.txt"))' ;;
      'target list') cat '\(path(folder + "target-list.json"))' ;;
      'worker list') cat '\(path(folder + "worker-list.json"))' ;;
      'space get') echo '{"Space":{"Slug":"apps","SpaceID":"s1"}}' ;;
      *) exit 1 ;;
      esac
      """)
    let hub = HubClient(cub: program.path)
    let target = try #require(try hub.targets(space: "apps").first)
    #expect(try hub.targets(space: "apps").count == 1)
    #expect(
      target
        == Target(
          slug: "parity-target", id: target.id, providerType: "", workerID: nil,
          kubeContext: nil, isReleaseTarget: false, pullers: []))
    #expect(target.id?.count == 36 && target.takesReleases)
    #expect(
      try hub.workers(space: "apps") == [
        Worker(
          slug: "parity-worker", id: "0c2e5f9d-04ad-4d95-a2df-e0dd117d275c",
          condition: "Disconnected", userID: "94c71b17-7996-4d5c-9349-32a2318a0e91")
      ])
  }

  @Test(
    "Which cub and which server",
    arguments: [("sdk-parity-v083", "v0.8.3"), ("space-lists-v0812", "v0.8.12")])
  func version(folder: String, number: String) throws {
    let text = String(decoding: try bytes(folder + "/cub-version.txt"), as: UTF8.self)
    let version = CubVersion(text)
    #expect(version.client == number && version.server == number)
    #expect(version.deliversReleasesOnly)
  }

  @Test("A viewer's write was not made, and the reason is shown whole")
  func denied() throws {
    let program = try cub([:], failing: "errors-and-more-v083/viewer-write-denied.stderr.txt")
    guard case .refused(let failure) = HubClient(cub: program.path).createAPI() else {
      Issue.record("not refused")
      return
    }
    #expect(failure.kind == .forbidden)
    #expect(
      failure.message.contains("permission denied Details: failed to update entity"),
      "\(failure.message)")
  }

  @Test("What may not be seen reads as not there; what is said of another thing proves nothing")
  func unseen() throws {
    let unseen = try cub([:], failing: "errors-and-more-v083/viewer-revision-denied.stderr.txt")
    let hub = HubClient(cub: unseen.path)
    #expect(try hub.unit("contract-config", space: "apps") == nil)
    #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }

    let other = try cub([:], failing: "errors-and-more-v083/attestation-missing-id-get.stderr.txt")
    #expect(HubClient(cub: other.path).createAPI().name == "unclear")
    #expect(throws: HubFailure.self) { try HubClient(cub: other.path).unit("api", space: "apps") }
  }
}
