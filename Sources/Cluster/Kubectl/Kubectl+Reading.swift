import Subprocess

extension Kubectl {
  /// When an answer is given up.
  private enum Limit {
    /// It is not there in full within the timeout.
    case whole
    /// Nothing came for as long.
    case silence
  }

  /// The server's own bytes for a path.
  func get(
    _ path: String, as form: AnswerForm = .whole, context: String, cancellation: Cancellation?
  ) throws(KubectlError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path, form, context, .whole, cancellation) { piece throws(KubectlError) in
      guard bytes.count + piece.count <= Self.outputLimit else {
        throw KubectlError(.tooLong, "the answer is longer than \(Self.outputLimit >> 20) MiB")
      }
      bytes += piece
    }
    var start = AnswerStart()
    try start.check(bytes)
    return bytes
  }

  /// The same, handed over piece by piece while it arrives, however long it becomes. What `take`
  /// throws ends the reading.
  func stream(
    _ path: String, as form: AnswerForm = .whole, context: String, cancellation: Cancellation?,
    take: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    try read(path, form, context, .silence, cancellation, take: take)
  }

  private func read(
    _ path: String, _ form: AnswerForm, _ context: String, _ limit: Limit,
    _ cancellation: Cancellation?,
    take: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    switch try proxies.way(to: context, self, cancellation: cancellation) {
    case .through(let proxy):
      do {
        try checkIdentity(of: context, through: proxy, cancellation)
        try read(path, form, through: proxy, limit, cancellation, take: take)
      } catch  where error.reason == .unreachable {
        // The address, too, is the one that was there when it started.
        proxies.retire(proxy, of: context)
        throw error
      } catch  where error.reason == .signInNeeded {
        // What it knows of credentials is from when it started; the next one reads them anew.
        let mayBeOld = proxy.age > Self.credentialsAreFresh
        proxies.retire(proxy, of: context)
        guard mayBeOld else { throw error }
        try read(path, form, context, limit, cancellation, take: take)
      }
    case .oneByOne(let why):
      do {
        try readAlone(path, context, limit, cancellation, take: take)
      } catch {
        if let why, error.reason.isOfServer { proxies.doWithout(context, why: why) }
        throw error
      }
      if let why { proxies.doWithout(context, why: why) }
    }
  }

  // MARK: Which cluster it is

  static let identityPath = "/api/v1/namespaces/kube-system"

  /// A proxy that is started while the run goes on may lead elsewhere than the one before.
  private func checkIdentity(
    of context: String, through proxy: Proxy, _ cancellation: Cancellation?
  ) throws(KubectlError) {
    guard !proxy.isOfRightCluster else { return }
    if let before = proxies.identity(of: context) {
      var bytes: [UInt8] = []
      try read(Self.identityPath, .whole, through: proxy, .whole, cancellation) { bytes += $0 }
      do {
        try compare(bytes, with: before, context)
      } catch {
        proxies.retire(proxy, of: context)
        throw error
      }
    }
    proxy.isOfRightCluster = true
  }

  /// Refuses if the context leads elsewhere by now than when it was first asked. What went through
  /// a proxy was of one cluster in any case.
  func checkIdentityOfSingleReads(
    _ context: String, cancellation: Cancellation?
  ) throws(KubectlError) {
    guard proxies.isReadOneByOne(context) else { return }
    try checkIdentityNow(context, cancellation: cancellation)
  }

  /// The same by the kubeconfig as it is now, for what does not go through a proxy.
  func checkIdentityNow(_ context: String, cancellation: Cancellation?) throws(KubectlError) {
    guard let before = proxies.identity(of: context) else { return }
    var bytes: [UInt8] = []
    try readAlone(Self.identityPath, context, .whole, cancellation) { bytes += $0 }
    try compare(bytes, with: before, context)
  }

  private func compare(
    _ namespace: [UInt8], with before: String, _ context: String
  ) throws(KubectlError) {
    let now = try decode(AnyObjectMetadata.self, namespace).metadata.uidOfCluster()
    guard now == before else {
      throw KubectlError(
        .anotherCluster,
        "context \(context) now leads to another cluster: its namespace kube-system has UID \(now), "
          + "and had \(before) before")
    }
  }

  private static let credentialsAreFresh = Duration.seconds(60)

  // MARK: Through a proxy

  private func read(
    _ path: String, _ form: AnswerForm, through proxy: Proxy, _ limit: Limit,
    _ cancellation: Cancellation?, take: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    var refusal: KubectlError?
    var limits = ProxyConnection.Limits()
    switch limit {
    case .whole: limits.inAll = timeout
    case .silence: limits.silence = timeout
    }
    let listener = proxy.tell(tellSaid)
    defer { proxy.stopTelling(listener) }
    let ending = proxy.withConnection { connection in
      connection?.get(path, as: form, limits, cancellation: cancellation) { bytes in
        do throws(KubectlError) {
          try take(bytes)
          return true
        } catch {
          refusal = error
          return false
        }
      } ?? .unconnected
    }
    switch ending {
    case .answered(let answer) where answer.isSuccess: proxy.forgetSaid()
    case .answered(let answer):
      if let words = answer.ownReason.flatMap(proxy.failure) {
        throw KubectlError(errorText: words)
      }
      throw KubectlError(answer)
    case .unwanted: throw refusal ?? .cancelled
    case .timedOut: throw noAnswer(proxy.said)
    case .cancelled: throw .cancelled
    case .broken, .unconnected:
      // Its end is noticed a moment after that of its connections.
      guard proxy.hasEnded(within: 0.2) else {
        throw KubectlError(.cutOff, "error: unexpected EOF")
      }
      throw KubectlError(.cutOff, "kubectl proxy ended: \(proxy.lastWords)")
    }
  }

  /// Serves on a Unix socket what is read here, and nothing else: an expression for each place of a
  /// word that is not GET; the paths of what is served, of lists and of objects, but of no part of an
  /// object; and no Secret, nor anything that goes on for ever.
  func proxying(_ context: String, through socket: String) throws(KubectlError) -> Command {
    let arguments = try arguments(
      [
        "proxy", "--unix-socket=\(socket)", "--reject-methods=^[^G],^.[^E],^..[^T],^....,^.?.?$",
        "--accept-paths=^/apis?$,^/(api|apis/[^/]+)/[^/]+(/namespaces/[^/]+)?(/[^/]+(/[^/]+)?)?$",
        "--reject-paths=^/api/[^/]+/(watch/)?(namespaces/[^/]+/)?secrets(/|$),"
          + "^/(api|apis/[^/]+)/[^/]+/watch(/|$)",
      ], context)
    return Command(
      executable, arguments, environment: fullEnvironment, grace: Self.grace, outputLimit: .max,
      observer: observer)
  }

  // MARK: With a kubectl of its own

  /// What `kubectl get --raw` prints for a path.
  private func readAlone(
    _ path: String, _ context: String, _ limit: Limit, _ cancellation: Cancellation?,
    take: (UnsafeBufferPointer<UInt8>) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    var command = Command(
      executable, try arguments(["get", "--raw", path, AnswerLog.flag], context),
      environment: fullEnvironment, grace: Self.grace, outputLimit: .max, observer: observer)
    switch limit {
    case .whole: command.timeout = timeout
    case .silence: command.silenceLimit = timeout
    }
    var refusal: KubectlError?
    var hasBegun = false
    var log = AnswerLog()
    let completion = try start {
      try withoutActuallyEscaping(take) { take in
        try Subprocess.run(command, cancellation: cancellation) { bytes in
          hasBegun = true
          do throws(KubectlError) {
            try bytes.withUnsafeBufferPointer { bytes throws(KubectlError) in try take(bytes) }
            return true
          } catch {
            refusal = error
            return false
          }
        } onErrors: {
          let before = log.toPerson
          defer { if let said = log.toPerson, said != before { tellSaid(said) } }
          return log.take($0)
        }
      }
    }
    if let refusal { throw refusal }
    do throws(KubectlError) {
      try check(completion, log)
    } catch  where hasBegun && [.programFailed, .unreachable].contains(error.reason) {
      // Whatever it calls that: an answer that had begun has ended too early.
      throw KubectlError(.cutOff, error.words)
    }
  }
}

extension KubectlError.Reason {
  /// Whether the server has said it, so that it could be asked.
  fileprivate var isOfServer: Bool {
    switch self {
    case .forbidden, .notServed, .notFound, .expired, .busy, .trouble: true
    default: false
    }
  }
}
