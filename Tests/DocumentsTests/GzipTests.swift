import Documents
import Subprocess
import Testing

@Suite("Gzip")
struct GzipTests {
  private static let text = Array((0..<20_000).map { "line \($0 % 97)\n" }.joined().utf8)

  @Test("What was compressed comes back", arguments: [0, 1, 255, 256 << 10, 1 << 20])
  func roundTrip(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    #expect(try Gzip.expanded(Gzip.compressed(bytes), atMost: count) == bytes)
  }

  @Test("The system's zcat reads it, and it reads what the system's gzip wrote")
  func peers() throws {
    let packed = try Gzip.compressed(Self.text)
    #expect(packed.count < Self.text.count / 20)
    #expect(try run(Command("/bin/zcat", input: packed)).output == Self.text)
    let other = try run(Command("/bin/gzip", ["-9"], input: Self.text)).output
    #expect(try Gzip.expanded(other, atMost: Self.text.count) == Self.text)
  }

  @Test("One bit that is another, or an end that is missing, is found out")
  func damage() throws {
    let packed = try Gzip.compressed(Array("a session of a few words, a session".utf8))
    for end in packed.indices {
      #expect(throws: Gzip.Invalid.self) {
        try Gzip.expanded(Array(packed[..<end]), atMost: 1 << 20)
      }
    }
    // Bytes 3 to 9 of the header hold flags, a time and a system, which say nothing of the content.
    for bit in 10 * 8..<packed.count * 8 {
      var damaged = packed
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: Gzip.Invalid.self, "bit \(bit)") {
        try Gzip.expanded(damaged, atMost: 1 << 20)
      }
    }
  }

  @Test("What follows is refused, be it a second member")
  func garbage() throws {
    let packed = try Gzip.compressed(Self.text)
    for rest in [[0], packed] {
      let error = #expect(throws: Gzip.Invalid.self) {
        try Gzip.expanded(packed + rest, atMost: 1 << 20)
      }
      #expect(error?.reason == "something follows its compressed content")
    }
  }

  @Test("A bomb is given up at the limit")
  func bomb() throws {
    let packed = try Gzip.compressed([UInt8](repeating: 0, count: 64 << 20))
    #expect(packed.count < 100_000)
    let error = #expect(throws: Gzip.Invalid.self) {
      try Gzip.expanded(packed, atMost: 1 << 20)
    }
    #expect(error?.reason == "it would be larger than 1048576 bytes")
  }
}
