import Files
import Logs
import Wizard

extension FileStore {
  /// When somebody was at work in a session last: it was saved, or its latest log was written to, which
  /// tells also of looking around and of leaving.
  func lastActivity(of header: SessionHeader) -> Timestamp {
    let logged = header.logFile.flatMap { path in
      RunLog.lastWritten(path, in: root).map { Timestamp(seconds: $0) }
    }
    return max(header.updatedAt, logged ?? header.updatedAt)
  }
}
