import Documents
import Glibc
import Hub
import SessionStore
import Sync
import TerminalText
import Wizard

/// `list`, `show` and `prune` of sessions in ConfigHub.
extension SessionVerbs {
  func listTeam() throws {
    let all = try SessionTeam(self).list().map(TeamSession.init)
    let sessions = command.listing.chosen(of: all, at: now, status: status)
    let none = all.isEmpty ? "No sessions in ConfigHub that you may see." : "No such sessions."
    if options.output == .text, isatty(STDOUT_FILENO) != 1 {
      if sessions.isEmpty { MapImport.complain(none) }
      MapImport.out(sessions.map { fields($0) + "\n" }.joined())
      return
    }
    print(
      .array(sessions.map(json)),
      sessions.isEmpty ? [none] : Self.teamHeading + sessions.flatMap(lines))
  }

  private func status(_ session: TeamSession) -> SessionStatus? {
    session.status(at: now, abandonedAfter: store.retention.abandonedAfter)
  }

  /// One line for a program: nothing is cut, and what is not known is empty.
  private func fields(_ session: TeamSession) -> String {
    [
      session.slug, session.user, session.cluster, session.stepWords,
      session.startedAt?.rfc3339, session.workloads?.words, status(session)?.rawValue,
      session.hold?.holder?.words, session.savedAt?.rfc3339, session.space,
    ].map { escaped($0 ?? "") }.joined(separator: "\t")
  }

  // MARK: A table of three lines for each session, 80 columns wide

  private static let teamHeading = [
    row(["SESSION", "STATUS", "STEP", "STARTED"], [36, 11, 16, 17]),
    row(["  USER", "CLUSTER"], [36, 44]), "  WORKLOADS; WHO HAS IT",
  ]

  private static func row(_ cells: [String], _ widths: [Int]) -> String {
    var row = zip(cells, widths).map { cell, width in
      padded(cut(escaped(cell), to: width - 1), to: width)
    }.joined()
    while row.last == " " { row.removeLast() }
    return row
  }

  private func lines(_ session: TeamSession) -> [String] {
    [
      Self.row(
        [
          session.slug, status(session)?.rawValue ?? "unknown", session.stepWords ?? "unknown",
          session.startedAt.map { age($0).words } ?? "",
        ], [36, 11, 16, 17]),
      Self.row(["  \(session.user ?? "unknown")", session.cluster ?? "unknown"], [36, 44]),
      cut("  \(session.workloads?.words ?? "not scanned yet"); \(session.holderWords)", to: 80),
    ]
  }

  private func json(_ session: TeamSession) -> JSONValue {
    .object([
      "session": .string(session.slug),
      "session_id": JSONValue(SessionUnit.id(ofSlug: session.slug)),
      "space": .string(session.space), "user": JSONValue(session.user),
      "cluster_context": JSONValue(session.cluster), "step": JSONValue(session.step?.rawValue),
      "step_number": JSONValue(session.step?.number), "steps_total": JSONValue(Step.seven.count),
      "started_at": JSONValue(session.startedAt?.rfc3339),
      "saved_at": JSONValue(session.savedAt?.rfc3339),
      "age_seconds": age(session.savedAt).seconds.map(JSONValue.integer) ?? .null,
      "workloads": json(session.workloads),
      "status": JSONValue(status(session)?.rawValue), "holder": json(session.hold),
    ])
  }

  private func json(_ workloads: TeamSession.Workloads?) -> JSONValue {
    guard let workloads else { return .null }
    return .object([
      "detected": JSONValue(workloads.detected), "selected": JSONValue(workloads.selected),
      "imported": JSONValue(workloads.imported),
    ])
  }

  private func json(_ hold: Hold?) -> JSONValue {
    guard let hold else { return .null }
    return .object([
      "user": JSONValue(hold.holder?.user), "host": JSONValue(hold.holder?.host),
      "since": JSONValue(hold.since?.rfc3339), "epoch": JSONValue(hold.epoch),
      "handed_to": JSONValue(hold.handedTo),
    ])
  }

  // MARK: One of them

