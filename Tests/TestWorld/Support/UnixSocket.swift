import Glibc

/// Sends one HTTP/1.1 request, as in `GET /api`, to whoever listens on a Unix socket; the whole answer,
/// or what came until the other side closed.
public func answer(to request: String, on path: String) throws -> String {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  defer { close(connection) }
  let connected = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
  try check(connected, "connect to \(path)")
  let text = "\(request) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  _ = text.withCString { write(connection, $0, strlen($0)) }
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(connection, &buffer, buffer.count)
    guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
    answer += buffer[..<count]
  }
}
