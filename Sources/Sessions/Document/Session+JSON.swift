import Documents
import Wizard

extension Session {
  /// Every key of the document except `integrity` and those of `EncodedParts`.
  var fields: [String: Draft?] {
    [
      "type": .text("import"), "session_id": .text(id), "lineage": .text(lineage),
      "generation": .integer(generation), "created_at": .text(createdAt.rfc3339),
      "updated_at": .text(updatedAt.rfc3339), "cluster_context": .text(cluster.context),
      "identity": identityDraft, "step": .text(position.text),
      "steps_completed": .texts(stepsCompleted.map(\.rawValue)),
      "steps_skipped": .texts(stepsSkipped.map(\.rawValue)), "scope": scope.draft,
      "confighub": configHubDraft, "report": report?.draft, "log_file": .text(logFile),
      "logs": .texts(logs),
      "history": .list(history.map(\.draft), identifiedBy: ["step", "at"]),
      "undo": .list(undo.map(\.draft), identifiedBy: Edit.jsonKeys),
      "redo": .list(redo.map(\.draft), identifiedBy: Edit.jsonKeys),
      "sync": .object(["uploaded_at": .text(syncedAt?.rfc3339)]),
    ]
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
  private var configHubDraft: Draft {
    .object([
      "authenticated": .bool(hub?.user != nil),
      "org": hub.map { .text($0.organization) ?? .value(.null) },
      "user": hub.map { .text($0.user) ?? .value(.null) },
      "units_created": .texts(unitsCreated), "worker_mode": .text(workerMode?.rawValue),
      "worker_slug": .text(workerSlug), "worker_status": .text(workerStatus),
      "target_slug": .text(targetSlug),
    ])
  }

  /// Reads a document of a major version that this program knows. `fallbackID`, from the file's
  /// name, is for a file that does not say its own.
  init(_ field: Field, fallbackID: String) throws(InvalidSession) {
    guard try field["type"].text() == "import" else {
      throw InvalidSession(reason: "its type is not import")
    }
    guard let createdAt = try field["created_at"].time() else { throw field["created_at"].missing }
    let id = try field["session_id"].optionalText() ?? fallbackID
    self.init(
      id: id,
      lineage: try field["lineage"].optionalText() ?? Self.lineage(of: id, createdAt: createdAt),
      createdAt: createdAt)
    generation = try field["generation"].integer() ?? 0
    updatedAt = try field["updated_at"].time() ?? createdAt

    cluster = ClusterIdentity(
      context: try field["cluster_context"].optionalText() ?? "",
      server: try field["identity"]["cluster_server"].optionalText(),
      uid: try field["identity"]["cluster_uid"].optionalText())
    credentialPlugin = try field["identity"]["credential_plugin"].optionalText()
    begunBy = try field["identity"]["begun_by"].optionalText()
    position = try Position(field["step"])
    stepsCompleted = try Self.steps(field["steps_completed"])
    stepsSkipped = try Self.steps(field["steps_skipped"])

    scan = try field["scan_result"].object().map(ScanResult.init)
    scope =
      try field["scope"].object().map(ScanScope.init)
      ?? ScanScope(context: cluster.context, namespaces: scan?.namespaces.sorted() ?? [])
    selected = try field["selections"]["selected_workloads"].list().map(SelectedWorkload.init)
    pastChoices = try PastChoices(field["selections"]["outside_scan"])
    proposal = try Self.proposal(field["selections"])

    try readConfigHub(field["confighub"], identity: field["identity"])
    try readOperations(field)
    report = try field["report"].object().map(Report.init)
    logFile = try field["log_file"].optionalText()
    logs = try field["logs"].texts()
    for item in try field["history"].list() { history.append(try Visit(item)) }
    for item in try field["undo"].list() { undo.append(try Edit(item)) }
    for item in try field["redo"].list() { redo.append(try Edit(item)) }
    syncedAt = try field["sync"]["uploaded_at"].time()
  }

  private static func steps(_ field: Field) throws(InvalidSession) -> [Step] {
    var steps: [Step] = []
    for item in try field.list() {
      guard let step: Step = try item.choice() else { throw item.missing }
      steps.append(step)
    }
    return steps
  }

  private static func proposal(_ field: Field) throws(InvalidSession) -> Proposal? {
    let appSpace = try field["app_space"].optionalText()
    let hub = try field["hub"].optionalText()
    if appSpace == nil && hub == nil { return nil }
    return Proposal(
      hub: hub ?? "", appSpace: appSpace ?? "", units: try UnitPlan.list(field["units"]))
  }

  /// `authenticated` is not looked at: who is signed in is asked anew.
  private mutating func readConfigHub(_ field: Field, identity: Field) throws(InvalidSession) {
    if field.has("org") || field.has("user") {
      hub = HubIdentity(
        server: try identity["server"].optionalText(),
        organization: try field["org"].optionalText(),
        organizationID: try identity["organization_id"].optionalText(),
        user: try field["user"].optionalText())
    }
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
      operations = units.enumerated().map {
        Operation(unit: $1, in: proposal?.appSpace, number: $0 + 1)
      }
    }
    // Such a file does not list the proposal's units either; those that exist are known.
    if !field["selections"].has("units") {
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
  static func lineage(of id: String, createdAt: Timestamp) -> String {
    var digits = Array(SHA256.hex(of: Array("\(id) \(createdAt.rfc3339)".utf8)).prefix(32))
    digits[12] = "8"
    digits[16] = "8"
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }
}
