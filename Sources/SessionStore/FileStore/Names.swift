import Glibc

/// The names of our files in `sessions/`. Other programs keep theirs in the same directory, so
/// whatever has no name of this pattern is neither read nor moved nor removed.
enum SessionName {
  static let pointer = "import-latest.json"

  /// `import-YYYY-MM-DD-HHMMSS`, or with `-2` … `-9999` after it.
  static func isID(_ text: String) -> Bool {
    guard text.hasPrefix("import-") else { return false }
    return isStamp(text.dropFirst("import-".count))
  }

  /// `YYYY-MM-DD-HHMMSS`, or with `-2` … `-9999` after it.
  static func isStamp(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    let shape = Array("dddd-dd-dd-dddddd".utf8)
    guard bytes.count >= shape.count, zip(bytes, shape).allSatisfy(matches) else { return false }
    let suffix = bytes[shape.count...]
    if suffix.isEmpty { return true }
    guard suffix.first == UInt8(ascii: "-"), (2...5).contains(suffix.count) else { return false }
    let number = suffix.dropFirst()
    return number.allSatisfy(isDigit) && number.first != UInt8(ascii: "0") && number != [0x31]
  }

  static func file(_ id: String) -> String { "\(id).json" }
  static func lock(_ id: String) -> String { "\(id).lock" }

  /// What a file is called until it is whole. No two processes write under one name, not even two
  /// with one process number, as in two containers with one home directory.
  static func temporary(_ what: String) -> String { ".\(what).\(process).tmp" }

  private static let process = "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"

  /// A numbered copy: a backup of that generation, a conflicting or an unreadable file.
  static func file(_ id: String, _ number: Int) -> String { "\(id).\(number).json" }

  /// The session that a file name names, as `import-2026-01-09-143022.json`.
  static func id(ofFile name: String) -> String? {
    guard name.hasSuffix(".json") else { return nil }
    let id = String(name.dropLast(".json".count))
    return isID(id) ? id : nil
  }

  /// What follows the name of a compressed file.
  static let compressed = ".gz"

  /// The session that the name of an archived file names, compressed or not.
  static func archivedID(_ name: String) -> String? { id(ofFile: expanded(name)) }

  private static func expanded(_ name: String) -> String {
    name.hasSuffix(compressed) ? String(name.dropLast(compressed.count)) : name
  }

  /// The session and the number, as of `import-2026-01-09-143022.17.json`, compressed or not.
  static func numbered(_ name: String) -> (id: String, number: Int)? {
    let name = expanded(name)
    guard name.hasSuffix(".json") else { return nil }
    let parts = name.dropLast(".json".count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isID(String(parts[0])), (1...18).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy(isDigit), let number = Int(parts[1]), String(number) == parts[1]
    else { return nil }
    return (String(parts[0]), number)
  }

  /// The directory of those.
  static let scans = "scans"

  /// A file of its own that holds a part of a session, see `SessionPart`.
  static func part(_ id: String, _ digest: String) -> String { "\(id).\(digest).json" }

  /// The session and the digest that a part's name names.
  static func named(part name: String) -> (id: String, digest: String)? {
    guard name.hasSuffix(".json") else { return nil }
    let parts = name.dropLast(".json".count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isID(String(parts[0])), isDigest(String(parts[1])) else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  /// 64 lower-case hexadecimal digits.
  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  /// What stood in the place of the pointer, as it is put aside: `import-latest.1.json`.
  static func isAsidePointer(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "import-latest" && parts[2] == "json"
      && !parts[1].isEmpty && parts[1].utf8.allSatisfy(isDigit)
  }

  /// `YYYY-MM-DD`, a directory in `archive/`.
  static func isDay(_ name: String) -> Bool {
    let shape = "dddd-dd-dd".utf8
    return name.utf8.count == shape.count && zip(name.utf8, shape).allSatisfy(matches)
  }

  private static func matches(_ byte: UInt8, _ wanted: UInt8) -> Bool {
    wanted == UInt8(ascii: "d") ? isDigit(byte) : byte == wanted
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
