import Synchronization
import Wizard

/// What the readers of a scan have found so far; they run side by side.
final class Findings: Sendable {
  struct State {
    /// In pages.
    var workloads: [FoundWorkloads] = []
    /// By namespace, in pages.
    var belongings: [String: [PackedList<RelatedObject>]] = [:]
    /// The namespaces of everything that was read, wanted or not.
    var seen: Set<String> = []
    /// Those that could be listed by themselves.
    var answered: Set<String> = []
    var leftOut: [Omission] = []
    /// The objects of every namespace that were passed over, as in `ConfigMap kube-root-ca.crt`.
    var everywhere: Set<String> = []
    /// What accounts may be given in the whole cluster, by name.
    var clusterRoles: [String: RelatedObject] = [:]
    /// The kinds of which everything that was wanted was read.
    var whole: Set<String> = []
    /// By the resource's name.
    var outcomes: [String: ReadingOutcome] = [:]
    /// Ends the scan: every other request would be refused likewise.
    var refusal: (resource: String, KubectlError)?
    /// The cluster did not answer at all: no other request is made.
    var silence: KubectlError?
  }

  private let state: Mutex<State>

  init() { state = Mutex(State()) }

  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  func add(_ pages: [FoundBelongings]) {
    change { state in
      for page in pages {
        for (namespace, packed) in page.byNamespace {
          state.belongings[namespace, default: []].append(packed)
        }
      }
    }
  }

  /// What was found, which is let go of here.
  func take() -> State {
    state.withLock { state in
      defer { state = State() }
      return state
    }
  }

  /// The namespaces that could be listed by themselves.
  var answered: Set<String> { state.withLock { $0.answered } }

  /// Why nothing more is to be asked for, if so.
  var end: KubectlError? { state.withLock { $0.refusal?.1 ?? $0.silence } }
}

/// How the reading of a resource went.
enum ReadingOutcome: Sendable {
  /// At least somewhere.
  case read
  case notServed
  case failed(KubectlError)
}
