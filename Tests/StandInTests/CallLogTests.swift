import FoundationEssentials
import TestWorld
import Testing

@Suite struct CallLogTests {
  @Test("Every call leaves one line: what was asked and how it ended, and no content")
  func lines() throws {
    let standIn = try StandIn()
    try standIn.cub("unit create api - --space default", input: Data("abc".utf8))
    try standIn.cub("unit create api - --space default", input: Data("abc".utf8))
    try standIn.cub("nonsense")
    let calls = try standIn.calls()
    #expect(calls.map { $0["exit"]?.int } == [0, 1, 1])
    #expect(
      calls[0]["argv"]?.array.map(\.string) == ["unit", "create", "api", "-", "--space", "default"])
    #expect(calls[0]["generation"]?.string == "c")
    #expect(calls[0]["stdin"]?["bytes"]?.int == 3)
    #expect(
      calls[0]["stdin"]?["sha256"]?.string
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(calls[2]["stdin"] == .null)
  }

  @Test("The digest of content longer than a block is SHA-256 too")
  func digest() throws {
    let standIn = try StandIn()
    let content = Data(repeating: UInt8(ascii: "a"), count: 1000)
    let unit = try standIn.cub("unit create a - --space default -o json", input: content).json
    #expect(
      unit["DataHash"]?.string
        == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
  }

  @Test("A delay is kept on every call")
  func delay() throws {
    let standIn = try StandIn()
    let start = ContinuousClock.now
    try standIn.cub("space list", ["STAND_IN_DELAY_MS": "150"])
    #expect(ContinuousClock.now - start >= .milliseconds(150))
  }
}
