import Documents
import TestWorld
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// Damages session files in ways that disks, editors, programs and people do, and in ways that
/// readers of JSON are known to stumble over.
struct Mutator {
  private var random: Seeded
  private let seeds: [[UInt8]]

  init(seed: UInt64, _ seeds: [[UInt8]]) {
    random = Seeded(seed)
    self.seeds = seeds
  }

  /// What could be done to a file; the names are for the report of a failure.
  enum Kind: String, CaseIterable, Sendable {
    case flip, byte, insert, delete, cut, repeated, splice, swap, truncate, number, text, escape
    case unicode, member, nesting, null, mark, line
  }

  /// A damaged file, what was done to it, and whether its digest was made to match afterwards, as
  /// somebody would who wants it to be believed.
  mutating func next() -> (bytes: [UInt8], kinds: [Kind], isSealed: Bool) {
    var bytes = random.one(of: seeds)
    var kinds: [Kind] = []
    // Most often once: what is damaged often hardly gets past the first check.
    repeat {
      let kind = random.one(of: Kind.allCases)
      kinds.append(kind)
      apply(kind, to: &bytes)
    } while kinds.count < 6 && random.below(3) == 0
    let isSealed = random.below(4) == 0 && reseal(&bytes)
    return (bytes, kinds, isSealed)
  }

  private mutating func apply(_ kind: Kind, to bytes: inout [UInt8]) {
    let at = random.below(bytes.count + 1)
    switch kind {
    case .flip: if at < bytes.count { bytes[at] ^= 1 << UInt8(random.below(8)) }
    case .byte: if at < bytes.count { bytes[at] = UInt8(random.below(256)) }
    case .insert: bytes.insert(UInt8(random.below(256)), at: at)
    case .delete: if at < bytes.count { bytes.remove(at: at) }
    case .cut: bytes.removeSubrange(chunk(bytes, from: at))
    case .repeated: bytes.insert(contentsOf: bytes[chunk(bytes, from: at)], at: at)
    case .splice:
      let other = random.one(of: seeds)
      let piece = other[chunk(other, from: random.below(other.count))]
      bytes.replaceSubrange(chunk(bytes, from: at), with: piece)
    case .swap:
      let piece = Array(bytes[chunk(bytes, from: at)])
      bytes.removeSubrange(at..<(at + piece.count))
      bytes.insert(contentsOf: piece, at: random.below(bytes.count + 1))
    case .truncate: bytes.removeSubrange(at...)
    case .number:
      replace(number(from: at, in: bytes), in: &bytes, with: random.one(of: Self.numbers))
    case .text: replace(string(from: at, in: bytes), in: &bytes, with: random.one(of: Self.texts))
    case .escape: insertInText(random.one(of: Self.escapes), into: &bytes, from: at)
    case .unicode: insertInText(random.one(of: Self.sequences), into: &bytes, from: at)
    case .member: repeatMember(in: &bytes, from: at)
    case .nesting: nest(&bytes, at: at)
    case .null: replace(number(from: at, in: bytes), in: &bytes, with: Array("null".utf8))
    case .mark: bytes.insert(contentsOf: random.one(of: Self.marks), at: 0)
    case .line: duplicateLine(in: &bytes, from: at)
    }
  }

  // MARK: Places

  private mutating func chunk(_ bytes: [UInt8], from start: Int) -> Range<Int> {
    let longest = random.one(of: [4, 40, 400])
    return start..<min(bytes.count, start + 1 + random.below(longest))
  }

  /// The next whole number from there on.
  private func number(from start: Int, in bytes: [UInt8]) -> Range<Int>? {
    guard let first = bytes[start...].firstIndex(where: isDigit) else { return nil }
    return first..<(bytes[first...].firstIndex { !isDigit($0) } ?? bytes.count)
  }

