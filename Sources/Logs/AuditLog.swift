import Files
import ForeignText
import Glibc
import TerminalText
import Wizard

/// `~/.confighub/logs/audit.log`: one line for everything that changed a session other than the
/// work in it: when, who, what, which session, and what came of it.
///
/// Lines are only ever added, each with one write(2). A file that is full becomes `audit.log.1`,
/// in place of the one before it.
package struct AuditLog: Sendable {
  package enum Action: String, Sendable {
    case archive, restore, delete, export, `import`, undo, conflicts, name
    case share, unshare, handoff, take
    case removeLog = "remove-log"
  }

  package static let name = "audit.log"
  package static let before = "audit.log.1"

  package let root: StateRoot
  /// In bytes.
  package let limit: Int

  package init(root: StateRoot) { self.init(root: root, limit: 1 << 20) }

  package init(root: StateRoot, limit: Int) {
    self.root = root
    self.limit = limit
  }

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - subject: the session's id, or the log's name.
  ///   - result: for a person; secrets are taken out of it.
  /// - Returns: why the line is missing, as a sentence; `nil` if it is there.
  package func write(
    _ action: Action, _ subject: String, _ result: String, at now: Timestamp
  ) -> String? {
    let words = [now.rfc3339, Self.who, action.rawValue, subject].map(Self.word)
    var redactor = Redactor()
    let text = escaped(redactor.redacted(result)).prefix(2000)
    do {
      try add(Array("\(words.joined(separator: " ")) \(text)\n".utf8))
      return nil
    } catch {
      return StoreError("\(action.rawValue) of \(subject) is not in the audit log", error).sentence
    }
  }

  /// The lines, oldest first; those about one session, if it is named. None is left out for its
  /// age but those of files that are gone.
  package func lines(about subject: String? = nil) throws(StoreError) -> [String] {
    do {
      guard let logs = try root.existing(.logs) else { return [] }
      let lines = try [Self.before, Self.name].flatMap { name in
        String(decoding: try contents(name, in: logs), as: UTF8.self).split(separator: "\n")
      }
      guard let subject else { return lines.map(String.init) }
      return lines.filter {
        $0.split(separator: " ").dropFirst(3).first.map(String.init) == subject
      }
      .map(String.init)
    } catch {
      throw StoreError("The audit log cannot be read", error)
    }
  }

  /// When something was done, as far as the lines tell.
  package func dates() throws(StoreError) -> [Timestamp] {
    try lines().compactMap { $0.split(separator: " ").first }
      .compactMap { Timestamp(rfc3339: String($0)) }
  }

  private func contents(_ name: String, in logs: Directory) throws -> [UInt8] {
    guard let status = try logs.status(of: name) else { return [] }
    guard status.kind == .regular, status.owner == geteuid() else {
      throw Refusal("\(logs.path(of: name)) is not a file of yours.")
    }
    // A line may have made it longer than the limit.
    return try logs.open(name, O_RDONLY).read(limit: 2 * limit)
  }

  private func add(_ line: [UInt8]) throws {
    let logs = try root.open(.logs, .writing)
    for patience in (0..<50).reversed() {
      let file = try logs.open(Self.name, O_WRONLY | O_APPEND | O_CREAT, mode: 0o600)
      let status = try file.status()
      guard status.kind == .regular, status.owner == geteuid() else {
        throw Refusal("\(file.path) is not a file of yours. Move it away and try again.")
      }
      try file.setMode(0o600)
      guard try isLocked(file) else {
        if patience > 0 { usleep(20_000) }
        continue
      }
      // Another process may have renamed it meanwhile.
      guard let named = try logs.status(of: Self.name), named.isSameFile(as: status) else {
        continue
      }
      if named.size > 0, named.size + line.count > limit {
        try logs.replace(Self.before, by: Self.name)
        continue
      }
      return try file.write(line)
    }
    throw CallError("flock", logs.path(of: Self.name), EAGAIN)
  }

  /// Without locks on that file system a line may get lost when the file is full, and no other.
  private func isLocked(_ file: OpenFile) throws(CallError) -> Bool {
    do {
      return try file.lock()
    } catch {
      guard [ENOLCK, EOPNOTSUPP, ENOSYS].contains(error.code) else { throw error }
      return true
    }
  }

  /// Without spaces and control characters, so that no name can look like more than one word.
  private static func word(_ text: String) -> String {
    let plain = escaped(text).replacing(" ", with: "_").prefix(200)
    return plain.isEmpty ? "-" : String(plain)
  }

  /// `alice@laptop`
  private static var who: String {
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
    return "\(user)@\(ProcessIdentity.host ?? "localhost")"
  }
}
