import Subprocess

/// The user's own kubectl, and how it is started.
struct Kubectl: Sendable {
  /// Beyond this the answer is asked for in smaller pieces: memory is bounded by what is kept.
  static let outputLimit = 32 << 20

  var executable: String
  var kubeconfig: String?
  var environment: [String: String]?
  var timeout: Double

  /// What `kubectl get --raw` prints for a path: the server's own bytes.
  func get(
    _ path: String, context: String, cancellation: Cancellation?
  ) throws(Refusal) -> [UInt8] {
    // kubectl would take its current context for it, whichever that is by now.
    guard !context.isEmpty else { throw Refusal(.contextUnknown, "no context is chosen") }
    return try run(
      ["--context=\(context)"] + kubeconfigFlag + ["get", "--raw", path], cancellation)
  }

  /// The kubeconfig as JSON, its credentials left out; starts no credential plugin.
  func configuration(cancellation: Cancellation?) throws(Refusal) -> [UInt8] {
    try run(kubeconfigFlag + ["config", "view", "-o", "json"], cancellation)
  }

  private var kubeconfigFlag: [String] { kubeconfig.map { ["--kubeconfig=\($0)"] } ?? [] }

  private func run(
    _ arguments: [String], _ cancellation: Cancellation?
  ) throws(Refusal) -> [UInt8] {
    let command = Command(
      executable, arguments, environment: environment, timeout: timeout,
      outputLimit: Self.outputLimit)
    let completion: Completion
    do {
      completion = try Subprocess.run(command, cancellation: cancellation)
    } catch {
      throw Refusal(.programFailed, error.description)
    }
    switch completion.ending {
    case .exited(0): return completion.output
    case .exited: throw Refusal(errorText: completion.errorText)
    case .signalled(let number):
      throw Refusal(.programFailed, "\(executable) was ended by signal \(number)")
    case .timedOut: throw Refusal(.timedOut, "no answer within \(seconds)")
    case .cancelled: throw Refusal(.cancelled, "cancelled")
    case .outputTooLong:
      throw Refusal(.tooLong, "the answer is longer than \(Self.outputLimit >> 20) MiB")
    }
  }

  private var seconds: String {
    let whole = timeout.rounded() == timeout
    return "\(whole ? String(Int(timeout)) : String(timeout)) s"
  }
}