  /// What a session in ConfigHub says, read and checked, and nothing done with it.
  func showTeam(_ id: String) throws {
    let team = try SessionTeam(self)
    let (remote, arrived) = try team.read(team.find(id))
    let (listed, header) = (TeamSession(remote), arrived.header)
    let summary = SessionSummary(header, age: age(header.updatedAt))
    let space = remote.space ?? team.space
    let counts: JSONValue = .object([
      "detected": JSONValue(header.counts.detected), "selected": JSONValue(header.counts.selected),
      "imported": JSONValue(header.counts.imported),
    ])
    let object: [String: JSONValue] = [
      "session": .string(remote.slug), "session_id": .string(header.id), "space": .string(space),
      "revision": JSONValue(remote.revision), "user": JSONValue(header.hub?.user),
      "cluster_context": .string(header.cluster.context), "name": JSONValue(header.name),
      "step": .string(header.position.step.rawValue),
      "step_number": JSONValue(header.position.step.number),
      "generation": JSONValue(header.generation),
      "started_at": .string(header.createdAt.rfc3339),
      "updated_at": .string(header.updatedAt.rfc3339),
      "saved_at": JSONValue(listed.savedAt?.rfc3339), "workloads": counts,
      "scan_left_out": .bool(arrived.isScanLeftOut), "holder": json(listed.hold),
      "scope": .string(team.scope(of: remote).rawValue),
      "warnings": .array(arrived.warnings.map(JSONValue.string)),
    ]
    var lines = [
      "Session: \(remote.slug), in Space \(space), revision \(remote.revision)",
      "User: \(header.hub?.user ?? "unknown")",
      "Cluster: \(header.cluster.context.isEmpty ? "not chosen yet" : header.cluster.context)",
      "Step: \(summary.step)", "Workloads: \(summary.workloads ?? "not scanned yet")",
      "Started: \(header.createdAt.minute(in: store.zone)) (\(age(header.createdAt).words))",
      "Saved: \(age(listed.savedAt).words)", "Held by: \(listed.holderWords)",
      "Shared: \(team.scope(of: remote) == .team ? "yes" : "no"). \(SessionTeam.whoSees)",
    ]
    if arrived.isScanLeftOut {
      lines.append("Its scan was too long to be kept there: whoever takes it scans again.")
    }
    print(.object(object), lines + arrived.warnings)
  }

  // MARK: Old ones

  /// Deletes those of mine in ConfigHub that were not saved for long; 1 if something could not be.
  func pruneTeam() throws -> Int32 {
    let team = try SessionTeam(self)
    let me = try team.hub(in: team.space).me()
    let limit = store.retention.deleteAfter
    let old = try team.list().filter { remote in
      // A label says little: what whoever is signed in has made, they may manage by name.
      remote.permissions.contains(SessionPermission(.manage, .user(me.id)))
        && remote.labels["User"] == SessionUnit.labelValue(me.name)
        && (TeamSession(remote).savedAt.map { now.seconds(since: $0) > limit } ?? false)
    }
    let isDry = options.answers.run.dryRun
    var fates = old.map { Fate(session: TeamSession($0), kept: whyKept(TeamSession($0))) }
    let doomed = fates.count { $0.kept == nil }
    if !isDry, doomed > 0, !options.yes {
      for fate in fates where fate.kept == nil { complain(line(fate, isDry: true)) }
      try checkTerminal(for: "prune --team")
      guard isConfirmed("Delete \(plural(doomed, "session")) in ConfigHub for good? [y/N] ") else {
        report(fates, isDry: true, conclusion: "Nothing was deleted.")
        return 0
      }
    }
    if !isDry {
      for index in fates.indices where fates[index].kept == nil {
        let session = fates[index].session
        do {
          try delete(session.slug, team.hub(in: session.space))
          fates[index].isDone = true
          audit(.delete, session.slug, "done, in ConfigHub")
        } catch {
          fates[index].failure = error.sentence
          audit(.delete, session.slug, "failed: \(error.sentence)")
        }
      }
    }
    report(fates, isDry: isDry, conclusion: fates.isEmpty ? "Nothing to delete." : nil)
    return fates.contains { $0.failure != nil } ? 1 : 0
  }

  private struct Fate {
    let session: TeamSession
    let kept: String?
    var isDone = false
    var failure: String?
  }

  private func whyKept(_ session: TeamSession) -> String? {
    let local = try? localEntry(session.slug)
    if let local, local.place == .active, local.header?.isOver == false {
      return "it is active on this machine"
    }
    if let holder = session.hold?.holder, holder.user != session.user {
      return "\(holder.words) has it"
    }
    return session.hold?.handedTo.map { "it was handed to \($0)" }
  }

