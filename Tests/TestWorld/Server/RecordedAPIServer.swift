import Glibc

/// A Kubernetes API server on 127.0.0.1 that answers a real kubectl with what a real server once
/// said. It speaks TLS, because kubectl sends no credentials and runs no credential plugin over
/// plain HTTP. A user's bearer token is the user's name: `admin` may read all, `viewer` only what
/// is in `viewerNamespaces`. It stops when nobody holds it any more.
public final class RecordedAPIServer: Sendable {
  /// A request as it arrived, in the order of arrival. kubectl may ask for `/version` by itself.
  public struct Request: Sendable, Equatable {
    /// The HTTP method.
    public let method: String
    /// The path without the query, percent-decoded.
    public let path: String
    /// The query's parameters, decoded.
    public let parameters: [String: String]
    /// The path and the query as sent.
    public let target: String
    /// The user whose token came with it; nil without a known one.
    public let user: String?
    /// The Accept header; empty without one.
    public let accept: String
  }

  struct State: Sendable {
    /// By the path of the list of all objects.
    var lists: [String: ResourceList] = [:]
    /// Answers that are not lists, by path.
    var documents: [String: Answer] = [:]
    var viewerNamespaces: Set<String> = []
    var discoversAtOnce = true
    var faults: [Fault] = []
    var requests: [Request] = []
    var connections: [ObjectIdentifier: Descriptor] = [:]
    var accepting = true
    var stopped = false
  }

  /// The port on 127.0.0.1.
  public let port: UInt16
  /// The certificate to trust, as PEM text.
  public let certificateAuthority: String
  let state: Monitor<State>
  private let listener: Descriptor

  /// A server without any objects; add them with `addList` and `stream`.
  public init(faults: [Fault] = []) throws {
    let security = try TransportSecurity.shared.get()
    let listener = Descriptor(
      try check(
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0), "make a socket"))
    port = try bindToLoopback(listener)
    try check(listen(listener.number, 128), "listen on a socket")
    let state = Monitor(State(faults: faults))
    self.listener = listener
    self.state = state
    certificateAuthority = security.certificate
    try startThread {
      Self.accept(listener, security, state)
      state.change { $0.accepting = false }
    }
  }

  /// A server with the answers of the recording in `directory` (see `Recording.path`).
  public convenience init(
    recording directory: String, viewerNamespaces: Set<String> = [], faults: [Fault] = []
  ) throws {
    try self.init(faults: faults)
    self.viewerNamespaces = viewerNamespaces
    for entry in try Recording.entries(in: directory) where entry.user == "admin" {
      // Pages are made from the whole list.
      if entry.path.contains("?") { continue }
      let bytes = try fileBytes("\(directory)/\(entry.file)")
      if let path = ResourcePath(entry.path), path.name == nil, entry.status == 200 {
        let list = try ResourceList(recorded: bytes)
        state.change { $0.lists[entry.path] = list }
      } else if ResourcePath(entry.path) == nil {
        state.change { $0.documents[entry.path] = Answer(bytes, status: entry.status) }
      }
    }
  }

  deinit { stop() }

  /// The address for a kubeconfig, `https://127.0.0.1:PORT`.
  public var url: String { "https://127.0.0.1:\(port)" }

  /// What has been asked so far.
  public var requests: [Request] { state.read { $0.requests } }

  /// What goes wrong from now on.
  public var faults: [Fault] {
    get { state.read { $0.faults } }
    set { state.change { $0.faults = newValue } }
  }

  /// The namespaces in which `viewer` may read; reading across all of them is always forbidden.
  public var viewerNamespaces: Set<String> {
    get { state.read { $0.viewerNamespaces } }
    set { state.change { $0.viewerNamespaces = newValue } }
  }

  /// Whether it tells of all kinds at once, as servers do from Kubernetes 1.26 on.
  public var discoversAtOnce: Bool {
    get { state.read { $0.discoversAtOnce } }
    set { state.change { $0.discoversAtOnce = newValue } }
  }

  /// Waits until a request has arrived for which `condition` holds, the first such one; throws if
  /// none does in time.
  @discardableResult
  public func waitForRequest(
    timeout: Duration = patience, where condition: (Request) -> Bool
  ) throws -> Request {
    if let request = state.wait(timeout, until: { $0.requests.first(where: condition) }) {
      return request
    }
    throw WorldFailure("no such request within \(timeout), only \(requests.map(\.target))")
  }

  /// Closes all connections and waits until no thread of the server works any more; requests that
  /// come later are refused.
  public func stop() {
    let faults: [Fault]? = state.change { state in
      if state.stopped { return nil }
      state.stopped = true
      for connection in state.connections.values { shutdown(connection.number, Int32(SHUT_RDWR)) }
      return state.faults
    }
    // Stopped before: by now the listener's number may be another server's.
    guard let faults else { return }
    for fault in faults { fault.release() }
    shutdown(listener.number, Int32(SHUT_RDWR))
    _ = state.wait(patience) { !$0.accepting && $0.connections.isEmpty ? true : nil }
    listener.close()
  }

  private static func accept(
    _ listener: Descriptor, _ security: TransportSecurity, _ state: Monitor<State>
  ) {
    while !state.read({ $0.stopped }) {
      let number = System.accept4(listener.number, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
      guard number >= 0 else { continue }
      let socket = Descriptor(number)
      // Without it the second small write of an answer waits for the acknowledgement of the first.
      var on: Int32 = 1
      setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
      let id = ObjectIdentifier(socket)
      let stopped = state.change { state in
        state.connections[id] = socket
        return state.stopped
      }
      let serving: Void? =
        stopped
        ? nil
        : try? startThread {
          APIConnection(socket, security, state)?.serve()
          socket.close()
          _ = state.change { $0.connections.removeValue(forKey: id) }
        }
      if serving == nil { _ = state.change { $0.connections.removeValue(forKey: id) } }
    }
  }
}

/// Binds a socket to a free port of 127.0.0.1; answers the port.
func bindToLoopback(_ socket: Descriptor) throws -> UInt16 {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  try withUnsafeMutablePointer(to: &address) { pointer in
    try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      try check(bind(socket.number, pointer, size), "bind a socket to 127.0.0.1")
      try check(getsockname(socket.number, pointer, &size), "ask for the port of a socket")
    }
  }
  return UInt16(bigEndian: address.sin_port)
}

/// A port of 127.0.0.1 that refuses connections, and that nobody else can take meanwhile.
public final class ClosedPort: Sendable {
  /// The port on 127.0.0.1.
  public let port: UInt16
  private let socket: Descriptor

  /// Takes a free port without listening on it.
  public init() throws {
    socket = Descriptor(
      try check(
        Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0),
        "make a socket"))
    port = try bindToLoopback(socket)
  }

  /// The address for a kubeconfig.
  public var url: String { "https://127.0.0.1:\(port)" }
}
