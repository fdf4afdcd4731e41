import Documents
import SessionFormat
import Wizard

/// A session as it goes up: the content of a unit of the toolchain AppConfig/JSON.
///
/// `{"configHub": {"configName": SLUG, "configSchema": "MapImportSession"}, "left_out": ["scan"],
/// "session": {…}}`, the session as an export has it: without secrets and manifests, and without what
/// belongs to one machine alone. Addresses of people who are no part of it are left out, too.
package struct OutgoingSession: Hashable, Sendable {
  package let slug: String
  package let content: [UInt8]
  /// What tells whether two states say the same, SHA-256 in lower-case hex.
  package let digest: String
  /// Whoever goes on with it scans again.
  package let isScanLeftOut: Bool

  /// In bytes of JSON; a longer scan stays here.
  package static let scanLimit = 1 << 20
  /// The most that ConfigHub takes, in bytes.
  package static let sizeLimit = 64 << 20
  /// Beyond it nobody reads the differences between two revisions by eye.
  private static let prettyLimit = 512 << 10

  /// - Parameter home: the path of the home directory.
  package init(_ document: SessionDocument, home: String) throws(InvalidSession) {
    guard document.references == nil, !document.lacksOperations else {
      throw InvalidSession(reason: "not all of it could be read")
    }
    let (small, isCut) = Self.withShortScan(document)
    isScanLeftOut = isCut
    let own = small.session
    slug = SessionUnit.slug(of: own.id, lineage: own.lineage)
    let people = Set([own.hub?.user, own.begunBy].compactMap(\.self))
    var session = PortableSession.redacted(Self.shared(small.json), home: home) {
      Addresses.withoutAddresses(in: $0, besides: people)
    }
    // The way to the cluster may have somebody's address in its name. It is confirmed anew wherever
    // the session arrives.
    session["cluster_context"] = PortableSession.redacted(
      .string(own.cluster.context), home: home)
    session["scope", "context"] = PortableSession.redacted(.string(own.scope.context), home: home)
    session["sync"] = own.sync.map {
      .object([
        "epoch": $0.epoch.map { .integer(Int64($0)) } ?? .null,
        "copy": $0.copy.map(JSONValue.string) ?? .null,
      ])
    }
    digest = Self.digest(of: session)
    var content: [String: JSONValue] = [
      "configHub": .object([
        "configName": .string(slug), "configSchema": .string(SessionUnit.schema),
      ]),
      "session": session,
    ]
    if isCut { content["left_out"] = .array(["scan"]) }
    for pretty in [true, false] {
      var writer = JSONWriter(pretty: pretty, limit: pretty ? Self.prettyLimit : Self.sizeLimit)
      writer.write(.object(content))
      if writer.isFull { continue }
      self.content = writer.bytes + [UInt8(ascii: "\n")]
      return
    }
    throw InvalidSession(
      reason: "it would be more than the \(Self.sizeLimit) bytes that ConfigHub takes")
  }

  /// Of a scan that is too long only the counts, and what could not be read.
  private static func withShortScan(
    _ document: SessionDocument
  ) -> (document: SessionDocument, isCut: Bool) {
    guard let scan = document.session.scan else { return (document, false) }
    var writer = JSONWriter(pretty: false, limit: scanLimit)
    Draft.object(scan.lists).write(over: document.unknown?["scan_result"], to: &writer)
    guard writer.isFull else { return (document, false) }
    var small = document
    small.session.scan?.workloads = []
    small.session.scan?.ownerObjects = []
    small.session.scan?.objects = []
    small.session.scan?.leftOut = Array(scan.leftOut.filter(\.isGap).prefix(100))
    small.unknown?["scan_result"] = nil
    return (small, true)
  }

  // MARK: What belongs to one machine

  /// Programs, paths and logs of this machine are of no use elsewhere, and nobody's business there.
  private static func shared(_ session: JSONValue) -> JSONValue {
    var session = session
    for key in ["log_file", "logs", "sync"] { session[key] = nil }
    session["identity", "credential_plugin"] = nil
    session["answers", "plan"] = nil
    return session
  }

  /// What two machines have otherwise of one state, what every save changes, and which screens somebody
  /// has looked at, does not count.
  static func digest(of session: JSONValue) -> String {
    var session = session
    for key in [
      "cluster_context", "counts", "generation", "history", "integrity", "log_file", "logs", "sync",
      "updated_at", "version",
    ] {
      session[key] = nil
    }
    for key in ["context", "cluster_server", "credential_plugin", "server"] {
      session["identity", key] = nil
    }
    for key in ["authenticated", "org", "user", "worker_status"] { session["confighub", key] = nil }
    session["scope", "context"] = nil
    session["answers", "plan"] = nil
    if session["answers"]?.object?.isEmpty == true { session["answers"] = nil }
    return SHA256.hex(of: session.serialized(pretty: false))
  }
}
