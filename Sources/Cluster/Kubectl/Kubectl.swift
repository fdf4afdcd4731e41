import FoundationEssentials
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
  /// What reads go through.
  var proxies = KubectlProxies()
  /// Is told what a program that signs in says to a person, while it is waited for.
  var tellSaid: @Sendable (String) -> Void = { _ in }
  /// Nothing is lost with a kubectl that reads, and whoever stops it waits for its end.
  static let grace = 0.0

  /// Applies manifests that come through stdin.
  func apply(
    _ manifests: [UInt8], context: String, cancellation: Cancellation?
  ) throws(KubectlError) {
    let arguments = try arguments(["apply", "--filename=-"], context)
    _ = try run(arguments, input: manifests, cancellation)
  }

  func arguments(_ words: [String], _ context: String) throws(KubectlError) -> [String] {
    // kubectl would take its current context for it, whichever that is by now.
    guard !context.isEmpty else { throw KubectlError(.contextUnknown, "no context is chosen") }
    return ["--context=\(context)"] + kubeconfigFlag + words
  }

  /// The kubeconfig as JSON, its credentials left out; starts no credential plugin.
  ///
  /// There are kubectls that ask the current context's server for its version before whatever they
  /// do. As a user that the kubeconfig does not have they cannot, and nothing else is the same as
  /// before: `config view` shows what the files say.
  func configuration(cancellation: Cancellation?) throws(KubectlError) -> [UInt8] {
    let bytes = try run(
      kubeconfigFlag + ["--user=nobody-asks-the-server", "config", "view", "-o", "json"],
      grace: Self.grace, cancellation)
    proxies.configuration.withLock { $0 = bytes }
    return bytes
  }

  /// The same, as this run has read it last.
  func knownConfiguration(cancellation: Cancellation?) throws(KubectlError) -> [UInt8] {
    if let known = proxies.configuration.withLock({ $0 }) { return known }
    return try configuration(cancellation: cancellation)
  }

  /// Ours, or the one that was given, without what a person has changed of kubectl's own commands.
  var fullEnvironment: [String: String] {
    var full = environment ?? ProcessInfo.processInfo.environment
    full["KUBERC"] = "off"
    full["KUBECTL_KUBERC"] = "false"
    return full
  }

  private var kubeconfigFlag: [String] { kubeconfig.map { ["--kubeconfig=\($0)"] } ?? [] }

  private func run(
    _ arguments: [String], input: [UInt8] = [], grace: Double = Command.usualGrace,
    _ cancellation: Cancellation?
  ) throws(KubectlError) -> [UInt8] {
    let command = Command(
      executable, arguments, environment: fullEnvironment, input: input, timeout: timeout,
      grace: grace, outputLimit: Self.outputLimit, observer: observer)
    var log = AnswerLog()
    let completion = try start {
      try Subprocess.run(command, cancellation: cancellation, onErrors: { log.take($0) })
    }
    try check(completion, log)
    return completion.output
  }

  func start(_ run: () throws -> Completion) throws(KubectlError) -> Completion {
    do {
      return try run()
    } catch {
      throw KubectlError(.programFailed, "\(error)")
    }
  }

  func check(_ completion: Completion, _ log: AnswerLog) throws(KubectlError) {
    switch completion.ending {
    case .exited(0): return
    // kubectl may have gone on by itself.
    case .cancelled: throw .cancelled
    case _ where log.refusal != nil: throw log.refusal ?? .cancelled
    case .exited: throw KubectlError(errorText: log.said)
    case .signalled(let number):
      throw KubectlError(.programFailed, "\(executable) was ended by signal \(number)")
    case .timedOut: throw noAnswer(log.toPerson)
    case .outputTooLong, .refused:
      throw KubectlError(.tooLong, "the answer is longer than \(Self.outputLimit >> 20) MiB")
    }
  }

  /// - Parameter said: by a program that signs in, and waits for a person.
  func noAnswer(_ said: String?) -> KubectlError {
    let whole = timeout.rounded() == timeout
    let words = "no answer within \(whole ? String(Int(timeout)) : String(timeout)) s"
    guard let said else { return KubectlError(.timedOut, words) }
    return KubectlError(.signInNeeded, "\(words), while what signs in says: \(said)")
  }
}
