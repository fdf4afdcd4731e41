import Effects
import Documents
import Files
import Glibc
import SessionStore
import TerminalText
import Wizard

extension SessionVerbs {
  func archive(_ id: String) throws {
    let entries = try entries(of: id)
    try refuseIfHeld(entries)
    guard entries.contains(where: { $0.place == .active }) else {
      throw Refusal(1, "Session \(id) is not active, so there is nothing to archive.")
    }
    try store.archive(id, at: now)
    audit(.archive, id, "done")
    print(
      .object([
        "session_id": .string(id), "state": .string("archived"), "archived_on": .string(now.day),
      ]), ["Session \(id) is archived, under \(now.day)."])
  }

  func name(_ id: String, _ text: String) throws {
    guard let name = SessionTitle.usable(text) else {
      throw Refusal(2, SessionTitle.sentence)
    }
    try refuseIfHeld(entries(of: id))
    try store.rename(id, to: name, at: now)
    let sentence = FileStore.renamed(id, name)
    audit(.name, id, "done: \(sentence)")
    print(
      .object(["session_id": .string(id), "name": JSONValue(name.isEmpty ? nil : name)]),
      [sentence])
  }

  // MARK: Deleting

  func delete(_ id: String) throws {
    let entries = try entries(of: id)
    try refuseIfHeld(entries)
    guard entries.contains(where: { $0.place != .corrupt }) else {
      throw Refusal(
        1, "Of session \(id) there is only what could not be read, in corrupt/; it is kept there.")
    }
    let counts = entries.compactMap(store.lastCounts)
    let unsettled = counts.reduce(0) { $0 + $1.unsettled }
    let units = counts.map(\.made).max() ?? 0
    let isUndone = counts.contains { $0.facts.removed > 0 }
    let loss = ExpiryAction.loss(ofUnits: units, isUndone: isUndone, isGone: false)
    let sentence =
      "Session \(id) has \(plural(unsettled, "change")) to ConfigHub of unknown outcome; "
      + "only the session knows of them. `map-import --resume \(id)` settles that."
    if !options.yes {
      guard unsettled == 0 else {
        throw Refusal(2, "\(sentence) To delete it all the same, add --yes.")
      }
      try checkTerminal(for: "delete")
      if !loss.isEmpty { complain("Session \(id) \(loss).") }
      guard isConfirmed("Delete session \(id) for good? [y/N] ") else {
        return print(
          .object(["session_id": .string(id), "deleted": .bool(false)]),
          ["Session \(id) is kept."])
      }
    } else {
      if unsettled > 0 { complain(sentence) }
      if !loss.isEmpty { complain("Session \(id) \(loss).") }
    }
    try store.delete(id, at: now)
    let lost = [
      unsettled == 0 ? nil : "with \(plural(unsettled, "change")) of unknown outcome",
      units == 0
        ? nil : "it \(ExpiryAction.loss(ofUnits: units, isUndone: isUndone, isGone: true))",
    ]
    audit(.delete, id, (["done"] + lost.compactMap(\.self)).joined(separator: ", "))
    print(
      .object(["session_id": .string(id), "deleted": .bool(true)]), ["Session \(id) is deleted."])
  }

  func isConfirmed(_ question: String) -> Bool {
    FileHandleText.write(escaped(question), to: STDERR_FILENO)
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }

  /// A verb that asks has nobody to ask without one.
  func checkTerminal(for verb: String) throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Refusal(2, "There is no terminal to ask on; sessions \(verb) needs --yes.")
    }
  }

  private func refuseIfHeld(_ entries: [SessionEntry]) throws {
    guard let holder = entries.lazy.compactMap(\.lockedBy).first, let id = entries.first?.id else {
      return
    }
    throw Refusal.held(id, by: holder, in: store.zone)
  }

  // MARK: Restoring

  func restore(_ id: String) throws {
    let restored = try command.isFromLog ? store.rebuild(id, at: now) : restored(id)
    let session = restored.session
    audit(.restore, id, "done, from \(restored.origin.name), as generation \(session.generation)")
    print(
      .object([
        "session_id": .string(id), "restored_from": .string(restored.origin.name),
        "generation": JSONValue(session.generation),
        "operations": JSONValue(session.operations.count),
        "operations_kept": JSONValue(restored.operationsKept),
        "warnings": .array(restored.warnings.map(JSONValue.string)),
        "step": .string(session.position.step.rawValue),
      ]), sentences(id, restored))
  }

  private func restored(_ id: String) throws -> Restored {
    let entries = try store.entries(of: id)
    try refuseIfHeld(entries)
    let backups = try store.backups(of: id)
    guard !entries.isEmpty || !backups.isEmpty else { throw Refusal.noSession(id) }
    let isActive = entries.contains { $0.place == .active }
    if let generation = command.generation {
      guard isActive || !entries.contains(where: { $0.day != nil }) else {
        throw Refusal(
          1, "Session \(id) is archived: restore it first, then one of its generations.")
      }
      guard backups.contains(where: { $0.generation == generation }) else {
        throw Refusal(
          3, "Session \(id) has no backup of generation \(generation). \(offer(backups))")
      }
      return try store.restore(id, generation: generation, at: now)
    }
    if entries.contains(where: { $0.place == .active && $0.header != nil }) {
      throw Refusal(
        2, "Session \(id) is active. To go back in it, add --generation N. \(offer(backups))")
    }
    if !isActive, entries.contains(where: { $0.day != nil }) {
      return try store.unarchive(id, at: now)
    }
    return try store.restore(id, generation: nil, at: now)
  }

  private func offer(_ backups: [SessionBackup]) -> String {
    let known = backups.filter { $0.problem == nil }.map { "\($0.generation)" }
    return known.isEmpty
      ? "It has no backups."
      : "There \(known.count == 1 ? "is generation" : "are generations") "
        + "\(known.joined(separator: ", "))."
  }

  private func sentences(_ id: String, _ restored: Restored) -> [String] {
    let generation = restored.session.generation
    let step = SessionSummary(SessionHeader(restored.session), age: age(restored.session.updatedAt))
      .step
    var lines: [String]
    switch restored.origin {
    case .archive(let day):
      lines = ["Session \(id) is active again, as it was archived on \(day): \(step)."]
    case .backup(let from):
      lines = [
        "Session \(id) is as it was in generation \(from), saved as generation \(generation): "
          + "\(step)."
      ]
    case .logs(let logs, let unreadable):
      lines = [
        "Session \(id) is made anew from \(plural(logs, "log")), saved as generation "
          + "\(generation): \(step), with \(plural(restored.session.operations.count, "change")) "
          + "to ConfigHub."
      ]
      if unreadable > 0 { lines.append("\(plural(unreadable, "line")) could not be read.") }
    }
    if restored.operationsKept > 0 {
      lines.append(
        "\(plural(restored.operationsKept, "change")) to ConfigHub made after that "
          + "\(restored.operationsKept == 1 ? "stays" : "stay") recorded, so that nothing is created twice."
      )
    }
    return lines + restored.warnings
  }
}

extension Restored.Origin {
  fileprivate var name: String {
    switch self {
    case .archive: "archive"
    case .backup: "backup"
    case .logs: "logs"
    }
  }
}
