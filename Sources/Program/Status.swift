import Effects
import Wizard

/// `--status`: what the session file says; no other program is started.
struct Status {
  let sessions: SessionKeeper
  let output: Options.Output
  /// The one that was given.
  let context: String?
  let wayBack: WayBack

  /// Answers with the exit status: 3 if there is no such session.
  func print(_ id: String?) throws(Failure) -> Int32 {
    let report = try sessions.status(id, of: context)
    switch output {
    case .text: MapImport.out(wayBack.told(report.text))
    case .json: MapImport.out(String(decoding: report.json, as: UTF8.self))
    }
    return report.hasSession ? 0 : 3
  }
}
