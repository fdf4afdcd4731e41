import Dispatch
import ForeignText
@preconcurrency import Glibc
import Subprocess
import Synchronization

/// One run of `kubectl proxy`, from its start to its end, and the connections to it.
final class Proxy: Sendable {
  enum Standing {
    case serves
    case cancelled
    /// It has ended, or does not come to serving; with its own words, or ours.
    case failed(String)
  }

  private struct State {
    var words = ProxyWords()
    var isServing = false
    var isOfRightCluster = false
    var spawnError: SpawnError?
    var idle: [ProxyConnection] = []
    var listeners: [Int: @Sendable (String) -> Void] = [:]
    var nextListener = 0
  }

  let socket: String
  private let state = Mutex(State())
  private let end = Cancellation()
  /// Left when it has ended and is reaped.
  private let running = DispatchGroup()
  private let startedAt = SuspendingClock.now

  /// Starts it; it runs until it is stopped, or ends by itself, or we end, however that may be.
  ///
  /// - Parameter command: its observer is told once, that the program goes on beside us.
  init(_ command: Command, socket: String) {
    self.socket = socket
    var command = command
    command.observer?(command, nil, 0)
    command.observer = nil
    running.enter()
    let hasThread = startThread { [command] in
      do throws(SpawnError) {
        _ = try Subprocess.run(command, cancellation: self.end) { _ in
          true
        } onErrors: { bytes in
          self.heard(bytes)
          return true
        }
      } catch {
        self.state.withLock { $0.spawnError = error }
      }
      self.running.leave()
    }
    if hasThread { return }
    state.withLock { $0.spawnError = SpawnError(executable: command.executable, code: EAGAIN) }
    running.leave()
  }

  /// Ends it; it is gone when this returns.
  func stop() {
    end.cancel()
    running.wait()
    state.withLock { $0.idle = [] }
  }

  // MARK: What it says to a person

  private func heard(_ bytes: ArraySlice<UInt8>) {
    let (said, listeners) = state.withLock { state in
      let before = state.words.said
      state.words.take(bytes)
      let said = state.words.said
      return (said == before ? nil : said, Array(state.listeners.values))
    }
    if let said { for listener in listeners { listener(said) } }
  }

  /// What a program that signs in says, and is said for as long as it is waited for.
  var said: String? { state.withLock { $0.words.said } }

  /// The server has answered: what was said before is over.
  func forgetSaid() { state.withLock { $0.words.forgetSaid() } }

  /// Tells what is being said, and what will be.
  func tell(_ listener: @escaping @Sendable (String) -> Void) -> Int {
    let (number, said) = state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = listener
      return (state.nextListener, state.words.said)
    }
    if let said { listener(said) }
    return number
  }

  func stopTelling(_ number: Int) { state.withLock { $0.listeners[number] = nil } }

  func hasEnded(within seconds: Double = 0) -> Bool {
    running.wait(timeout: .now() + seconds) == .success
  }

  /// Known once it was asked, as it never leads elsewhere.
  var isOfRightCluster: Bool {
    get { state.withLock { $0.isOfRightCluster } }
    set { state.withLock { $0.isOfRightCluster = newValue } }
  }

  var age: Duration { SuspendingClock.now - startedAt }

  /// What it said of its end.
  var lastWords: String {
    if let error = state.withLock({ $0.spawnError }) { return "\(error)" }
    let words = state.withLock { $0.words.text }
    return KubectlError(errorText: ForeignText(words)).words
  }

  /// Waits until it can be spoken to.
  func standing(after seconds: Double, _ cancellation: Cancellation?) -> Standing {
    let deadline = SuspendingClock.now + .seconds(seconds)
    while !state.withLock({ $0.isServing }) {
      if hasEnded() { return .failed(lastWords) }
      if accepts() {
        state.withLock { $0.isServing = true }
      } else if SuspendingClock.now > deadline {
        return .failed("it did not begin to serve within \(Int(seconds.rounded(.up))) s")
      } else if let cancellation {
        if cancellation.wait(seconds: 0.002) { return .cancelled }
      } else {
        usleep(2_000)
      }
    }
    return .serves
  }

  /// Whether somebody listens.
  private func accepts() -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array(socket.utf8)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let descriptor = Glibc.socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  // MARK: Speaking to it

  /// Does something with a connection that nobody else uses meanwhile: one that is open already, if
  /// there is one.
  func withConnection<Value>(_ body: (ProxyConnection?) -> Value) -> Value {
    let connection = state.withLock { $0.idle.popLast() } ?? ProxyConnection(socket: socket)
    defer { if let connection { state.withLock { $0.idle.append(connection) } } }
    return body(connection)
  }

  /// What `kubectl get` would have said where the proxy could not reach the server, with what a
  /// credential plugin said before; `nil` if the proxy knows of no such failure.
  ///
  /// - Parameter reason: the proxy's answer.
  func failure(_ reason: String) -> ForeignText? {
    // What it writes to stderr it has written before it answers, but we may not have read it yet.
    for _ in 0..<100 {
      if let words = state.withLock({ $0.words.takeFailure(reason) }) { return words }
      if hasEnded() { return nil }
      usleep(2_000)
    }
    return nil
  }
}

/// What a proxy has written to stderr, and nobody was told yet.
struct ProxyWords {
  private var bytes: [UInt8] = []
  /// Of these, how many are of a time that is over.
  private var old = 0
  private static let limit = 1 << 16
  private static let mark = "Error while proxying request: "

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The oldest go where it is too much.
  mutating func take(_ more: ArraySlice<UInt8>) {
    bytes += more
    let tooMany = max(0, bytes.count - Self.limit)
    bytes.removeFirst(tooMany)
    old = max(0, old - tooMany)
  }

  /// What a program that signs in says to a person now.
  var said: String? { ForeignText.toPerson(bytes[old...]) }

  mutating func forgetSaid() { old = bytes.count }

  /// - Returns: the sentences of kubectl, see `StandardErrorMessage` in its
  ///   `pkg/cmd/util/helpers.go`; `nil` if it did not log that reason.
  mutating func takeFailure(_ reason: String) -> ForeignText? {
    let text = text
    let first = reason.prefix { !$0.isNewline }
    guard let logged = text.firstRange(of: Self.mark + first) else { return nil }
    // What a plugin said for this request stands before it.
    let before = text[..<logged.lowerBound]
    let lineStart = before.lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex
    let rest = text[logged.upperBound...]
    let more = reason.dropFirst(first.count)
    bytes = Array((rest.hasPrefix(more) ? rest.dropFirst(more.count) : rest).utf8)
    old = 0
    return ForeignText("\(text[..<lineStart])\n\(Self.sentence(reason))")
  }

  private static func sentence(_ reason: String) -> String {
    guard reason.contains("connection refused"),
      let address = reason.firstRange(of: "dial tcp ").map({ reason[$0.upperBound...] })
    else { return "Unable to connect to the server: \(reason)" }
    let host = address.prefix { $0 != " " }
    return
      "The connection to the server \(host.last == ":" ? host.dropLast() : host) was refused - "
      + "did you specify the right host or port?"
  }
}