  private func report(_ fates: [Fate], isDry: Bool, conclusion: String?) {
    print(
      .object([
        "dry_run": .bool(isDry),
        "actions": .array(
          fates.map {
            .object([
              "action": "delete", "session": .string($0.session.slug),
              "space": .string($0.session.space),
              "saved_at": JSONValue($0.session.savedAt?.rfc3339), "done": .bool($0.isDone),
              "kept": JSONValue($0.kept), "failure": JSONValue($0.failure),
            ])
          }),
      ]), fates.map { line($0, isDry: isDry) } + [conclusion].compactMap(\.self))
  }

  private func line(_ fate: Fate, isDry: Bool) -> String {
    let what = "session \(fate.session.slug), saved \(age(fate.session.savedAt).words)"
    if let kept = fate.kept { return "kept: \(what), since \(kept)" }
    if let failure = fate.failure { return "not deleted: \(what): \(failure)" }
    return isDry ? "would be deleted: \(what)" : "deleted: \(what)"
  }

  // MARK: Deleting

  /// Deletes it in ConfigHub, and then here, as far as there is something in each.
  func deleteEverywhere(_ id: String) throws {
    let team = try SessionTeam(self)
    let found: SessionTeam.Found
    do {
      found = try team.find(id)
    } catch let refusal as Refusal where refusal.code == 3 {
      // There is nothing of it there.
      guard try localEntry(id) != nil else { throw refusal }
      complain("In ConfigHub there is nothing of it. \(refusal.sentence)")
      return try delete(id)
    }
    let session = TeamSession(found.remote)
    // Whoever has it open here would go on with what is deleted.
    if let local = found.local, let holder = local.lockedBy {
      throw Refusal.held(local.id, by: holder, in: store.zone)
    }
    if !options.yes {
      let counts = try found.local.map { try store.entries(of: $0.id) }?.compactMap(
        store.lastCounts)
      let unsettled = (counts ?? []).reduce(0) { $0 + $1.unsettled }
      guard unsettled == 0 else {
        throw Refusal(
          2,
          "Session \(id) has \(plural(unsettled, "change")) to ConfigHub of unknown outcome; only the "
            + "session knows of them. To delete it all the same, add --yes.")
      }
      try checkTerminal(for: "delete --everywhere")
      complain(
        "Session \(session.slug) of \(session.user ?? "somebody") goes with all its revisions and its "
          + "log; held by: \(session.holderWords), saved \(age(session.savedAt).words).")
      let place = found.local == nil ? "in ConfigHub" : "in ConfigHub and here"
      guard isConfirmed("Delete session \(id) \(place) for good? [y/N] ") else {
        return print(
          .object(["session": .string(session.slug), "deleted": .bool(false)]),
          ["Session \(id) is kept."])
      }
    }
    try delete(session.slug, found.hub)
    audit(.delete, found.local?.id ?? session.slug, "done, in ConfigHub")
    if let local = found.local {
      try store.delete(local.id, at: now)
      audit(.delete, local.id, "done")
    }
    print(
      .object([
        "session": .string(session.slug), "session_id": JSONValue(found.local?.id),
        "deleted": .bool(true), "deleted_here": .bool(found.local != nil),
      ]),
      [
        "Session \(session.slug) is deleted in ConfigHub\(found.local == nil ? "" : ", and here")."
      ])
  }

  private func delete(_ slug: String, _ hub: SessionHub) throws(Refusal) {
    switch hub.delete(slug) {
    case .done, .exists: return
    case .refused(let failure): throw Refusal(failure)
    case .unclear(let message):
      throw Refusal(
        1,
        "\(message) Whether session \(slug) is deleted is not known: "
          + "`map-import sessions list --team` tells.")
    case .signInNeeded(let message): throw Refusal(4, message)
    }
  }
}

extension SessionListing {
  func chosen(
    of sessions: [TeamSession], at now: Timestamp, status statusOf: (TeamSession) -> SessionStatus?
  ) -> [TeamSession] {
    let matching = sessions.filter { session in
      if let status, statusOf(session) != status { return false }
      if let user, session.user?.lowercased() != user.lowercased() { return false }
      guard let since else { return true }
      return session.savedAt.map { $0 >= since.moment(at: now) } ?? false
    }
    return Array(matching.dropFirst(offset).prefix(limit ?? .max))
  }
}
