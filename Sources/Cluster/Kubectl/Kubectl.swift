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
  var patience = Patience()
  /// Nothing is lost with a kubectl that reads, and whoever stops it waits for its end.
  private static let grace = 0.0

  /// What `kubectl get --raw` prints for a path: the server's own bytes.
  func get(
    _ path: String, context: String, cancellation: Cancellation?
  ) throws(Refusal) -> [UInt8] {
    try run(try reading(path, context), grace: Self.grace, cancellation)
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
      executable, try reading(path, context), environment: environment,
      grace: Self.grace, outputLimit: .max, observer: observer)
    command.silenceLimit = timeout
    var refusal: Refusal?
    var log = AnswerLog()
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
        } onErrors: {
          log.take($0)
        }
      }
    }
    if let refusal { throw refusal }
    try check(completion, log)
  }

  private func reading(_ path: String, _ context: String) throws(Refusal) -> [String] {
    try arguments(["get", "--raw", path, AnswerLog.flag], context)
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
    var log = AnswerLog()
    let completion = try start {
      try Subprocess.run(command, cancellation: cancellation, onErrors: { log.take($0) })
    }
    try check(completion, log)
    return completion.output
  }

  private func start(_ run: () throws -> Completion) throws(Refusal) -> Completion {
    do {
      return try run()
    } catch {
      throw Refusal(.programFailed, "\(error)")
    }
  }

  private func check(_ completion: Completion, _ log: AnswerLog) throws(Refusal) {
    switch completion.ending {
    case .exited(0): return
    // kubectl may have gone on by itself.
    case .cancelled: throw .cancelled
    case _ where log.refusal != nil: throw log.refusal ?? .cancelled
    case .exited: throw Refusal(errorText: log.said)
    case .signalled(let number):
      throw Refusal(.programFailed, "\(executable) was ended by signal \(number)")
    case .timedOut: throw Refusal(.timedOut, "no answer within \(seconds)")
    case .outputTooLong, .refused:
      throw Refusal(.tooLong, "the answer is longer than \(Self.outputLimit >> 20) MiB")
    }
  }

  private var seconds: String {
    let whole = timeout.rounded() == timeout
    return "\(whole ? String(Int(timeout)) : String(timeout)) s"
  }
}
