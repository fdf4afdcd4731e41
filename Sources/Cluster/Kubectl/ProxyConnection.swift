import CCurl
import Subprocess

/// A connection to kubectl's proxy, kept open from one request to the next. One thread at a time
/// uses it.
final class ProxyConnection: Sendable {
  /// What a request came to.
  enum Ending {
    case answered(ProxyAnswer)
    /// The connection ended before the answer did.
    case broken
    /// Nothing listens there.
    case unconnected
    case timedOut
    case cancelled
    /// Whoever took the body wanted no more of it.
    case unwanted
  }

  /// Seconds until an answer is given up.
  struct Limits {
    var inAll = Double.infinity
    var silence = Double.infinity
  }

  /// libcurl, once it is loaded; whichever TLS library it comes with, as it is not used.
  private enum Curl {
    // Written once, before anybody reads it.
    nonisolated(unsafe) static let functions: UnsafePointer<shim_curl>? =
      shim_curl_load("libcurl.so.4") ?? shim_curl_load("libcurl-gnutls.so.4")
  }

  static var isPossible: Bool { Curl.functions != nil }

  // Its pointers as numbers: any thread may use them, see libcurl-thread(3).
  private let easy: UInt
  private let multi: UInt

  /// `nil` without libcurl, or memory.
  init?(socket: String) {
    guard let curl = Curl.functions else { return nil }
    var connection = shim_connection()
    let isOpen = shim_curl_open(curl, &connection, socket) { bytes, size, count, context in
      Transfer.of(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        ?? 0
    } _: { bytes, size, count, context in
      Transfer.of(context)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        ?? 0
    }
    easy = UInt(bitPattern: connection.easy)
    multi = UInt(bitPattern: connection.multi)
    if isOpen == 0 { return nil }
  }

  deinit { if let curl = Curl.functions { shim_curl_close(curl, connection) } }

  private var connection: shim_connection {
    shim_connection(
      easy: UnsafeMutableRawPointer(bitPattern: easy),
      multi: UnsafeMutableRawPointer(bitPattern: multi))
  }

  /// Asks for a path and its query.
  ///
  /// - Parameter take: takes what arrives of the body, unless it is a refusal's; answers false to end
  ///   it. The time that it needs itself is no silence.
  func get(
    _ path: String, as form: AnswerForm = .whole, _ limits: Limits, cancellation: Cancellation?,
    take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Ending {
    withoutActuallyEscaping(take) { take in
      let transfer = Transfer(take)
      return withExtendedLifetime(transfer) {
        conduct(path, form, limits, cancellation, transfer)
      }
    }
  }

  private func conduct(
    _ path: String, _ form: AnswerForm, _ limits: Limits, _ cancellation: Cancellation?,
    _ transfer: Transfer
  ) -> Ending {
    guard let curl = Curl.functions else { return .unconnected }
    shim_curl_begin(
      curl, connection, "http://localhost\(path)", form.shim,
      Unmanaged.passUnretained(transfer).toOpaque())
    defer { shim_curl_end(curl, connection) }
    let deadline = seconds() + limits.inAll
    while true {
      var code = CURLE_OK
      if shim_curl_go_on(curl, connection, &code) != 0 { return transfer.ending(code) }
      if cancellation?.isCancelled == true { return .cancelled }
      let left = min(deadline, transfer.heardAt + limits.silence) - seconds()
      guard left > 0 else { return .timedOut }
      let descriptor = cancellation?.descriptor
      // Without a descriptor, a cancellation is noticed at the next tick.
      let tick = cancellation != nil && descriptor == nil ? 0.02 : 10
      shim_curl_wait(
        curl, connection, descriptor ?? -1, Int32((min(left, tick) * 1000).rounded(.up)))
    }
  }
}

/// One answer while it arrives.
private final class Transfer {
  private let take: (UnsafeBufferPointer<UInt8>) -> Bool
  private var answer = ProxyAnswer()
  private var isUnwanted = false
  /// When something came last.
  private(set) var heardAt = seconds()

  init(_ take: @escaping (UnsafeBufferPointer<UInt8>) -> Bool) { self.take = take }

  static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
  }

  func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    heardAt = seconds()
    answer.takeHeader(String(decoding: line, as: UTF8.self))
    return line.count
  }

  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    defer { heardAt = seconds() }
    guard answer.isSuccess else {
      answer.takeBody(bytes)
      return bytes.count
    }
    isUnwanted = !bytes.withMemoryRebound(to: UInt8.self) { take($0) }
    return isUnwanted ? 0 : bytes.count
  }

  func ending(_ code: CURLcode) -> ProxyConnection.Ending {
    switch code {
    case CURLE_OK: .answered(answer)
    case CURLE_COULDNT_CONNECT: .unconnected
    case _ where isUnwanted: .unwanted
    default: .broken
    }
  }
}

/// On a clock that stands still while the machine sleeps.
private func seconds() -> Double {
  SuspendingClock.epoch.duration(to: .now) / .seconds(1)
}

extension SuspendingClock {
  fileprivate static let epoch = SuspendingClock.now
}

/// What an answer is to be written as. Who cannot say so to the server, or whose server cannot, gets
/// it as it always is.
enum AnswerForm: Sendable {
  case whole
  /// A list of the objects' metadata alone, whatever their kind: `PartialObjectMetadataList`.
  case metadataList
  /// All that is served below a path at once: `APIGroupDiscoveryList`, from Kubernetes 1.26 on.
  case discovery

  fileprivate var shim: shim_form {
    switch self {
    case .whole: shim_form_whole
    case .metadataList: shim_form_metadata_list
    case .discovery: shim_form_discovery
    }
  }
}
