import Documents
import TestWorld
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

enum Sample {
  static let id = "import-2026-01-09-143022"

  /// The session file as it is printed in the design of the session state.
  static let printed = seedSession

  /// The same with the two lines that link it to its log.
  static var linked: String {
    "{\n  \"session_id\": \"import-2026-01-09-143022\",\n"
      + "  \"log_file\": \"~/.confighub/logs/tui-import-2026-01-09-143022.log\","
      + printed.dropFirst()
  }

  static func time(_ text: String) throws -> Timestamp {
    try #require(Timestamp(rfc3339: text))
  }

  /// A new session of that id, changed last at that time.
  static func session(
    _ id: String = id, updated: Timestamp = Timestamp(seconds: 1_767_969_022)
  ) -> Session {
    var session = Session(
      id: id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: updated)
    session.cluster.context = "kind-atk"
    return session
  }

  static func bytes(_ session: Session) throws -> [UInt8] {
    try SessionCodec.encode(SessionDocument(session: session))
  }
}
