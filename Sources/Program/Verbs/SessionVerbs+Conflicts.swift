import Documents
import Files
import Glibc
import SessionFormat
import SessionStore
import TerminalText
import Wizard

/// `sessions conflicts`: what was put aside, in `conflicts/` and `corrupt/`.
extension SessionVerbs {
  /// 1 if something could not be deleted.
  func conflicts() throws -> Int32 {
    let words = command.arguments.dropFirst()
    switch command.arguments.first {
    case "take": try takeConflict(words.first ?? "")
    case "clear": return try clearConflicts(Array(words))
    default: try listConflicts()
    }
    return 0
  }

  private func listConflicts() throws {
    let files = try store.conflicts()
    print(
      .array(files.map(json)), files.isEmpty ? ["Nothing was put aside."] : files.flatMap(lines))
  }

  private func lines(_ file: AsideFile) -> [String] {
    var lines = [
      "\(file.name)  \(age(file.since).words), \(plural(file.size, "byte"))",
      "  \(file.reason)",
    ]
    if let header = file.header {
      let step = SessionSummary(header, age: age(header.updatedAt)).step
      lines.append("  generation \(header.generation): \(step)")
    }
    if file.unsettled > 0 {
      lines.append("  \(plural(file.unsettled, "change")) to ConfigHub of unknown outcome")
    }
    return lines
  }

  private func json(_ file: AsideFile) -> JSONValue {
    .object([
      "name": .string(file.name), "session_id": JSONValue(file.id),
      "path": .string(store.root.absolutePath(file.path)), "bytes": JSONValue(file.size),
      "since": .string(file.since.rfc3339), "reason": .string(file.reason),
      "readable": .bool(file.header != nil),
      "generation": JSONValue(file.header?.generation),
      "step": JSONValue(file.header?.position.step.rawValue),
      "unsettled": JSONValue(file.unsettled),
    ])
  }

  /// The one of that name: with its directory, or without if there is only one.
  private func file(named name: String, of files: [AsideFile]) throws -> AsideFile {
    let found = files.filter { $0.name == name || $0.name.hasSuffix("/\(name)") }
    guard let file = found.first else {
      throw Refusal(
        3, "There is no \(name) among what was put aside; map-import sessions conflicts shows it.")
    }
    guard found.count == 1 else {
      throw Refusal(2, "\(name) is there twice: say conflicts/\(name) or corrupt/\(name).")
    }
    return file
  }

  // MARK: Taking back

  private func takeConflict(_ name: String) throws {
    let files = try store.conflicts()
    let isPath = name.contains("/") && !files.contains { $0.name == name }
    let taken: TakenState
    if isPath {
      taken = try store.takeCopy(read(name, atMost: SessionCodec.sizeLimit), at: now)
    } else {
      taken = try store.takeConflict(file(named: name, of: files), at: now)
    }
    let session = taken.session
    audit(.conflicts, session.id, "\(name) taken back, as generation \(session.generation)")
    let step = SessionSummary(SessionHeader(session), age: age(session.updatedAt)).step
    var lines = [
      taken.replaced == nil
        ? "Session \(session.id) is made of \(name), as generation \(session.generation): \(step)."
        : "Session \(session.id) is as in \(name), saved as generation \(session.generation): "
          + "\(step). What it was before is in its backups."
    ]
    if taken.operationsKept > 0 {
      lines.append(
        "\(plural(taken.operationsKept, "change")) to ConfigHub that it did not know, or not as "
          + "well, \(taken.operationsKept == 1 ? "stays" : "stay") recorded, so that nothing is created twice."
      )
    }
    lines += taken.warnings
    print(
      .object([
        "warnings": .array(taken.warnings.map(JSONValue.string)),
        "session_id": .string(session.id), "replaced": .bool(taken.replaced != nil),
        "generation": JSONValue(session.generation),
        "operations": JSONValue(session.operations.count),
        "operations_kept": JSONValue(taken.operationsKept),
        "step": .string(session.position.step.rawValue),
      ]), lines)
  }

  // MARK: Emptying

  private func clearConflicts(_ names: [String]) throws -> Int32 {
    let all = try store.conflicts()
    let files = try names.isEmpty ? all : names.map { try file(named: $0, of: all) }
    let unsettled = files.map(\.unsettled).reduce(0, +)
    if !files.isEmpty, !options.yes {
      for file in files { complain("\(file.name) would be deleted: it \(file.reason)") }
      try checkTerminal(for: "conflicts clear")
      let warning =
        unsettled == 0
        ? "" : " \(plural(unsettled, "change")) of unknown outcome may be known only there."
      guard isConfirmed("Delete \(plural(files.count, "file")) for good?\(warning) [y/N] ") else {
        print(.object(["deleted": .array([])]), ["Nothing was deleted."])
        return 0
      }
    }
    var cleared: [AsideFile] = []
    var failures = 0
    for file in files {
      do throws(StoreError) {
        guard try store.clearConflict(file) else { continue }
        cleared.append(file)
        audit(.conflicts, file.name, "deleted")
      } catch {
        failures += 1
        complain(error.sentence)
        audit(.conflicts, file.name, "failed: \(error.sentence)")
      }
    }
    print(
      .object(["deleted": .array(cleared.map { .string($0.name) })]),
      cleared.isEmpty && failures == 0
        ? ["There was nothing to delete."] : cleared.map { "\($0.name) is deleted." })
    return failures == 0 ? 0 : 1
  }
}
