import ForeignText

/// Why something about a cluster could not be done, as a sentence for a person.
public struct ClusterFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// kubectl did not start, or ended in a way that nothing below describes.
    case programFailed
    case unreachable
    /// The cluster wants credentials, or the kubeconfig's credential plugin gave none.
    case signInNeeded
    /// The kubeconfig has no such context.
    case contextUnknown
    /// The context does not lead to the cluster any more that was read before.
    case anotherCluster
    case forbidden
    /// The cluster has no such kind of object.
    case notServed
    /// There is no such object.
    case notFound
    case timedOut
    case cancelled
    /// The answer was cut off or made no sense, or the server had an error of its own.
    case unreadable
  }

  public var kind: Kind
  /// What failed, on what, why in kubectl's own words, what to do next. Control characters that
  /// kubectl wrote are in it: escape it before it is shown.
  public var message: String { "\(sentence)" }
  /// May quote kubectl, and names of others.
  private var sentence: ForeignText

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    sentence = ForeignText(message)
  }
}

extension ClusterFailure {
  /// - Parameter what: what failed on what, as in `The namespaces of dev could not be read`.
  init(_ what: String, _ refusal: KubectlError) {
    let kind = refusal.reason.kind
    let end = refusal.words.last.map { ".!?".contains($0) } == true ? "" : "."
    self.init(kind, ["\(what): \(refusal.words)\(end)", kind.advice].joined(separator: " "))
  }
}

extension ClusterFailure.Kind {
  fileprivate var advice: String {
    switch self {
    case .programFailed: "Check that kubectl works with this context, then try again."
    case .unreachable: "Check that the cluster runs and can be reached from here, then try again."
    case .signInNeeded: "Sign in to the cluster as you do for kubectl, then try again."
    case .contextUnknown: "Choose one of the kubeconfig's contexts."
    case .anotherCluster: "Point the context back, or begin a new session with --new."
    case .forbidden: "Ask for the right to read it, or choose namespaces that you may read."
    case .notServed: "Scan the cluster again: it may have been upgraded."
    case .notFound: "Scan the cluster again: it has changed."
    case .timedOut: "Try again; the cluster, or the way to it, may be slow."
    case .cancelled, .unreadable: "Try again."
    }
  }
}
