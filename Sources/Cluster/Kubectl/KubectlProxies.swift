import Subprocess
import Synchronization
import Wizard

/// The proxies of a run: for each context one `kubectl proxy` that all reads go through, started
/// when the first of them needs it. They, and the way to them, are gone with the last reference.
public final class KubectlProxies: Sendable {
  /// How a context is read.
  enum Way {
    case through(Proxy)
    /// With a kubectl for each read; said is why, if that has just turned out.
    case oneByOne(why: String?)
  }

  fileprivate struct State {
    var proxies: [String: Proxy] = [:]
    /// The contexts for which there is none.
    var without: Set<String> = []
    /// Where the contexts lead: the UID of namespace kube-system.
    var identities: [String: String] = [:]
    /// By context, what the clusters serve, as far as they were asked.
    var kinds: [String: [KindName: Resource]] = [:]
    var directory: SocketDirectory?
    var retired: Proxy?
    var started = 0
    var isOver = false
    /// Where the directory may be; `nil` where the environment says.
    var places: [String]?
  }

  private let state: Mutex<State>
  /// The kubeconfig as it was read last, which the proxies have begun with, or sooner.
  let configuration = Mutex<[UInt8]?>(nil)
  private let tell: @Sendable (String) -> Void

  /// Seconds in which kubectl has to be there; it asks nobody before.
  private static let startTime = 10.0

  /// - Parameter tell: is told, once for each context, that it is read without a proxy.
  public convenience init(tell: @escaping @Sendable (String) -> Void = { _ in }) {
    self.init(places: nil, tell: tell)
  }

  init(places: [String]?, tell: @escaping @Sendable (String) -> Void = { _ in }) {
    state = Mutex(State(places: places))
    self.tell = tell
  }

  deinit { end() }

  /// Ends them, and lets nothing more be read; they are gone when this returns.
  public func end() {
    let ended = state.withLock { state in
      state.isOver = true
      defer { (state.proxies, state.retired) = ([:], nil) }
      return state.proxies.values + [state.retired].compactMap(\.self)
    }
    for proxy in ended { proxy.stop() }
    state.withLock { $0.directory = nil }
  }

  /// Finds, or starts, what reads a context. Who asks while it starts waits for the same one.
  func way(
    to context: String, _ kubectl: Kubectl, cancellation: Cancellation?
  ) throws(KubectlError) -> Way {
    let found = state.withLock { state in
      Result { () throws(KubectlError) in
        if state.isOver || cancellation?.isCancelled == true { throw .cancelled }
        return try state.proxy(for: context, kubectl)
      }
    }
    let proxy: Proxy?
    do throws(KubectlError) {
      proxy = try found.get()
    } catch  where error.reason != .cancelled {
      return .oneByOne(why: error.words)
    }
    guard let proxy else { return .oneByOne(why: nil) }
    // It takes as long as kubectl takes to start, and so is done meanwhile.
    guard ProxyConnection.isPossible else {
      retire(proxy, of: context)
      proxy.stop()
      return .oneByOne(why: "libcurl is not there")
    }
    switch proxy.standing(after: min(kubectl.timeout, Self.startTime), cancellation) {
    case .serves: return .through(proxy)
    case .cancelled: throw .cancelled
    case .failed(let why):
      retire(proxy, of: context)
      proxy.stop()
      return .oneByOne(why: why)
    }
  }

  /// Has the next read start another one. What is being read through this one goes on; it is ended
  /// when another one is retired, or with all.
  func retire(_ proxy: Proxy, of context: String) {
    let before = state.withLock { state -> Proxy? in
      guard state.proxies[context] === proxy else { return nil }
      state.proxies[context] = nil
      defer { state.retired = proxy }
      return state.retired
    }
    before?.stop()
  }

  /// The UID of the cluster that the context led to when it was first asked; `nil` before.
  func identity(of context: String) -> String? { state.withLock { $0.identities[context] } }

  /// Whatever is done to the kubeconfig: what is read from now on is of this cluster, or refused.
  func keep(_ identity: String, of context: String) {
    state.withLock { if $0.identities[context] == nil { $0.identities[context] = identity } }
  }

  /// Where the context leads is found out anew.
  func forget(_ context: String) {
    let proxy = state.withLock {
      $0.identities[context] = nil
      return $0.proxies[context]
    }
    if let proxy { retire(proxy, of: context) }
  }

  fileprivate struct KindName: Hashable {
    var apiVersion: String
    var kind: String
  }

  /// The kind by which a context's cluster knows an object, if it has told of it.
  func kind(of object: ObjectReference, in context: String) -> Resource? {
    state.withLock {
      $0.kinds[context]?[KindName(apiVersion: object.apiVersion, kind: object.kind)]
    }
  }

  func keep(_ kinds: [Discovery.Kind], of context: String) {
    let known = Dictionary(
      kinds.lazy.filter { !$0.name.contains("/") }.map {
        (KindName(apiVersion: $0.apiVersion, kind: $0.kind), $0.resource)
      }
    ) { first, _ in first }
    state.withLock { $0.kinds[context, default: [:]].merge(known) { $1 } }
  }

  /// Whether each read is a kubectl of its own, which goes by what the kubeconfig says by then.
  func isReadOneByOne(_ context: String) -> Bool {
    state.withLock { $0.without.contains(context) }
  }

  /// The context can be read, but not through a proxy: none is tried any more.
  func doWithout(_ context: String, why: String) {
    guard state.withLock({ $0.without.insert(context).inserted }) else { return }
    tell(
      "kubectl proxy does not run for context \(context) (\(why)): each list and each object is "
        + "read by a kubectl of its own, which takes longer.")
  }
}

extension KubectlProxies.State {
  /// `nil` where it is known that there is none.
  fileprivate mutating func proxy(
    for context: String, _ kubectl: Kubectl
  ) throws(KubectlError) -> Proxy? {
    if without.contains(context) { return nil }
    if let proxy = proxies[context], !proxy.hasEnded() { return proxy }
    let directory: SocketDirectory
    if let known = self.directory {
      directory = known
    } else {
      directory = try SocketDirectory(
        in: places ?? SocketDirectory.places(kubectl.fullEnvironment))
    }
    self.directory = directory
    let socket = directory.socket(started)
    started += 1
    let proxy = Proxy(try kubectl.proxying(context, through: socket), socket: socket)
    proxies[context] = proxy
    return proxy
  }
}
