import Documents
import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// A sound session file of which one bit is another, or the end is missing.
@Suite("A damaged session file")
struct FlipTests {
  static let goldens = Result { try Golden.both() }

  private static func flipped(_ bytes: [UInt8], bit: Int) -> [UInt8] {
    var bytes = bytes
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return bytes
  }

  @Test("is never taken for a sound one, whichever bit is another", arguments: try goldens.get())
  func everyBit(_ golden: Golden) throws {
    #expect(Verdict(golden.bytes) == .sound)
    // Seven has no divisor in common with the eight bits of a byte: each of them has its turn.
    let bits = Sweep.sample(0..<golden.bytes.count * 8, every: 7)
    let verdicts = try inParallel(
      bits.count, from: Verdicts(), adding: Verdicts.add
    ) { index, sum in
      let bit = bits[index]
      let bytes = Self.flipped(golden.bytes, bit: bit)
      let verdict = Verdict(bytes)
      sum.counts[verdict, default: 0] += 1
      // Only what is JSON can have been edited by hand; a slower reader of it looks at some.
      if verdict == .edited, bit % 13 == 0, (try? JSONValue(parsing: bytes)) == nil {
        sum.note("bit \(bit)")
      }
      if verdict == .newer, !Self.saysLaterVersion(bytes) { sum.note("bit \(bit)") }
    }
    print("damage, \(golden.name): \(bits.count) flipped bits: \(verdicts)")
    #expect(verdicts[.sound] == 0)
    #expect(verdicts[.edited] > 0)
    #expect(verdicts[.refused] > 0)
    #expect(verdicts.wrong == [])
  }

  private static func saysLaterVersion(_ bytes: [UInt8]) -> Bool {
    let version = (try? JSONValue(parsing: bytes))?["version"]?.string
    return version.flatMap { Int($0.prefix { $0 != "." }) }.map { $0 > 1 } ?? false
  }

  @Test("is never taken for a sound one, wherever it ends", arguments: try goldens.get())
  func everyLength(_ golden: Golden) throws {
    let count = golden.bytes.count
    let ends = Sweep.sample(0..<count - 100, every: 7) + Array(count - 100..<count)
    let verdicts = try inParallel(
      ends.count, from: Verdicts(), adding: Verdicts.add
    ) { index, sum in
      sum.counts[Verdict(Array(golden.bytes[..<ends[index]])), default: 0] += 1
    }
    print("damage, \(golden.name): \(ends.count) truncations: \(verdicts)")
    #expect(verdicts[.sound] == 0)
    // Only the newline at the end can go without breaking the JSON.
    #expect(verdicts[.edited] == 1)
    #expect(verdicts[.newer] == 0)
  }

  @Test("is passed over for its backup, or asked about, and always spoken of")
  func onDisk() throws {
    let golden = try Golden.rich()
    let directory = try Directory(golden)
    var seen: [Verdict: Int] = [:]
    let flips = stride(from: 3, to: golden.bytes.count * 8, by: 211).map {
      Self.flipped(golden.bytes, bit: $0)
    }
    let ends = stride(from: 0, to: golden.bytes.count, by: 131).map {
      Array(golden.bytes[..<$0])
    }
    let version = try #require(golden.bytes.firstRange(of: Array(#""version": "1"#.utf8)))
    let later = Self.flipped(golden.bytes, bit: (version.upperBound - 1) * 8 + 1)
    for damaged in flips + ends + [later] {
      let verdict = Verdict(damaged)
      seen[verdict, default: 0] += 1
      try directory.damage(damaged)
      try directory.expect(verdict, repairing: false)
      try directory.expect(verdict, repairing: true)
    }
    print("damage, on disk: \(seen)")
    #expect(Set(seen.keys) == [.refused, .edited, .newer])
  }

  /// A session with a damaged file and a backup, and another session.
  private struct Directory {
    let golden: Golden
    let home: TemporaryHome
    let store: FileStore
    let backup: Session
    var damaged: [UInt8] = []

    init(_ golden: Golden) throws {
      self.golden = golden
      home = try TemporaryHome(isInMemory: true)
      store = try home.store()
      var backup = golden.session
      backup.generation -= 1
      self.backup = backup
    }

    private let now = Timestamp(seconds: 1_800_000_000)

    private var file: String { "\(home.sessions)/\(Golden.id).json" }

    func damage(_ bytes: [UInt8]) throws {
      try? FileManager.default.removeItem(atPath: home.confighub)
      try home.make(directory: "\(home.sessions)/backups")
      try home.write(bytes, to: file)
      try home.write(
        try SessionCodec.encode(SessionDocument(session: backup)),
        to: "\(home.sessions)/backups/\(Golden.id).\(backup.generation).json")
      try FileManager.default.createSymbolicLink(
        atPath: "\(home.sessions)/import-latest.json", withDestinationPath: "\(Golden.id).json")
    }

    func expect(_ verdict: Verdict, repairing: Bool) throws {
      let before = try home.bytes(file)
      let result = try repairing ? store.readAndRepair(at: now) : store.read()
      let found = try #require(result.found)
      switch verdict {
      case .refused:
        #expect(found.origin == .backup(generation: backup.generation))
        #expect(found.trust == .sound)
        #expect(found.document.session == backup)
        #expect(result.warnings.count == 2)
        #expect(result.warnings.first?.contains("\(Golden.id).json cannot be used: ") == true)
        #expect(result.warnings.last?.contains("Its backup of ") == true)
        if repairing {
          #expect(try home.bytes("\(home.sessions)/corrupt/\(Golden.id).1.json") == before)
          #expect(try store.read().found?.document.session == backup)
        }
      case .edited:
        #expect(found.trust == .editedByHand)
        #expect(found.backup?.session == backup)
      case .newer:
        // One flipped bit makes 3.0, 5.0 or 9.0 of 1.0.
        guard case .newer = found.trust else {
          Issue.record("a later version is taken for \(found.trust)")
          return
        }
      case .sound:
        Issue.record("a damaged file is taken for a sound one")
      }
      if !repairing || verdict != .refused { #expect(try home.bytes(file) == before) }
    }
  }

  @Test("is passed over for another session if it has no backup")
  func otherSession() throws {
    let golden = try Golden.printed()
    for damaged in [[], Array(golden.bytes.dropLast(2)), Self.flipped(golden.bytes, bit: 4)] {
      let home = try TemporaryHome(isInMemory: true)
      try home.make(directory: home.sessions)
      var other = golden.session
      other.id = "import-2026-01-08-000000"
      try home.write(damaged, to: "\(home.sessions)/\(Golden.id).json")
      try home.write(
        try SessionCodec.encode(SessionDocument(session: other)),
        to: "\(home.sessions)/\(other.id).json")
      try FileManager.default.createSymbolicLink(
        atPath: "\(home.sessions)/import-latest.json", withDestinationPath: "\(Golden.id).json")
      let result = try home.store().read()
      #expect(result.found?.origin == .otherSession)
      #expect(result.found?.document.session == other)
      #expect(result.warnings.count == 2)
      #expect(result.warnings.last == "The session \(other.id) was taken instead.")
    }
  }
}
