import ForeignText

/// What came back instead of the bytes that were asked for.
struct KubectlError: Error, Hashable, Sendable {
  enum Reason: Hashable, Sendable {
    case programFailed, unreachable, signInNeeded, contextUnknown
    /// The context leads to another cluster than it did.
    case anotherCluster
    case forbidden, notServed, notFound
    /// A continue token is too old: the list has to be begun again.
    case expired
    /// The server is overloaded, or not ready yet, and has done nothing: to be asked again later.
    case busy
    /// The server has an error of its own: worth another try.
    case trouble
    /// The connection ended before the answer did.
    case cutOff
    /// Not what such an answer looks like.
    case unreadable
    /// More than was wanted at once.
    case tooLong
    case timedOut, cancelled
  }

  var reason: Reason
  /// kubectl's own words, in one line, or ours where it has none.
  let words: String
  /// Seconds before which the server does not want to be asked again, if it said so.
  var retryAfter: Double?

  init(_ reason: Reason, _ words: String) {
    self.reason = reason
    self.words = "\(ForeignText(words))"
  }

  static let cancelled = KubectlError(.cancelled, "stopped before everything was read")
}

extension KubectlError.Reason {
  var kind: ClusterFailure.Kind {
    switch self {
    case .programFailed: .programFailed
    case .unreachable: .unreachable
    case .signInNeeded: .signInNeeded
    case .contextUnknown: .contextUnknown
    case .anotherCluster: .anotherCluster
    case .forbidden: .forbidden
    case .notServed: .notServed
    case .notFound: .notFound
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    case .expired, .busy, .trouble, .cutOff, .unreadable, .tooLong: .unreadable
    }
  }

  /// Whether every other request would end the same way.
  var concernsAllRequests: Bool {
    switch self {
    case .unreachable, .signInNeeded, .contextUnknown, .anotherCluster, .cancelled: true
    default: false
    }
  }
}

extension ForeignText {
  /// What a program that kubectl runs to sign in has told a person: whole lines, as one, without
  /// those of kubectl itself; `nil` if there are none.
  static func toPerson(_ errors: some Sequence<UInt8>) -> String? {
    let text = String(decoding: Array(errors), as: UTF8.self)
    guard let end = text.lastIndex(where: \.isNewline) else { return nil }
    let lines = text[..<end].split(whereSeparator: \.isNewline).map(String.init)
      .filter { !KubectlError.isOfKubectl($0) }
    return lines.isEmpty ? nil : "\(ForeignText(lines.joined(separator: " ")))"
  }
}

extension KubectlError {
  fileprivate static func isOfKubectl(_ line: String) -> Bool {
    isLogLine(line) || line.hasPrefix("Warning: ") || line.hasPrefix("error: ")
      || line.hasPrefix("Error from server") || line.hasPrefix("Unable to connect to the server")
      || line.hasPrefix("The connection to the server ")
  }

  /// What kubectl means by what it wrote to stderr before it exited with a failure.
  init(errorText: ForeignText) {
    // Before lines are left out, among which the beginning of a private key may be.
    let words = ForeignText(Self.told("\(errorText)").joined(separator: " ")).quote
    self.init(
      Self.told(errorText.unredacted).lazy.compactMap(Self.reason).first ?? .programFailed,
      words.isEmpty ? "it failed without saying why" : words)
  }

  /// The lines that are not kubectl's log.
  fileprivate static func told(_ text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty }
    let said = lines.filter { !isLogLine($0) && !$0.hasPrefix("Warning: ") }
    // The log lines repeat what the last line says, unless there is no other.
    return said.isEmpty ? lines : said
  }

  private static func reason(_ line: String) -> Reason? {
    // Before what such lines begin with, which stands before refused connections, too.
    let isOfClient = !line.hasPrefix("Error from server")
    if isOfClient, lost.contains(where: line.contains) { return .cutOff }
    if let reason = serverReason(line) { return reason }
    for (reason, marks) in marks where marks.contains(where: line.contains) { return reason }
    return nil
  }

  /// In this order: `Unable to connect to the server` begins other lines, too. What the server
  /// says is never searched for these.
  private static let marks: [(Reason, [String])] = [
    (
      .signInNeeded,
      [
        "You must be logged in to the server", "getting credentials: ",
        "the server has asked for the client to provide credentials",
      ]
    ),
    (.contextUnknown, ["context was not found for specified context: "]),
    (
      .unreachable,
      [
        "The connection to the server ", "Unable to connect to the server: ",
        "couldn't get current server API group list", "dial tcp", "i/o timeout",
        "connection refused", "no such host", "no route to host",
        "TLS handshake timeout",
      ]
    ),
    (.cutOff, lost),
  ]

  /// How Go's clients say that a connection ended before its answer did: the server, or what stands
  /// before it, went away or was restarted.
  private static let lost = [
    "unexpected EOF", "server sent GOAWAY", "http2: client connection lost",
    "http2: client connection force closed", "http2: server closed", "INTERNAL_ERROR",
    "REFUSED_STREAM", "ENHANCE_YOUR_CALM", "use of closed network connection", "broken pipe",
    "connection reset by peer",
  ]

  /// `Error from server (REASON): MESSAGE`, and what kubectl says about its own configuration.
  private static func serverReason(_ line: String) -> Reason? {
    if line.hasPrefix("error: context \""), line.hasSuffix("does not exist") {
      return .contextUnknown
    }
    // With a Status that gives no reason.
    if line.hasPrefix("Error from server: ") { return isForAWhile(line) ? .busy : .trouble }
    let prefix = "Error from server ("
    guard line.hasPrefix(prefix) else { return nil }
    let rest = line.dropFirst(prefix.count)
    let name = rest.prefix { $0 != ")" }
    switch name {
    case "Unauthorized": return .signInNeeded
    case "Forbidden": return .forbidden
    case "NotFound":
      let message = rest.dropFirst(name.count).drop { "): ".contains($0) }
      return message.hasPrefix("the server could not find the requested resource")
        ? .notServed : .notFound
    case "Expired", "Gone": return .expired
    case "TooManyRequests", "ServiceUnavailable", "Timeout", "ServerTimeout": return .busy
    case "InternalError": return isForAWhile(line) ? .busy : .trouble
    default: return isForAWhile(line) ? .busy : .unreadable
    }
  }

  /// What a server, or what stands before it, says while it starts, stops, or chooses a leader.
  private static func isForAWhile(_ line: String) -> Bool {
    let marks = [
      "etcdserver: leader changed", "etcdserver: no leader",
      "etcdserver: too many requests", "etcdserver: server stopped",
      "context deadline exceeded", "the server was unable to return a response in the time",
      "http2: client connection lost", "server sent GOAWAY", "apiserver not ready",
      "apiserver is shutting down", "storage is (re)initializing", "502 Bad Gateway",
      "the server is currently unable to handle the request",
    ]
    return marks.contains(where: line.contains)
  }

  /// As in `E1121 05:38:00.000000   12345 memcache.go:265] couldn't get …`.
  private static func isLogLine(_ line: String) -> Bool {
    guard let level = line.first, "IWEF".contains(level) else { return false }
    let date = line.dropFirst().prefix(4)
    return date.count == 4 && date.allSatisfy { ("0"..."9").contains($0) }
      && line.dropFirst(5).hasPrefix(" ")
  }
}
