import FoundationEssentials
import TestWorld
import Testing

@Suite struct SpaceTests {
  @Test("Spaces are made once, listed in envelopes and deleted with what they hold")
  func spaces() throws {
    let standIn = try StandIn()
    let space = try standIn.cub(
      "space create My.Team --label Owner=me --annotation a=b --display-name Team -o json"
    ).json
    #expect(space["Slug"]?.string == "My-Team")
    #expect(space["DisplayName"]?.string == "Team")
    #expect(space["Labels"] == .object(["Owner": .string("me")]))
    #expect(try standIn.cub("space create My.Team").error.contains("already exists"))
    #expect(try standIn.cub("space create My.Team --allow-exists -o json").json == space)
    try standIn.cub("unit create --space My-Team api -")
    let envelope = try standIn.cub("space get My-Team -o json").json
    #expect(envelope["Space"] == space)
    #expect(envelope["TotalUnitCount"]?.int == 1)
    #expect(try standIn.cub("space delete My-Team").exit == 0)
    #expect(try standIn.cub("unit list -o json").json.array.isEmpty)
    #expect(try standIn.cub("space list -o json").json.array.count == 1)
  }

  @Test("A release goes out only to a release target (generation C)")
  func release() throws {
    let standIn = try StandIn()
    try standIn.cub("space create s")
    #expect(try standIn.cub("release publish s").exit == 1)
    try standIn.cub("worker create worker --space s --is-server-worker --allow-exists --quiet")
    let target = try standIn.cub(
      "target create target {} worker --space s -p OCI -t Any --allow-exists -o json"
    ).json
    #expect(target["Target"]?["ProviderType"]?.string == "OCI")
    #expect(target["BridgeWorker"]?["Condition"]?.string == "Ready")
    let space = try standIn.cub("space update s --patch --release-target s/target -o json").json
    #expect(space["ReleaseTargetID"] == target["Target"]?["TargetID"])
    #expect(try standIn.cub("release publish s").exit == 0)
  }
}
