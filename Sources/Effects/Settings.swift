import SessionStore
import Wizard

/// How the world is reached in a run, as the command line says.
package struct Settings: Sendable {
  /// The built-in sample cluster and hub stand in for the real ones, with sessions of their own.
  package var isDemo = false
  /// The file that is given to kubectl; `nil` leaves the choice to kubectl.
  package var kubeconfig: String?
  /// The two programs, where they are not to be looked for on `PATH`.
  package var kubectl: String?
  package var cub: String?
  /// Seconds of silence after which a request to the cluster is given up.
  package var scanTimeout = 30.0
  /// Seconds for one call of cub.
  package var cubTimeout = 30.0
  /// How many units are read or written at once.
  package var parallel = 4
  package var retention = Retention()
  /// The person's.
  package var zone = Zone.utc

  package init() {}
}
