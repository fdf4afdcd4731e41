import Documents
import ForeignText
import FoundationEssentials
import Subprocess
import Synchronization
import Wizard

/// ConfigHub, through the user's own cub of whatever generation: what this one understands is
/// found by asking and remembered for the run. Every call blocks; any number may run at once.
public final class HubClient: Sendable {
  private let cub: String
  private let environment: [String: String]
  private let timeout: Double
  private let changeTimeout: Double
  private let observer: Command.Observer?
  private let dialect = Mutex(CubDialect())
  /// What cub said it is; `nil` until it was asked.
  private let version = Mutex<CubVersion?>(nil)
  /// Whether it turned out to have `cub api`, where it does not say its version.
  let hasAPI = Mutex(false)
  /// By slug, those that were made in this run, or are being made.
  let components = Mutex<[String: Deferred<ChangeOutcome>]>([:])
  private let context = Mutex(UsedContext())

  /// The context of cub's configuration that calls are made with, whatever others choose meanwhile.
  private struct UsedContext {
    /// As the sign-in was read with; `nil` leaves the choice to cub.
    var name: String?
    /// Something was changed with it: the run ends where it began.
    var isKept = false
  }

  /// - Parameters:
  ///   - cub: an absolute path.
  ///   - environment: for every call; `nil` takes ours.
  ///   - timeout: seconds for one call that only reads. One that changes something has three times
  ///     as long: cub itself waits up to 25 s for the triggers of a write, in 100 looks, before and
  ///     after which it asks the server for more.
  ///   - observer: is told of every run of cub, on the thread that waited for it.
  public init(
    cub: String, environment: [String: String]? = nil, timeout: Double = 30,
    observer: Command.Observer? = nil
  ) {
    self.cub = cub
    self.observer = observer
    self.timeout = timeout
    changeTimeout = 3 * timeout
    var environment = environment ?? ProcessInfo.processInfo.environment
    // With it, cub prints every request to stdout, its access token included.
    environment["CONFIGHUB_DEBUG"] = nil
    self.environment = environment
  }

  /// A command for somebody else to run, without a time limit.
  func command(_ arguments: [String]) -> Command {
    Command(cub, arguments, environment: currentEnvironment, observer: observer)
  }

  /// A cub that does not know the variable goes by its own configuration.
  private var currentEnvironment: [String: String] {
    var environment = environment
    if let name = context.withLock({ $0.name }) { environment["CUB_CONTEXT"] = name }
    return environment
  }

  /// Has the next call ask cub which context is current, unless something was changed already.
  func forgetContext() { context.withLock { if !$0.isKept { $0.name = nil } } }

  func use(context name: String?) { context.withLock { if !$0.isKept { $0.name = name } } }

  /// Which cub this is; asked once, and of no server.
  func cubVersion(_ cancellation: Cancellation?, within limit: TimeLimit? = nil) -> CubVersion {
    if let version = version.withLock({ $0 }) { return version }
    guard var call = try? Call(["version"], "ask cub for its version") else {
      return CubVersion("")
    }
    call.wantsJSON = false
    call.timeLimit = limit
    guard let completion = try? send(call, cancellation), completion.ending == .exited(0) else {
      return CubVersion("")
    }
    let found = CubVersion("\(completion.outputText)")
    note(found)
    return found
  }

  /// Whether what delivers with this cub are releases alone, which no worker has to run for.
  public func deliversReleasesOnly() -> Bool { cubVersion(nil).deliversReleasesOnly }

  func note(_ found: CubVersion) { version.withLock { $0 = found } }

  /// Runs a call, leaving out what this cub turned out not to know. That is safe also for a
  /// change: a command line that cub does not understand does nothing.
  func send(_ call: Call, _ cancellation: Cancellation?) throws(HubFailure) -> Completion {
    var arguments = dialect.withLock { $0.arguments(for: call) }
    if call.changes { context.withLock { $0.isKept = $0.name != nil } }
    while true {
      let left = call.timeLimit?.left ?? .infinity
      // Too late to begin: what was not sent was not done.
      guard left > 0 else { throw HubFailure(.timedOut, purpose: call.purpose, why: tooLong(call)) }
      let command = Command(
        cub, arguments, environment: currentEnvironment, input: call.input,
        timeout: min(limit(of: call), left), outputLimit: call.outputLimit, observer: observer)
      let completion: Completion
      do {
        completion = try run(command, cancellation: cancellation)
      } catch {
        throw HubFailure(.programFailed, purpose: call.purpose, why: "\(error)")
      }
      guard case .exited(1...) = completion.ending,
        let flag = CubDialect.unknownFlag(in: CubText.words(of: completion.errorText))
      else { return completion }
      let fewer = dialect.withLock { dialect in
        dialect.learn(flag, in: call)
        return dialect.arguments(for: call)
      }
      if fewer == arguments { return completion }
      arguments = fewer
    }
  }

