import Subprocess

/// The user's own kubectl, and how it is started.
struct Kubectl: Sendable {
  /// For what is taken whole; an object has a few MiB at most.
  static let outputLimit = 32 << 20

  var executable: String
  var kubeconfig: String?
  var environment: [String: String]?
  /// Seconds for an answer that is taken whole, and of silence for one that is taken as it comes.
  var timeout: Double
  var observer: Command.Observer?
  /// Nothing is lost with a kubectl that reads, and whoever stops it waits for its end.
  private static let grace = 0.0

  /// What `kubectl get --raw` prints for a path: the server's own bytes.
  func get(
    _ path: String, context: String, cancellation: Cancellation?
  ) throws(Refusal) -> [UInt8] {
    try run(try arguments(["get", "--raw", path], context), grace: Self.grace, cancellation)
  }

  /// Applies manifests that come through stdin.
  func apply(
    _ manifests: [UInt8], context: String, cancellation: Cancellation?
  ) throws(Refusal) {
    let arguments = try arguments(["apply", "--filename=-"], context)
    _ = try run(arguments, input: manifests, cancellation)
  }

  /// The same, handed over piece by piece while it arrives, however long it becomes. What `take`
  /// throws ends kubectl.
  func stream(
    _ path: String, context: String, cancellation: Cancellation?,
    take: (UnsafeBufferPointer<UInt8>) throws(Refusal) -> Void
  ) throws(Refusal) {
    var command = Command(
      executable, try arguments(["get", "--raw", path], context), environment: environment,
      grace: Self.grace, outputLimit: .max, observer: observer)
    command.silenceLimit = timeout
    var refusal: Refusal?
    let completion = try start {
      try withoutActuallyEscaping(take) { take in
        try Subprocess.run(command, cancellation: cancellation) { bytes in
          do throws(Refusal) {
            try bytes.withUnsafeBufferPointer { bytes throws(Refusal) in try take(bytes) }
            return true
          } catch {
            refusal = error
            return false
          }
        }
      }
    }
    if let refusal { throw refusal }
    try check(completion)
  }

  private func arguments(_ words: [String], _ context: String) throws(Refusal) -> [String] {
    // kubectl would take its current context for it, whichever that is by now.
    guard !context.isEmpty else { throw Refusal(.contextUnknown, "no context is chosen") }
    return ["--context=\(context)"] + kubeconfigFlag + words
  }

  /// The kubeconfig as JSON, its credentials left out; starts no credential plugin.
  func configuration(cancellation: Cancellation?) throws(Refusal) -> [UInt8] {
    try run(
      kubeconfigFlag + ["config", "view", "-o", "json"], grace: Self.grace, cancellation)
  }

  private var kubeconfigFlag: [String] { kubeconfig.map { ["--kubeconfig=\($0)"] } ?? [] }

  private func run(
    _ arguments: [String], input: [UInt8] = [], grace: Double = Command.usualGrace,
    _ cancellation: Cancellation?
  ) throws(Refusal) -> [UInt8] {
    let command = Command(
      executable, arguments, environment: environment, input: input, timeout: timeout,
      grace: grace, outputLimit: Self.outputLimit, observer: observer)
    let completion = try start { try Subprocess.run(command, cancellation: cancellation) }
    try check(completion)
    return completion.output
  }

  private func start(_ run: () throws -> Completion) throws(Refusal) -> Completion {
    do {
      return try run()
    } catch {
      throw Refusal(.programFailed, "\(error)")
    }
  }

  private func check(_ completion: Completion) throws(Refusal) {
    switch completion.ending {
    case .exited(0): return
    case .exited: throw Refusal(errorText: completion.errorText)
    case .signalled(let number):
      throw Refusal(.programFailed, "\(executable) was ended by signal \(number)")
    case .timedOut: throw Refusal(.timedOut, "no answer within \(seconds)")
    case .cancelled: throw .cancelled
    case .outputTooLong, .refused:
      throw Refusal(.tooLong, "the answer is longer than \(Self.outputLimit >> 20) MiB")
    }
  }

  private var seconds: String {
    let whole = timeout.rounded() == timeout
    return "\(whole ? String(Int(timeout)) : String(timeout)) s"
  }
}
