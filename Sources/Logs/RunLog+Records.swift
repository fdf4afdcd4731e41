import Documents
import ForeignText
import SessionFormat
import TerminalText
import Wizard

// Lines of the log that can be read back: should the session file and all its backups be lost,
// what was done to ConfigHub is still known.

/// What a session is about, from the confirmation on.
package struct SessionChoice: Hashable, Sendable {
  package var lineage: String
  package var createdAt: Timestamp
  package var cluster: ClusterIdentity
  package var hub: HubIdentity?
  package var begunBy: String?
  package var scope: ScanScope
  package var selected: [Session.SelectedWorkload]
  package var proposal: Proposal

  /// `nil` for a session in which nothing was confirmed yet.
  package init?(_ session: Session) {
    guard let proposal = session.proposal, !session.operations.isEmpty else { return nil }
    lineage = session.lineage
    createdAt = session.createdAt
    cluster = session.cluster
    hub = session.hub
    begunBy = session.begunBy
    scope = session.scope
    selected = session.selected
    self.proposal = proposal
  }
}

/// Which record a line holds; the raw value stands before its JSON.
enum LogRecord: String, CaseIterable {
  case choice, operation
}

extension RunLog {
  /// Adds a line that tells the choice.
  package func write(_ choice: SessionChoice) { write(.choice, choice.json) }

  /// Adds a line that tells the operation and its state; why it failed is left to other lines.
  package func write(_ operation: Operation) {
    var told = operation
    told.reason = nil
    if operation.state != .done { told.source = [] }
    write(.operation, told.draft.merged(over: nil))
  }

  /// One line of ASCII, so that escaping changes nothing.
  private func write(_ record: LogRecord, _ value: JSONValue) {
    let json = Self.ascii(value.redacted())
    write(raw: "\(now().rfc3339) \(sessionID) \(record.rawValue) \(json)\n")
  }

  /// What others write never looks like a record, whatever they quote.
  static func harmless(_ line: String) -> String {
    LogRecord.allCases.contains { line.hasPrefix("\($0.rawValue) {") } ? " " + line : line
  }

  /// Compact JSON in which every character beyond ASCII, and DEL, is an escape of RFC 8259.
  private static func ascii(_ value: JSONValue) -> String {
    let json = String(decoding: value.serialized(pretty: false), as: UTF8.self)
    if isPlain(json) { return json }
    var text = ""
    for unit in json.utf16 {
      if unit < 0x7f, let scalar = Unicode.Scalar(unit) {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }

  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x7f } }
}

extension SessionChoice {
  package var json: JSONValue {
    Draft.object([
      "lineage": .text(lineage), "created_at": .text(createdAt.rfc3339),
      "cluster": .object([
        "context": .text(cluster.context), "server": .text(cluster.server),
        "uid": .text(cluster.uid),
      ]),
      "confighub": hub.map {
        .object([
          "server": .text($0.server), "org": .text($0.organization),
          "organization_id": .text($0.organizationID), "user": .text($0.user),
        ])
      },
      "begun_by": .text(begunBy), "scope": scope.draft, "app_space": .text(proposal.appSpace),
      "hub": .text(proposal.hub), "layout": proposal.layoutDraft,
      "unit_contents": proposal.unitContentsDraft, "replicas": proposal.replicasDraft,
      "unclaimed": proposal.unclaimedDraft,
      "selected_workloads": .list(selected, identifiedBy: [], \.draft),
      "units": .list(proposal.units, identifiedBy: [], \.draft),
    ]).merged(over: nil)
  }

  package init(_ field: Field) throws(InvalidSession) {
    guard let createdAt = try field["created_at"].time() else { throw field["created_at"].missing }
    self.createdAt = createdAt
    lineage = try field["lineage"].text()
    cluster = ClusterIdentity(
      context: try field["cluster"]["context"].text(),
      server: try field["cluster"]["server"].optionalText(),
      uid: try field["cluster"]["uid"].optionalText())
    hub = nil
    if let place = try field["confighub"].object() {
      hub = HubIdentity(
        server: try place["server"].optionalText(), organization: try place["org"].optionalText(),
        organizationID: try place["organization_id"].optionalText(),
        user: try place["user"].optionalText())
    }
    begunBy = try field["begun_by"].optionalText()
    scope = try ScanScope(field["scope"])
    selected = []
    for item in try field["selected_workloads"].list() {
      selected.append(try Session.SelectedWorkload(item))
    }
    proposal = try Proposal(field)
  }
}

/// Tells the log what is new since the last time: everything, the first time, so that the log of
/// one run is enough.
package struct LogRecords: Sendable {
  private var choice: SessionChoice?
  private var operations: [String: Operation] = [:]
  /// What of the session was looked through before.
  private var rows: [[Operation]] = []

  package init() {}

  /// To be called with what has become durable.
  package mutating func write(_ session: Session, to log: RunLog) {
    let latest = SessionChoice(session)
    if let latest, latest != choice { log.write(latest) }
    choice = latest
    for (index, row) in session.operations.rows.enumerated()
    where index >= rows.count || rows[index] != row {
      for operation in row where operations[operation.id] != operation {
        log.write(operation)
        operations[operation.id] = operation
      }
    }
    rows = session.operations.rows
  }
}
