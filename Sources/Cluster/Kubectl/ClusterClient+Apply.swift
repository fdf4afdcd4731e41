import Subprocess
import Wizard

extension ClusterClient {
  /// Applies manifests: the only thing that is ever written to a cluster, and only after a person
  /// has seen it and said yes. They go through stdin, because they hold a secret.
  public func apply(
    _ manifests: [UInt8], context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) {
    do {
      try kubectl.apply(manifests, context: context, cancellation: cancellation)
    } catch {
      throw ClusterFailure("The worker's manifests could not be applied to \(context)", error)
    }
  }
}

extension Kubectl {
  fileprivate func apply(
    _ manifests: [UInt8], context: String, cancellation: Cancellation?
  ) throws(Refusal) {
    guard !context.isEmpty else { throw Refusal(.contextUnknown, "no context is chosen") }
    let flags = ["--context=\(context)"] + (kubeconfig.map { ["--kubeconfig=\($0)"] } ?? [])
    let command = Command(
      executable, flags + ["apply", "--filename=-"], environment: environment, input: manifests,
      timeout: timeout, observer: observer)
    let completion: Completion
    do {
      completion = try Subprocess.run(command, cancellation: cancellation)
    } catch {
      throw Refusal(.programFailed, error.description)
    }
    switch completion.ending {
    case .exited(0): return
    case .exited: throw Refusal(errorText: completion.errorText)
    case .timedOut: throw Refusal(.timedOut, "no answer within \(Int(timeout)) s")
    case .cancelled: throw Refusal(.cancelled, "cancelled")
    case .signalled(let number):
      throw Refusal(.programFailed, "\(executable) was ended by signal \(number)")
    case .outputTooLong, .refused: return
    }
  }
}