  /// The next string from there on, with its quotes.
  private func string(from start: Int, in bytes: [UInt8]) -> Range<Int>? {
    let quote = UInt8(ascii: "\"")
    guard let first = bytes[start...].firstIndex(of: quote),
      let last = bytes[(first + 1)...].firstIndex(of: quote)
    else { return nil }
    return first..<(last + 1)
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func replace(_ range: Range<Int>?, in bytes: inout [UInt8], with new: [UInt8]) {
    if let range { bytes.replaceSubrange(range, with: new) }
  }

  private func insertInText(_ new: [UInt8], into bytes: inout [UInt8], from start: Int) {
    if let range = string(from: start, in: bytes) {
      bytes.insert(contentsOf: new, at: range.lowerBound + 1)
    }
  }

  // MARK: Shapes

  /// Gives an object one of its members twice, with the same value or another.
  private mutating func repeatMember(in bytes: inout [UInt8], from start: Int) {
    guard let key = string(from: start, in: bytes), key.upperBound < bytes.count,
      bytes[key.upperBound] == UInt8(ascii: ":")
    else { return }
    let value = random.one(of: ["null", "0", "[]", "{}", "\"x\"", "1.5"])
    bytes.insert(contentsOf: bytes[key] + Array(":\(value),".utf8), at: key.lowerBound)
  }

  private mutating func duplicateLine(in bytes: inout [UInt8], from start: Int) {
    let newline = UInt8(ascii: "\n")
    guard let first = bytes[start...].firstIndex(of: newline),
      let last = bytes[(first + 1)...].firstIndex(of: newline)
    else { return }
    bytes.insert(contentsOf: bytes[first..<last], at: first)
  }

  private mutating func nest(_ bytes: inout [UInt8], at start: Int) {
    // A hundred thousand levels at a time would take all of the time.
    let depth = random.below(500) == 0 ? 100_000 : random.one(of: [1, 60, 70, 600])
    let (opening, closing) = random.one(of: [("[", "]"), (#"{"a":"#, "}"), ("[[", "")])
    let place = number(from: start, in: bytes)
    let levels = Array(String(repeating: opening, count: depth).utf8)
    let ends = Array(String(repeating: closing, count: depth).utf8)
    replace(place ?? start..<start, in: &bytes, with: levels + [UInt8(ascii: "0")] + ends)
  }

  /// Puts the right digest where the old one is; false if there is no place for one.
  private func reseal(_ bytes: inout [UInt8]) -> Bool {
    let key = Array(#""sha256": ""#.utf8)
    guard let place = bytes.firstRange(of: key), place.upperBound + 64 <= bytes.count else {
      return false
    }
    let digest = place.upperBound..<(place.upperBound + 64)
    bytes.replaceSubrange(digest, with: Array(repeating: UInt8(ascii: "0"), count: 64))
    bytes.replaceSubrange(digest, with: Array(SHA256.hex(of: bytes).utf8))
    return true
  }

  // MARK: What readers stumble over

  private static let numbers = [
    "-1", "0", "-0", "00", "1.0", "1e3", "1E400", "-1e-400", "0.1", "1.5", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1000000000000001",
    "NaN", "Infinity", "0x10", "1e", "1.", ".5", "+1", String(repeating: "9", count: 400), "true",
  ].map { Array($0.utf8) }

  private static let texts = [
    #""""#, #""import-2026-01-09-143023""#, #""../../etc/passwd""#, #""2.0""#, #""1.9""#,
    #""9999-12-31T23:59:60Z""#, #""complete""#, #""scan""#, #""intent""#, "7", "null", "[]", "{}",
    #""\#(String(repeating: "x", count: 3000))""#, #""00000000-0000-0000-0000-000000000000""#,
  ].map { Array($0.utf8) }

  private static let escapes = [
    #"\u0000"#, #"\ud800"#, #"\udc00"#, #"\ud83d\ude00"#, #"\ud83dx"#, #"\u001b[2J"#, #"\u202e"#,
    #"\x41"#, #"\u12"#, #"\"#, #"\u00e9"#, #"e\u0301"#, #"\/"#, "\u{1b}", "\n", "\u{0}",
  ].map { Array($0.utf8) }

  /// Overlong, surrogates, beyond Unicode, cut off, and what looks like nothing.
  private static let sequences: [[UInt8]] = [
    [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff], [0x80],
    [0xc3, 0xa9], [0x65, 0xcc, 0x81], [0xef, 0xbb, 0xbf], [0xe2, 0x80, 0xae], [0xf0, 0x9f, 0x98],
  ]

  private static let marks: [[UInt8]] = [
    [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xff, 0xfe, 0, 0], [0], [0x20], [0x0c],
    Array("// \n".utf8), Array("[".utf8), Array("{}".utf8),
  ]
}