  func limit(of call: Call) -> Double {
    let usual = (call.changes ? changeTimeout : timeout) * call.patience
    return min(usual, call.timeLimit?.seconds ?? .infinity)
  }

  private func tooLong(_ call: Call) -> String {
    "cub did not answer within \(Int(limit(of: call).rounded(.up))) s"
  }

  /// What a `get` answers; `nil` only if the server said that there is no such entity.
  func entity(
    _ entity: Entity, _ slug: String, _ call: Call, _ cancellation: Cancellation?
  ) throws(HubFailure) -> Entity.Fields? {
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) {
      let words = CubText.words(of: completion.errorText)
      if case .exited = completion.ending, CubErrorClassifier.saysAbsent(words, entity, slug) {
        return nil
      }
      throw failure
    }
    guard let value = try? JSONValue(parsing: completion.output),
      let fields = entity.fields(in: value)
    else { throw unexpectedAnswer(completion, call) }
    return fields
  }

  /// What a `list` answers.
  func list(
    _ entity: Entity, _ call: Call, _ cancellation: Cancellation?
  ) throws(HubFailure) -> [Entity.Fields] {
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) { throw failure }
    return try list(entity, in: completion, call)
  }

  func list(
    _ entity: Entity, in completion: Completion, _ call: Call
  ) throws(HubFailure) -> [Entity.Fields] {
    guard let value = try? JSONValue(parsing: completion.output),
      let entities = entity.list(in: value)
    else { throw unexpectedAnswer(completion, call) }
    return entities
  }

  /// `nil` if cub ended by itself with exit code 0, which alone is no success yet.
  func failure(of completion: Completion, _ call: Call) -> HubFailure? {
    func failed(_ kind: HubFailure.Kind, _ why: String) -> HubFailure {
      HubFailure(kind, purpose: call.purpose, why: why)
    }
    switch completion.ending {
    case .exited(0): return nil
    case .exited(let code):
      let words = CubText.words(of: completion.errorText)
      if words.unredacted.isEmpty {
        return useless(.programFailed, completion, call, "ended with exit code \(code)")
      }
      return HubFailure(
        CubErrorClassifier(words).kind, purpose: call.purpose,
        why: call.path.first == "api" ? words.with(completion.output) : words)
    case .signalled(let signal): return failed(.programFailed, "cub was ended by signal \(signal)")
    case .timedOut: return failed(.timedOut, tooLong(call))
    case .cancelled: return failed(.cancelled, "it was cancelled")
    case .outputTooLong, .refused:
      return failed(.unreadable, "cub answered with more than can be read")
    }
  }

  /// Exit code 0 without the answer that belongs to it.
  func unexpectedAnswer(_ completion: Completion, _ call: Call) -> HubFailure {
    let text = completion.outputText
    if CubText.isHelp(text) {
      return HubFailure(
        .unsupported, purpose: call.purpose,
        why: "this cub has no command `\(call.path.joined(separator: " "))`")
    }
    if completion.output.isEmpty || CubText.isMarkup(text) {
      return useless(.unreadable, completion, call, "ended as if all were well")
    }
    return HubFailure(
      .unreadable, purpose: call.purpose, why: "cub's answer could not be understood")
  }

  /// About a program that may be no cub at all: what was called, what it printed, and how to find out.
  private func useless(
    _ kind: HubFailure.Kind, _ completion: Completion, _ call: Call, _ ended: String
  ) -> HubFailure {
    let printed =
      CubText.isMarkup(completion.outputText)
      ? "a web page" : completion.output.isEmpty ? "nothing" : "no reason"
    let program = CommandLineText.quoted(cub)
    return HubFailure(
      kind, purpose: call.purpose,
      why: "`\(program) \(call.path.joined(separator: " "))` printed \(printed) and \(ended)",
      advice: "See with `\(program) version` whether it is ConfigHub's cub; "
        + "--cub names another one.")
  }
}

extension ForeignText {
  /// The words of `cub api`, which name a status alone, with the server's reason in the body it prints.
  fileprivate func with(_ body: [UInt8]) -> ForeignText {
    guard let message = (try? JSONValue(parsing: body))?["Message"]?.string, !message.isEmpty else {
      return self
    }
    return ForeignText("\(unredacted): \(message)")
  }
}
