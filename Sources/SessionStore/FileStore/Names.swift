import Files
import SessionFormat

/// A directory inside `sessions`, by its name.
enum SessionFolder: String, CaseIterable {
  /// Has a directory for each day.
  case archive
  case backups, conflicts, corrupt, scans
}

/// What a file in `sessions`, or in one of its directories, is by its name. Other programs keep
/// theirs in the same place, so whatever has no name of this pattern is neither read nor moved nor
/// removed.
enum SessionName: Hashable {
  /// `ID.json`
  case session(String, isCompressed: Bool)
  /// `ID.N.json`: a backup of that generation, a conflicting or an unreadable file.
  case copy(String, Int)
  /// `ID.SHA-256.json`: see `SessionPart`.
  case part(String, digest: String)
  /// `ID.lock`
  case lock(String)
  /// `.ID.PROCESS.tmp`, or `.ID.N.json.PROCESS.tmp` for a copy.
  case temporary(String)
  /// `import-latest.json`
  case pointer
  /// `import-latest.N.json`: what stood in the pointer's place, put aside.
  case asidePointer
  /// As earlier versions called it: without a session's id.
  case temporaryPointer

  /// `nil` for a name that is not ours.
  init?(_ name: String) {
    if name == Self.pointerFile {
      self = .pointer
    } else if name == ".\(Self.pointerID).tmp" {
      self = .temporaryPointer
    } else if let id = TemporaryName.subject(of: name), SessionID.isValid(id) {
      self = .temporary(id)
    } else if name.hasSuffix(".lock"), SessionID.isValid(name.dropLast(".lock".count)) {
      self = .lock(String(name.dropLast(".lock".count)))
    } else {
      self.init(parts: name.split(separator: ".", omittingEmptySubsequences: false))
    }
  }

  /// - Parameter parts: what is between the dots of the name.
  private init?(parts: [Substring]) {
    var parts = parts[...]
    let isCompressed = parts.last == "gz"
    if isCompressed { parts.removeLast() }
    guard parts.popLast() == "json", let id = parts.popFirst().map(String.init), parts.count <= 1
    else { return nil }
    guard SessionID.isValid(id) else {
      guard id == Self.pointerID, let number = parts.first, !number.isEmpty, !isCompressed,
        number.utf8.allSatisfy(SessionID.isDigit)
      else { return nil }
      self = .asidePointer
      return
    }
    guard let second = parts.first else {
      self = .session(id, isCompressed: isCompressed)
      return
    }
    // A digest may have nothing but digits, a number has at most 18.
    if SessionID.isDigest(second), !isCompressed {
      self = .part(id, digest: String(second))
    } else if (1...18).contains(second.utf8.count), let number = Int(second), number >= 0,
      String(number) == second
    {
      self = .copy(id, number)
    } else {
      return nil
    }
  }

  private static let pointerID = "import-latest"

  /// A name that our files have in `sessions` itself.
  static func isOurs(_ name: String) -> Bool {
    switch SessionName(name) {
    case .session(_, isCompressed: false), .lock, .temporary, .pointer, .temporaryPointer: true
    case .session, .copy, .part, .asidePointer, nil: false
    }
  }

  // MARK: Making names

  static let pointerFile = "\(pointerID).json"
  /// What follows the name of a compressed file.
  static let compressed = ".gz"

  static func file(_ id: String) -> String { "\(id).json" }
  static func file(_ id: String, _ number: Int) -> String { "\(id).\(number).json" }
  static func partFile(_ id: String, _ digest: String) -> String { "\(id).\(digest).json" }
  static func lockFile(_ id: String) -> String { "\(id).lock" }

  // MARK: One kind of name

  /// The session that the name of a session's file names, if it is not a compressed one.
  static func id(ofFile name: String) -> String? {
    if case .session(let id, isCompressed: false)? = SessionName(name) { id } else { nil }
  }

  /// The session that the name of an archived file names, compressed or not.
  static func archivedID(_ name: String) -> String? {
    if case .session(let id, _)? = SessionName(name) { id } else { nil }
  }

  static func numbered(_ name: String) -> (id: String, number: Int)? {
    if case .copy(let id, let number)? = SessionName(name) { (id, number) } else { nil }
  }

  static func part(_ name: String) -> (id: String, digest: String)? {
    if case .part(let id, let digest)? = SessionName(name) { (id, digest) } else { nil }
  }

  static func temporaryID(_ name: String) -> String? {
    if case .temporary(let id)? = SessionName(name) { id } else { nil }
  }

  static func lockID(_ name: String) -> String? {
    if case .lock(let id)? = SessionName(name) { id } else { nil }
  }
}

extension Directory {
  /// One of the directories inside `sessions`; `nil` if it is missing, and none is made.
  func existing(_ folder: SessionFolder) throws -> Directory? { try existing(folder.rawValue) }

  /// One of the directories inside `sessions`.
  func ownDirectory(_ folder: SessionFolder, _ access: Access) throws -> Directory {
    try ownDirectory(folder.rawValue, access)
  }
}
