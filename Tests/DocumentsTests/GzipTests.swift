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

  @Test("A note before the content is found in the head of the file, and no part of the content")
  func note() throws {
    let longest = [UInt8](repeating: 0x6e, count: Gzip.longestNote)
    for note in [Array("a note".utf8), longest] {
      let packed = try Gzip.compressed(Self.text, note: note)
      #expect(Gzip.note(of: Array(packed.prefix(Gzip.headLength))) == note)
      #expect(try Gzip.expanded(packed, atMost: Self.text.count) == Self.text)
      #expect(try run(Command("/bin/zcat", input: packed)).output == Self.text)
      #expect(Gzip.note(of: Array(packed.prefix(12))) == nil)
    }
    let plain = try Gzip.compressed(Self.text)
    #expect(Gzip.note(of: plain) == nil)
    #expect(try Gzip.compressed(Self.text, note: longest + [0]) == plain)
    #expect(Gzip.note(of: try run(Command("/bin/gzip", input: Self.text)).output) == nil)
    #expect(Gzip.note(of: Self.text) == nil && Gzip.note(of: []) == nil)
    // Somebody else's extra field, and one that says another length than it has.
    var other = try Gzip.compressed(Self.text, note: [1, 2, 3])
    other[12] = UInt8(ascii: "A")
    #expect(Gzip.note(of: other) == nil)
    other[12] = UInt8(ascii: "M")
    other[14] += 1
    #expect(Gzip.note(of: other) == nil)
  }

  @Test("One bit that is another, or an end that is missing, is found out")
  func damage() throws {
    let text = Array("a session of a few words, a session".utf8)
    let packed = try Gzip.compressed(text)
    for end in packed.indices {
      #expect(throws: Gzip.Invalid.self) {
        try Gzip.expanded(Array(packed[..<end]), atMost: 1 << 20)
      }
    }
    // A few bits mean nothing: a time, a system, and what fills the last byte of the content.
    var harmless = 0
    for bit in 0..<packed.count * 8 {
      var damaged = packed
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let found = try? Gzip.expanded(damaged, atMost: 1 << 20) else { continue }
      #expect(found == text, "bit \(bit)")
      harmless += 1
    }
    #expect(harmless < 8 * 8)
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
