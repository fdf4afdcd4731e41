import Wizard

/// What is remembered from run to run, apart from the sessions.
package struct Preferences: Hashable, Sendable {
  /// Taken up once there is a scan to look at.
  package var tab: ViewState.Tab = .importing
  package var arrangement = Arrangement()
  package var pane = PaneContent.details
  /// Off at first: a terminal whose mouse is taken cannot be copied from as usual.
  package var usesMouse = false
  /// How the units were divided last; `nil` where nothing was chosen yet.
  package var layout: Layout?
  package var unitContents: UnitContents?
  /// Whom ConfigHub knew last, and where.
  package var connection: HubIdentity?
  /// Whether sessions are kept in ConfigHub, by the organisation.
  package var sync: [String: SyncAnswers.Answer] = [:]

  package init() {}
}

extension ViewState {
  package init(_ preferences: Preferences) {
    self.init()
    arrangement = preferences.arrangement
    pane = preferences.pane
    preferredTab = preferences.tab
    isMouseOn = preferences.usesMouse
    lastConnection = preferences.connection
  }

  /// As they are to be remembered.
  package func preferences(_ state: WizardState) -> Preferences {
    var preferences = Preferences()
    // Which sessions are kept is looked at when it is asked for.
    preferences.tab = preferredTab ?? (tab == .sessions ? .importing : tab)
    preferences.arrangement = arrangement
    preferences.pane = pane
    preferences.usesMouse = isMouseOn
    preferences.layout = state.answers.layout ?? state.answers.run.lastLayout
    preferences.unitContents =
      state.session.proposal?.unitContents ?? state.answers.run.lastUnitContents
    preferences.connection = state.session.hub ?? lastConnection
    preferences.sync = state.answers.run.sync.remembered
    return preferences
  }

  /// Goes to the tab of the run before as soon as there is something on it.
  package mutating func takePreferredTab(_ state: WizardState) {
    guard let wanted = preferredTab, case .working = state.stage else { return }
    preferredTab = nil
    if tab == .importing, state.session.scan != nil { tab = wanted }
  }
}
