import FoundationEssentials
import TestWorld
import Testing

@Suite struct SignInTests {
  @Test("It says that it is a stand-in, and of which generation", arguments: ["b", "c"])
  func version(generation: String) throws {
    let result = try StandIn(["STAND_IN_GENERATION": generation]).cub("version")
    #expect(
      result.text
        == "map-import stand-in for cub, generation \(generation.uppercased())\n")
    #expect(result.exit == 0)
  }

  @Test("The first argument names the program when the file's own name does not")
  func multiCall() throws {
    let standIn = try StandIn()
    #expect(try standIn.run("map-import-stand-in", ["cub", "version"]).exit == 0)
    let unnamed = try standIn.run("map-import-stand-in", ["helm", "version"])
    #expect(unnamed.exit == 2)
    #expect(unnamed.error.contains("test double for cub and kubectl"))
  }

  @Test("A new hub is signed in, and the context says who and where")
  func context() throws {
    let standIn = try StandIn()
    let context = try standIn.cub("context get -o json").json
    #expect(context["coordinate"]?["user"]?.string == "user@example.com")
    #expect(context["coordinate"]?["serverURL"]?.string == "https://hub.confighub.com")
    #expect(context["metadata"]?["organizationName"]?.string == "Acme Corp")
    #expect(try standIn.cub("auth status").exit == 0)
    #expect(try standIn.cub("organization list -o json").json[0]?["Slug"]?.string == "acme-corp")
  }

  @Test("Only generation B knows a default space")
  func defaultSpace() throws {
    let standIn = try StandIn()
    let older = try standIn.cub("context get --json", ["STAND_IN_GENERATION": "b"]).json
    #expect(older["settings"]?["defaultSpace"]?.string == "default")
    #expect(try standIn.cub("context get -o json").json["settings"]?.keys == [])
  }

  @Test("Signed out, nothing reaches the server until somebody signs in")
  func signedOut() throws {
    let standIn = try StandIn(["STAND_IN_SIGNED_OUT": "1"])
    let list = try standIn.cub("space list -o json")
    #expect(list.exit == 1)
    #expect(list.output.isEmpty)
    #expect(list.error.contains("Failed: not authenticated: no access token found"))
    #expect(try standIn.cub("context get -o json").exit == 1)
    #expect(try standIn.cub("auth get-token").exit == 1)
    let login = try standIn.cub("auth login --no-browser")
    #expect(login.text.hasPrefix("Starting device login flow...\n"))
    #expect(login.text.contains("Or manually enter this code: "))
    #expect(try standIn.cub("space list -o json").exit == 0)
    #expect(try standIn.cub("context get -o json").exit == 0)
  }

  @Test("The file signed-out expires a sign-in, and the local context does not show it")
  func expired() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "b"])
    try standIn.cub("space list")
    try Data().write(to: URL(filePath: standIn.state + "/signed-out"))
    #expect(try standIn.cub("context get --json").exit == 0)
    let list = try standIn.cub("space list --json")
    #expect(list.exit == 1)
    #expect(list.error.contains("Failed: HTTP 401 for req "))
    #expect(try standIn.cub("auth login").text.hasPrefix("Opening browser on the URL below."))
    #expect(try standIn.cub("space list --json").exit == 0)
  }

  @Test("Without a directory for its state it refuses")
  func noState() throws {
    let result = try StandIn().cub("space list", ["STAND_IN_STATE": ""])
    #expect(result.exit == 1)
    #expect(result.error.contains("STAND_IN_STATE"))
  }
}
