import Dispatch
import Glibc
import Synchronization

/// Serves a generated cluster over plain HTTP on 127.0.0.1, which kubectl takes where it has no
/// credentials to send.
final class GeneratedServer: Sendable {
  let port: UInt16
  private let cluster: GeneratedCluster
  private let listener: Int32
  private let firstByte = Mutex<Double?>(nil)

  init(_ cluster: GeneratedCluster) throws {
    self.cluster = cluster
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, size) == 0 && getsockname(socket, pointer, &size) == 0
          && listen(socket, 128) == 0
      }
    }
    guard isListening else { throw BenchmarkFailure("no server can listen on 127.0.0.1") }
    listener = socket
    port = UInt16(bigEndian: address.sin_port)
    DispatchQueue(label: "accept").async { self.accept() }
  }

  /// When the first byte of a list of workloads was sent since this was last asked, on the
  /// monotonic clock.
  func takeFirstByte() -> Double? {
    firstByte.withLock { moment in
      defer { moment = nil }
      return moment
    }
  }

  /// A kubeconfig with this server's only context.
  func kubeconfig(_ name: String) -> String {
    """
    apiVersion: v1
    kind: Config
    current-context: \(name)
    clusters: [{name: \(name), cluster: {server: "http://127.0.0.1:\(port)"}}]
    contexts: [{name: \(name), context: {cluster: \(name), user: \(name)}}]
    users: [{name: \(name), user: {}}]
    """
  }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func accept() {
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      DispatchQueue(label: "connection").async {
        self.serve(connection)
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    var unread: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    let end = Array("\r\n\r\n".utf8)
    while true {
      while let range = unread.firstRange(of: end) {
        let head = String(decoding: unread[..<range.lowerBound], as: UTF8.self)
        unread.removeSubrange(..<range.upperBound)
        let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count == 3, answer(String(words[1]), connection) else { return }
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      unread += buffer[..<count]
    }
  }

  private func answer(_ target: String, _ connection: Int32) -> Bool {
    let parts = target.split(separator: "?", maxSplits: 1)
    let path = String(parts[0])
    if let list = cluster.lists[path] {
      var parameters: [Substring: Substring] = [:]
      for field in parts.dropFirst().joined().split(separator: "&") {
        let sides = field.split(separator: "=", maxSplits: 1)
        if sides.count == 2 { parameters[Substring(sides[0])] = Substring(sides[1]) }
      }
      let start = parameters["continue"].flatMap { Int($0) } ?? 0
      let limit = parameters["limit"].flatMap { Int($0) } ?? 0
      return write(list, start, limit > 0 ? min(list.count, start + limit) : list.count, connection)
    }
    let document = cluster.documents[path]
    let body = Array(
      (document
        ?? #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}"#)
        .utf8)
    let head =
      "HTTP/1.1 \(document == nil ? "404 Not Found" : "200 OK")\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
    return send(Array(head.utf8) + body, connection)
  }

  private func write(
    _ list: GeneratedCluster.List, _ start: Int, _ end: Int, _ connection: Int32
  ) -> Bool {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    guard send(Array(head.utf8), connection) else { return false }
    let rest = list.count - end
    let page = rest > 0 ? #","continue":"\#(end)","remainingItemCount":\#(rest)"# : ""
    var bytes = Array(
      #"{"kind":"\#(list.kind)List","apiVersion":"\#(list.apiVersion)","metadata":{"resourceVersion":"1"\#(page)},"items":["#
        .utf8)
    if ["Deployment", "StatefulSet", "DaemonSet", "CronJob"].contains(list.kind) {
      firstByte.withLock { if $0 == nil { $0 = monotonicSeconds() } }
    }
    // A namespace has its share of every kind.
    let namespaces = max(1, cluster.workloads / GeneratedCluster.perNamespace)
    let perNamespace = max(1, list.count / namespaces)
    for number in start..<end {
      if number > start { bytes.append(UInt8(ascii: ",")) }
      list.templates[number % list.templates.count].write(
        number, namespace: number / perNamespace % 1000, to: &bytes)
      if bytes.count > 1 << 17 {
        guard sendChunk(bytes, connection) else { return false }
        bytes.removeAll(keepingCapacity: true)
      }
    }
    bytes += Array("]}\n".utf8)
    return sendChunk(bytes, connection) && send(Array("0\r\n\r\n".utf8), connection)
  }

  private func sendChunk(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    send(Array("\(String(bytes.count, radix: 16))\r\n".utf8), connection)
      && send(bytes, connection) && send(Array("\r\n".utf8), connection)
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = Glibc.send(
          connection, buffer.baseAddress.map { $0 + sent }, buffer.count - sent,
          Int32(MSG_NOSIGNAL))
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
  }
}

/// Seconds on a clock that all processes share.
func monotonicSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
