import Subprocess
import Wizard

/// A cluster as the user's own kubectl sees it: plugins, proxies and credentials are kubectl's.
///
/// Nothing here writes to a cluster, and nothing asks for a Secret. Every call blocks its thread,
/// and may be made on any number of them. What is read is asked for again where the cluster was
/// busy; all calls of a client together wait for a few minutes at most, so each task has its own.
public struct ClusterClient: Sendable {
  let kubectl: Kubectl

  /// - Parameters:
  ///   - kubectl: an absolute path.
  ///   - kubeconfig: the file to use; `nil` leaves the choice to kubectl.
  ///   - environment: kubectl's whole environment; `nil` inherits ours.
  ///   - timeout: seconds of silence after which a list is given up, and in which any other call of
  ///     kubectl has to be over; a scan makes many.
  ///   - observer: is told of every run of kubectl, on the thread that waited for it.
  ///   - proxies: what reads go through, which the clients of a run share.
  ///   - waiting: is told when a cluster that is busy is left alone for a while, on the thread that
  ///     waits; and, on any thread, what a program that signs in says meanwhile.
  public init(
    kubectl: String, kubeconfig: String?, environment: [String: String]?, timeout: Double = 30,
    observer: Command.Observer? = nil, proxies: KubectlProxies = KubectlProxies(),
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) {
    self.init(
      Kubectl(
        executable: kubectl, kubeconfig: kubeconfig, environment: environment, timeout: timeout,
        observer: observer, patience: Patience(tell: waiting), proxies: proxies,
        tellSaid: { waiting(ClusterWait(signInSays: $0)) }))
  }

  init(_ kubectl: Kubectl) { self.kubectl = kubectl }

  /// Every namespace's name, sorted.
  public func namespaces(
    context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> [String] {
    do {
      return try Lister(kubectl: kubectl, context: context, cancellation: cancellation)
        .namespaces().map(\.name)
    } catch {
      throw ClusterFailure("The namespaces of \(context) could not be read", error)
    }
  }

  /// Which cluster the context leads to now; without a UID if that cannot be read, see
  /// ``uid(context:cancellation:)`` for why.
  public func identity(
    context: String, cancellation: Cancellation? = nil
  ) -> ClusterIdentity {
    ClusterIdentity(
      context: context, server: server(of: context, cancellation: cancellation),
      uid: try? uid(context: context, cancellation: cancellation))
  }

  /// Has the next read find out anew where the context leads. Until then, and from then on, another
  /// cluster is refused.
  public func forget(_ context: String) { kubectl.proxies.forget(context) }

  /// The UID of namespace `kube-system`, which a cluster keeps for life.
  public func uid(
    context: String, cancellation: Cancellation? = nil
  ) throws(ClusterFailure) -> String {
    let namespace = ObjectReference(
      apiVersion: "v1", kind: "Namespace", namespace: nil, name: "kube-system")
    do throws(KubectlError) {
      let uid = try kubectl.metadata(
        of: namespace, .namespaces, context: context, cancellation: cancellation
      ).uidOfCluster()
      kubectl.proxies.keep(uid, of: context)
      return uid
    } catch {
      throw ClusterFailure("The identity of the cluster of \(context) could not be read", error)
    }
  }
}
