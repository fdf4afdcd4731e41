import Glibc

/// One connection to a `RecordedAPIServer`: HTTP/1.1 (RFC 9112) as far as kubectl speaks it.
struct APIConnection {
  private let channel: SecureChannel
  private let state: Monitor<RecordedAPIServer.State>
  private var unread: [UInt8] = []

  /// Nil if the other side does not finish the handshake.
  init?(
    _ socket: Descriptor, _ security: TransportSecurity,
    _ state: Monitor<RecordedAPIServer.State>
  ) {
    guard let channel = SecureChannel(socket, security) else { return nil }
    self.channel = channel
    self.state = state
  }

  /// Answers requests until one side has had enough.
  consuming func serve() {
    while let request = readRequest() {
      let (fault, stopped) = state.change { state in
        state.requests.append(request)
        // Every fault counts the requests it is for, also while another one fires.
        return (state.faults.filter { $0.fires(for: request) }.first, state.stopped)
      }
      if stopped || !answer(request, fault?.effect, fault) { return }
    }
  }

  /// Answers false if the connection cannot be used any more.
  private func answer(
    _ request: RecordedAPIServer.Request, _ effect: Fault.Effect?, _ fault: Fault?
  ) -> Bool {
    switch effect {
    case .hang: fault?.waitUntilReleased()
    case .delay(let duration): pause(duration)
    default: break
    }
    let answer = effect?.answer(to: request) ?? state.read { $0.answer(to: request) }
    var head = "HTTP/1.1 \(answer.status) \(Self.phrase(answer.status))\r\n"
    for header in answer.headers { head += "\(header.name): \(header.value)\r\n" }
    var writer = BodyWriter(effect: effect) {
      channel.write($0)
    } pause: {
      pause($0)
    } stall: {
      fault?.waitUntilReleased()
    }
    switch answer.body {
    case .bytes(let bytes):
      head += "Content-Length: \(bytes.count)\r\n\r\n"
      return channel.write(Array(head.utf8)[...]) && writer.write(bytes[...])
    case .stream(let make):
      head += "Transfer-Encoding: chunked\r\n\r\n"
      guard channel.write(Array(head.utf8)[...]) else { return false }
      var isWhole = true
      make(request) { bytes in
        if bytes.isEmpty { return isWhole }
        isWhole =
          isWhole && channel.write(Array("\(String(bytes.count, radix: 16))\r\n".utf8)[...])
          && writer.write(bytes) && channel.write(Array("\r\n".utf8)[...])
        return isWhole
      }
      return isWhole && channel.write(Array("0\r\n\r\n".utf8)[...])
    }
  }

  /// Waits; not longer than the server lives.
  private func pause(_ duration: Duration) {
    _ = state.wait(duration) { $0.stopped ? true : nil }
  }

  /// The next request; its body, if it has one, is passed over.
  private mutating func readRequest() -> RecordedAPIServer.Request? {
    let end = Array("\r\n\r\n".utf8)
    var headEnd = unread.firstRange(of: end)
    while headEnd == nil {
      guard let bytes = channel.read() else { return nil }
      unread += bytes
      headEnd = unread.firstRange(of: end)
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: unread[..<headEnd.lowerBound], as: UTF8.self)
      .split(separator: "\r\n")
    unread.removeSubrange(..<headEnd.upperBound)
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    var headers: [String: Substring] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].drop { $0 == " " } }
    }
    let bodyLength = headers["content-length"].flatMap { Int($0) } ?? 0
    while unread.count < bodyLength {
      guard let bytes = channel.read() else { return nil }
      unread += bytes
    }
    unread.removeFirst(bodyLength)
    return RecordedAPIServer.Request(
      method: String(words[0]), target: String(words[1]), authorization: headers["authorization"],
      accept: String(headers["accept"] ?? ""))
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 410: "Gone"
    case 429: "Too Many Requests"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}

/// Writes a body the way a fault wants it.
private struct BodyWriter {
  private var left: Int?
  private var bytesPerSecond: Int?
  private let send: (ArraySlice<UInt8>) -> Bool
  private let pause: (Duration) -> Void
  private let stall: (() -> Void)?

  init(
    effect: Fault.Effect?, send: @escaping (ArraySlice<UInt8>) -> Bool,
    pause: @escaping (Duration) -> Void, stall: @escaping () -> Void
  ) {
    if case .stall(let count) = effect {
      left = count
      self.stall = stall
    } else {
      self.stall = nil
    }
    if case .cutBody(let count) = effect { left = count }
    if case .slowBody(let speed) = effect { bytesPerSecond = speed }
    self.send = send
    self.pause = pause
  }

  /// Answers false if the body ends here.
  mutating func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    if let count = left {
      left = max(0, count - bytes.count)
      guard send(bytes.prefix(count)) else { return false }
      if count <= bytes.count { stall?() }
      return count > bytes.count
    }
    guard let bytesPerSecond else { return send(bytes) }
    var rest = bytes
    while !rest.isEmpty {
      guard send(rest.prefix(max(1, bytesPerSecond / 10))) else { return false }
      rest = rest.dropFirst(max(1, bytesPerSecond / 10))
      pause(.milliseconds(100))
    }
    return true
  }
}

extension RecordedAPIServer.Request {
  /// A request line's method and target, and the values of two headers.
  init(method: String, target: String, authorization: Substring?, accept: String) {
    self.method = method
    self.accept = accept
    self.target = target
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = Self.decoded(parts[0])
    var parameters: [String: String] = [:]
    for field in parts.dropFirst().joined().split(separator: "&") {
      let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters[Self.decoded(sides[0])] = sides.count == 2 ? Self.decoded(sides[1]) : ""
    }
    self.parameters = parameters
    let token = authorization.flatMap { $0.hasPrefix("Bearer ") ? $0.dropFirst(7) : nil }
    user = ["admin", "viewer"].first { $0 == token ?? "" }
  }

  /// Undoes percent-encoding (RFC 3986 §2.1).
  private static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.count == 2, let decoded = UInt8(digits, radix: 16) {
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
