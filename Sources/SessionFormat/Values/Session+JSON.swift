import Documents
import Wizard

extension Session {
  /// Every key of the document except `version` and `integrity`.
  ///
  /// - Parameters:
  ///   - parts: the files that hold parts of it.
  ///   - counts: told at the top for whoever reads no more than a header.
  package func fields(_ parts: PartDigests, _ counts: SessionHeader.Counts) -> [String: Draft?] {
    let workloads = parts.scan == nil ? [] : scan?.workloads ?? []
    func edits(_ edits: [Edit], _ digests: [String?]) -> Draft {
      .list(
        count: edits.count,
        item: { index in
          let digest = digests.indices.contains(index) ? digests[index] : nil
          return digest.map(Edit.draft(inPart:)) ?? edits[index].draft(in: workloads)
        }, identifiedBy: Edit.jsonKeys)
    }
    return [
      "type": .text("import"), "session_id": .text(id), "lineage": .text(lineage),
      "name": .text(name), "generation": .integer(generation),
      "created_at": .text(createdAt.rfc3339),
      "updated_at": .text(updatedAt.rfc3339), "cluster_context": .text(cluster.context),
      "identity": identityDraft, "step": .text(position.text),
      "steps_completed": .texts(stepsCompleted.map(\.rawValue)),
      "steps_skipped": .texts(stepsSkipped.map(\.rawValue)), "scope": scope.draft,
      "answers": given == GivenAnswers() ? nil : given.draft,
      "confighub": configHubDraft(parts), "report": report?.draft, "log_file": .text(logFile),
      "logs": .texts(logs),
      "history": .list(history, identifiedBy: ["step", "at"], \.draft),
      "undo": edits(undo, parts.undo), "redo": edits(redo, parts.redo),
      "sync": sync?.draft,
      "scan_result": scan?.draft(listsIn: parts.scan), "selections": selectionsDraft(parts),
      "operations": operationsDraft(parts),
      "operations_files": parts.operations.allSatisfy { $0 == nil }
        ? nil
        : .value(.array(parts.operations.map { $0.map(JSONValue.string) ?? .null })),
      "files": parts.besidesOperations.isEmpty ? nil : .texts(parts.besidesOperations.sorted()),
      "counts": counts.draft,
    ]
  }

  /// Those that are in no part.
  private func operationsDraft(_ parts: PartDigests) -> Draft {
    let row = SessionPart.rowLength
    var places: [Int] = []
    for (index, digest) in parts.operations.enumerated() where digest == nil {
      places += index * row..<(index + 1) * row
    }
    places += parts.operations.count * row..<operations.count
    let inline = places
    return .list(
      count: inline.count, item: { operations[inline[$0]].draft }, identifiedBy: ["op"])
  }

  private var identityDraft: Draft {
    .object([
      "server": .text(hub?.server), "organization": .text(hub?.organization),
      "organization_id": .text(hub?.organizationID), "context": .text(cluster.context),
      "cluster_server": .text(cluster.server), "cluster_uid": .text(cluster.uid),
      "credential_plugin": .text(credentialPlugin), "begun_by": .text(begunBy),
    ])
  }

  /// `org` and `user` stand there, be it as `null`, exactly if somebody was seen signed in.
  private func configHubDraft(_ parts: PartDigests) -> Draft {
    // What the operations say as well, of those that are few enough to be in this file.
    let isShort = parts.operations.allSatisfy { $0 == nil }
    return .object([
      "authenticated": .bool(hub?.user != nil),
      "org": hub.map { .text($0.organization) ?? .value(.null) },
      "user": hub.map { .text($0.user) ?? .value(.null) },
      "units_created": isShort ? .texts(unitsCreated) : nil,
      "worker_mode": .text(workerMode?.rawValue), "worker_slug": .text(workerSlug),
      "worker_status": .text(workerStatus),
      "target_slug": .text(targetSlug),
    ])
  }

  /// Reads a document of a major version that this program knows. `fallbackID`, from the file's
  /// name, is for a file that does not say its own.
  ///
  /// - Parameter workloads: those of the scan, where they were read one by one already.
  package init(
    _ field: Field, fallbackID: String, workloads: [Workload]? = nil
  ) throws(InvalidSession) {
    guard try field["type"].text() == "import" else {
      throw InvalidSession(reason: "its type is not import")
    }
    guard let createdAt = try field["created_at"].time() else { throw field["created_at"].missing }
    let id = try field["session_id"].optionalText() ?? fallbackID
    self.init(
      id: id,
      lineage: try field["lineage"].optionalText() ?? Self.lineage(of: id, createdAt: createdAt),
      createdAt: createdAt)
    name = try field["name"].sessionName()
    generation = try field["generation"].integer() ?? 0
    updatedAt = try field["updated_at"].time() ?? createdAt

    cluster = try ClusterIdentity(session: field)
    credentialPlugin = try field["identity"]["credential_plugin"].optionalText()
    begunBy = try field["identity"]["begun_by"].optionalText()
    position = try Position(field["step"])
    stepsCompleted = try field["steps_completed"].steps()
    stepsSkipped = try field["steps_skipped"].steps()

    if let result = try field["scan_result"].object() {
      scan = try ScanResult(result, workloads: workloads)
    }
    scope =
      try field["scope"].object().map(ScanScope.init)
      ?? ScanScope(context: cluster.context, namespaces: scan?.namespaces.sorted() ?? [])
    given = try GivenAnswers(field["answers"])
    selected = try field["selections"]["selected_workloads"].list().map(SelectedWorkload.init)
    pastChoices = try PastChoices(field["selections"]["outside_scan"])
    proposal = try Self.proposal(field["selections"])
    decisions = try Self.decisions(field["selections"]["decisions"])

    hub = try HubIdentity(session: field)
    try readConfigHub(field["confighub"])
    try readOperations(field)
    report = try field["report"].object().map(Report.init)
    logFile = try field["log_file"].optionalText()
    logs = try field["logs"].texts()
    for item in try field["history"].list() { history.append(try Visit(item)) }
    // Those of a session that has parts in other files may be said in terms of these.
    if try PartReferences(field) == nil {
      for item in try field["undo"].list() { undo.append(try Edit(item)) }
      for item in try field["redo"].list() { redo.append(try Edit(item)) }
    }
    sync = try SyncState(session: field)
  }

