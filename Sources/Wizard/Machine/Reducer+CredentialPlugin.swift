/// A kubeconfig may have kubectl start a program to sign in. Nothing reaches the cluster before a
/// person has seen which: when it is first used in a session, and again when it is another one.
extension Reducer {
  /// Begins the work once it is known that what kubectl starts for it was shown.
  mutating func hold(_ work: Work) {
    if !state.held.contains(work) { state.held.append(work) }
    if state.contexts == nil { readContexts() } else { showPlugin() }
  }

  /// The kubeconfig has been read.
  mutating func releaseHeld() {
    guard state.contexts != nil, !state.held.isEmpty else { return }
    guard state.isPluginSeen else { return showPlugin() }
    beginHeld()
  }

  /// A person who was shown the program lets it run.
  mutating func allowPlugin() {
    state.session.credentialPlugin = state.plugin
    save()
    releaseHeld()
  }

  private mutating func showPlugin() {
    // Whoever runs it without a terminal has said so on the command line.
    if state.answers.run.isUnattended { return allowPlugin() }
    // It is asked about where the scope is chosen, and what is held goes with the scan.
    if state.phase == .scanning {
      move(to: .scan, .choosing)
      save()
    }
    let context = state.session.cluster.context
    fail(
      Failure(
        .unseenPlugin,
        "To sign in to the cluster, context \(context) runs a program: \(state.plugin ?? "").",
        ways: [Way(.retry, "lets it run"), Way(.leave, "leaves")]))
  }
}

extension WizardState {
  /// The program that kubectl starts to sign in to the session's cluster, as far as is known.
  var plugin: String? {
    contexts?.first { $0.name == session.cluster.context }?.credentialPlugin
  }

  var isPluginSeen: Bool {
    contexts != nil && (plugin == nil || plugin == session.credentialPlugin)
  }
}
