import Subprocess
import Wizard

extension ClusterClient {
  /// Applies manifests: the only thing that is ever written to a cluster, and only after a person
  /// has seen it and said yes. They go through stdin, because they hold a secret.
  public func apply(
    _ manifests: [UInt8], context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) {
    do {
      try kubectl.checkIdentityNow(context, cancellation: cancellation)
      try kubectl.apply(manifests, context: context, cancellation: cancellation)
    } catch {
      throw ClusterFailure("The worker's manifests could not be applied to \(context)", error)
    }
  }
}