  private static func proposal(_ field: Field) throws(InvalidSession) -> Proposal? {
    let appSpace = try field["app_space"].optionalText()
    let hub = try field["hub"].optionalText()
    if appSpace == nil && hub == nil { return nil }
    return try Proposal(field, hub: hub ?? "", appSpace: appSpace ?? "")
  }

  /// `authenticated` is not looked at: who is signed in is asked anew.
  private mutating func readConfigHub(_ field: Field) throws(InvalidSession) {
    workerMode = try field["worker_mode"].choice()
    workerSlug = try field["worker_slug"].optionalText()
    workerStatus = try field["worker_status"].optionalText()
    targetSlug = try field["target_slug"].optionalText()
  }

  /// A file without operations, as the first ones were, only lists the units it created.
  private mutating func readOperations(_ field: Field) throws(InvalidSession) {
    if field.has("operations") {
      for item in try field["operations"].list() { operations.append(try Operation(item)) }
    } else {
      let units = try field["confighub"]["units_created"].texts()
      operations = OperationList(
        units.enumerated().map { Operation(unit: $1, in: proposal?.appSpace, number: $0 + 1) })
    }
    // Such a file does not list the proposal's units either; those that exist are known.
    if !field["selections"].has("units"), !field["selections"].has("units_file") {
      let keys = selected.map(\.key)
      let slugs = unitsCreated
      proposal?.units = slugs.map { slug in
        let workload = keys.first { $0.name == slug }
        return UnitPlan(
          id: workload ?? WorkloadKey(kind: nil, namespace: "", name: slug), slug: slug,
          labels: [:], members: [])
      }
    }
  }

  /// For a file that has none: the same UUID every time the file is read (RFC 9562, version 8).
  package static func lineage(of id: String, createdAt: Timestamp) -> String {
    var digits = Array(SHA256.hex(of: Array("\(id) \(createdAt.rfc3339)".utf8)).prefix(32))
    digits[12] = "8"
    digits[16] = "8"
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }
}

extension SessionHeader.Counts {
  package var draft: Draft {
    .object([
      "detected": .integer(detected), "selected": .integer(selected),
      "imported": .integer(imported), "created": .integer(created), "found": .integer(found),
      "made": .integer(made), "unsettled": .integer(unsettled),
      "facts": facts.draft,
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    self.init()
    detected = try field["detected"].integer()
    selected = try field["selected"].integer() ?? 0
    imported = try field["imported"].integer() ?? 0
    created = try field["created"].integer() ?? 0
    found = try field["found"].integer() ?? 0
    made = try field["made"].integer() ?? created - found
    unsettled = try field["unsettled"].integer() ?? 0
    facts = try SessionFacts(field["facts"])
  }
}

extension SessionFacts {
  private static var keys: [(String, WritableKeyPath<SessionFacts, Int>)] {
    [
      ("unread", \.unread), ("skipped", \.skipped), ("failed", \.failed), ("unclear", \.unclear),
      ("unbound", \.unbound), ("not_verified", \.notVerified), ("mismatched", \.mismatched),
      ("removing", \.removing), ("removed", \.removed), ("left", \.left),
    ]
  }

  fileprivate var draft: Draft {
    var members = Dictionary(
      uniqueKeysWithValues: Self.keys.map { ($0, Draft?.some(.integer(self[keyPath: $1]))) })
    // One of before must not come back.
    members["last_failure"] = .some(.text(lastFailure))
    return .object(members)
  }

  fileprivate init(_ field: Field) throws(InvalidSession) {
    self.init()
    for (key, path) in Self.keys { self[keyPath: path] = try field[key].integer() ?? 0 }
    lastFailure = try field["last_failure"].optionalText()
  }
}

extension Field {
  /// One that is too long, or no line, was written by somebody else, and is no reason to refuse a
  /// session.
  package func sessionName() throws(InvalidSession) -> String? {
    guard let name = try optionalText().flatMap(SessionTitle.usable), !name.isEmpty else {
      return nil
    }
    return name
  }

  package func steps() throws(InvalidSession) -> [Step] {
    var steps: [Step] = []
    for item in try list() {
      guard let step: Step = try item.choice() else { throw item.missing }
      steps.append(step)
    }
    return steps
  }
}

extension ClusterIdentity {
  /// - Parameter field: the whole document.
  package init(session field: Field) throws(InvalidSession) {
    self.init(
      context: try field["cluster_context"].optionalText() ?? "",
      server: try field["identity"]["cluster_server"].optionalText(),
      uid: try field["identity"]["cluster_uid"].optionalText())
  }
}

extension HubIdentity {
  /// `nil` if nobody was seen signed in.
  ///
  /// - Parameter field: the whole document.
  package init?(session field: Field) throws(InvalidSession) {
    let (hub, identity) = (field["confighub"], field["identity"])
    guard hub.has("org") || hub.has("user") else { return nil }
    self.init(
      server: try identity["server"].optionalText(), organization: try hub["org"].optionalText(),
      organizationID: try identity["organization_id"].optionalText(),
      user: try hub["user"].optionalText())
  }
}
