import FoundationEssentials
import TestWorld
import Testing

@Suite struct CommandLineTests {
  @Test(
    "A subcommand that its group has lost prints the group's help and succeeds",
    arguments: ["apply", "import", "livedata", "livestate", "refresh", "destroy"])
  func removed(name: String) throws {
    let standIn = try StandIn()
    let result = try standIn.cub("unit \(name) --space s --wait x -o json")
    #expect(result.exit == 0)
    #expect(result.error.isEmpty)
    #expect(result.text.contains("Usage:\n  cub unit [command]\n"))
    #expect(!result.text.contains("  \(name) "))
  }

  @Test("Generation B has no auth status: the group's help, and success")
  func authStatus() throws {
    let result = try StandIn(["STAND_IN_GENERATION": "b"]).cub("auth status")
    #expect(result.exit == 0)
    #expect(result.text.contains("cub auth [command]"))
  }

  @Test(
    "What cub does not know is refused in cub's words",
    arguments: [
      ("c", "gitops discover", "unknown command \"gitops\" for \"cub\""),
      ("b", "release publish s", "unknown command \"release\" for \"cub\""),
      ("c", "--version", "unknown flag: --version"),
      ("b", "space list -o json", "unknown shorthand flag: 'o' in -o"),
      ("c", "space list --space s", "unknown flag: --space"),
      ("c", "auth status --json", "unknown flag: --json"),
      ("b", "worker create w --space s --is-server-worker", "unknown flag: --is-server-worker"),
      ("c", "unit get --space s", "accepts 1 arg(s), received 0"),
      ("c", "unit list --space", "flag needs an argument: --space"),
      ("c", "unit list -o", "flag needs an argument: 'o' in -o"),
    ])
  func refused(generation: String, line: String, message: String) throws {
    let result = try StandIn(["STAND_IN_GENERATION": generation]).cub(line)
    #expect(result.exit == 1)
    #expect(result.output.isEmpty)
    #expect(result.error == "\u{1b}[1;31mFailed: \(message)\u{1b}[0m\n")
  }

  @Test("In generation C --json still works, and complains on stderr only")
  func deprecated() throws {
    let standIn = try StandIn()
    let old = try standIn.cub("space list --json")
    #expect(old.error == "Flag --json has been deprecated, use -o json\n")
    let new = try standIn.cub("space list -o json")
    #expect(new.error.isEmpty)
    #expect(old.output == new.output)
    #expect(try new.json[0]?["Space"]?["Slug"]?.string == "default")
  }

  @Test("Without --space, C creates nowhere and lists everywhere; B does both in its default")
  func missingSpace() throws {
    let standIn = try StandIn()
    try standIn.cub("space create team")
    let refused = try standIn.cub("unit create api -")
    #expect(refused.exit == 1)
    #expect(
      refused.error.contains(
        "Failed: creating a single entity needs a space: pass --space <space> "
          + "(the context's default space is no longer used)"))
    try standIn.cub("unit create api - --space team")
    let older = ["STAND_IN_GENERATION": "b"]
    #expect(try standIn.cub("unit create web -", older).exit == 0)
    #expect(try standIn.cub("unit list -o json").json.array.count == 2)
    #expect(try standIn.cub("unit list -o json --space *").json.array.count == 2)
    let listed = try standIn.cub("unit list --json", older).json
    #expect(listed.array.count == 1)
    #expect(listed[0]?["Space"]?["Slug"]?.string == "default")
  }

  @Test("Parts of cub that are not played are refused by name, never pretended")
  func notPlayed() throws {
    let standIn = try StandIn()
    for line in ["variant upload", "space list -o jq=.x", "worker install w --space default"] {
      let result = try standIn.cub(line)
      #expect(result.exit == 1)
      #expect(result.error.contains("Failed: map-import stand-in: "), "\(line)")
    }
  }
}
