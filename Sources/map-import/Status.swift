import Sessions
import Wizard

/// `--status`: what the session file says; no other program is started.
struct Status {
  let world: World

  func print(_ id: String?) -> Int32 { 0 }
}
