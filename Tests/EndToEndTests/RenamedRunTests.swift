import FoundationEssentials
import TestWorld
import Testing

@Suite("A unit whose name was taken", .waiting)
struct RenamedRunTests {
  @Test("is named with both at the end of every report, also by a later run")
  func reports() throws {
    let world = try Import()
    for call in [
      ["space", "create", "payment-team"],
      ["unit", "create", "--space", "payment-team", "order-api", "-"],
    ] {
      let made = try world.sandbox.run(
        "cub", call, environment: world.environment, input: "kind: Other\n")
      #expect(made.status == 0, "\(made.stderr)")
    }
    let report = world.sandbox.home + "/report.md"
    let sentence = "Unit order-api-2 was to be order-api, which is the name of another unit."
    let flags = ["--yes", "--on-conflict", "rename", "--worker-mode", "skip", "--report", report]
    let text = try world.run(flags + Import.scope)
    #expect(text.status == 0, "\(text.stderr)")
    #expect(text.stdout.contains("\n\(sentence) If both"), "\(text.stdout)")
    let markdown = try String(contentsOfFile: report, encoding: .utf8)
    #expect(markdown.contains("- Unit order-api-2 was to"), "\(markdown)")
    let json = try world.json(world.run(["--yes", "--resume", "-o", "json"]))
    let units = json["results"]?.array ?? []
    #expect(units.count == 12)
    #expect(units.compactMap { $0["instead_of"]?.string } == ["order-api"])
  }
}
