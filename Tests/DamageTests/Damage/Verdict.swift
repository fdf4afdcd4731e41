import Documents
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// What the program makes of a damaged file.
enum Verdict: String, Hashable, Sendable {
  case refused, edited, newer, sound

  init(_ bytes: [UInt8]) { self.init(Result { try SessionCodec.decode(bytes, named: Golden.id) }) }

  init(_ decoded: Result<(document: SessionDocument, trust: Trust), any Error>) {
    switch decoded {
    case .failure: self = .refused
    case .success((_, .sound)): self = .sound
    case .success((_, .editedByHand)): self = .edited
    case .success((_, .newer)): self = .newer
    }
  }
}

/// How often each verdict came.
struct Verdicts: Sendable, CustomStringConvertible {
  var counts: [Verdict: Int] = [:]
  /// The first few that must not be, for the report.
  var wrong: [String] = []
  /// The longest that one file took, in seconds of work.
  var longest = 0.0

  static func add(_ sum: inout Verdicts, _ other: Verdicts) {
    sum.counts.merge(other.counts, uniquingKeysWith: +)
    sum.wrong += other.wrong
    sum.longest = max(sum.longest, other.longest)
  }

  mutating func note(_ wrong: String) {
    if self.wrong.count < 5 { self.wrong.append(wrong) }
  }

  subscript(verdict: Verdict) -> Int { counts[verdict, default: 0] }

  var description: String {
    let counts = counts.sorted { $0.key.rawValue < $1.key.rawValue }
    return counts.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
  }
}

/// Whether a file's digest is the digest of the file, found out in another way than the program
/// does it: any place in the file may be the digest's.
func isIntact(_ bytes: [UInt8]) -> Bool {
  guard let value = try? JSONValue(parsing: bytes), let said = value["integrity", "sha256"]?.string,
    said.utf8.count == 64
  else { return false }
  let digest = Array(said.utf8)
  return bytes.indices.contains { start in
    guard bytes[start] == digest[0], bytes[start...].starts(with: digest) else { return false }
    let zeroed =
      bytes[..<start] + Array(repeating: UInt8(ascii: "0"), count: 64)
      + bytes[(start + 64)...]
    return SHA256.hex(of: zeroed) == said
  }
}
