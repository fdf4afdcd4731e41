import Wizard

/// Which screen is shown, whatever layers lie over it.
package enum ScreenID: String, CaseIterable, Sendable {
  case starting, prompt, arrivals
  case contexts, namespaces, scanning, review, select, members, leftOutUnits, preview
  case signingIn, confirming, creating
  case workers, connecting, installing, waiting, binding
  case verifying, complete, removal
  case cluster, configHub, teamSession, sessions
}

extension ScreenID {
  /// Its room: what it shows, its keys and its question.
  var room: any Screen.Type {
    switch self {
    case .starting: StartingScreen.self
    case .prompt: ResumePrompt.self
    case .arrivals: ArrivalsScreen.self
    case .contexts: ContextsScreen.self
    case .namespaces: NamespacesScreen.self
    case .scanning: ScanningScreen.self
    case .review: ReviewScreen.self
    case .select: SelectScreen.self
    case .members: MembersScreen.self
    case .leftOutUnits: LeftOutScreen.self
    case .preview: PreviewScreen.self
    case .signingIn: SignInScreen.self
    case .confirming: ConfirmScreen.self
    case .creating: CreatingScreen.self
    case .workers: WorkersScreen.self
    case .connecting: ConnectingScreen.self
    case .installing: InstallScreen.self
    case .waiting: WaitingForTargetsScreen.self
    case .binding: BindingScreen.self
    case .verifying, .complete: ReportScreen.self
    case .removal: RemovalScreen.self
    case .cluster: ClusterTab.self
    case .configHub: ConfigHubTab.self
    case .teamSession: TeamSessionScreen.self
    case .sessions: SessionsTab.self
    }
  }

  /// The screen of a state, on the tab and with the unit that a person has opened.
  init(of state: WizardState, _ ui: ViewState) {
    let screen = ScreenID(of: state, tab: ui.tab)
    if screen == .configHub, let slug = ui.openTeamSession, state.teamSession(slug) != nil {
      self = .teamSession
      return
    }
    guard screen == .select, let unit = ui.openUnit else {
      self = screen == .select && ui.isLeftOutShown ? .leftOutUnits : screen
      return
    }
    let isOpen = state.session.proposal?.units.contains { $0.id == unit } == true
    self = isOpen ? .members : screen
  }

  private init(of state: WizardState, tab: ViewState.Tab) {
    switch (state.stage, tab) {
    case (_, .sessions): self = .sessions
    case (.prompt, .importing) where state.isChoosingArrival,
      (.starting, .importing) where state.isChoosingArrival:
      self = .arrivals
    case (.prompt, .importing): self = .prompt
    case (_, .cluster): self = .cluster
    // A session of the team is being taken over, and nobody knows where its cluster is.
    case (.working, .configHub) where state.placing != nil,
      (.working, .importing) where state.placing != nil:
      self = .arrivals
    case (_, .configHub): self = .configHub
    case (.starting, .importing), (.left, .importing): self = .starting
    case (.working, .importing): self = ScreenID(step: state)
    }
  }

  private init(step state: WizardState) {
    if state.removal != nil {
      if case .signedOut = state.signIn { self = .signingIn } else { self = .removal }
      return
    }
    if state.step >= .connect, state.step != .complete, case .signedOut = state.signIn {
      self = .signingIn
      return
    }
    self =
      switch (state.step, state.phase) {
      case (.scan, .scanning): .scanning
      case (.scan, _): state.session.scope.context.isEmpty ? .contexts : .namespaces
      case (.review, _): .review
      case (.select, _): state.preview == nil ? .select : .preview
      case (.connect, .signingIn): .signingIn
      case (.connect, _) where state.preview != nil: .preview
      case (.connect, .creating): .creating
      case (.connect, _): .confirming
      case (.worker, .connecting): state.manifest == nil ? .connecting : .installing
      case (.worker, _): .workers
      case (.targets, .binding): .binding
      case (.targets, _): .waiting
      case (.verify, _): .verifying
      case (.complete, _): .complete
      }
  }
}
