import Wizard

/// Which screen a key is pressed on.
public enum Scope: String, CaseIterable, Sendable {
  case starting, prompt
  case contexts, namespaces, scanning, review, select, members, preview
  case signingIn, confirming, creating
  case workers, connecting, installing, waiting, binding
  case verifying, complete
  case cluster, configHub
  /// The kept sessions, or all about one of them.
  case sessions
  /// All about one workload; all that was left out.
  case details, leftOut
  case log, help, editing, filtering, leaving
}

extension Scope {
  /// Those with a list of workloads that can be grouped and sorted.
  static let workloads: Set<Scope> = [.review, .cluster]

  /// Texts whose lines are not broken, since that would change how they read.
  static let texts: Set<Scope> = [.log, .preview, .installing]

  /// The scope of a state as it is shown.
  public init(_ state: WizardState, _ ui: ViewState) {
    self = ui.isHelpShown ? .help : Scope(helped: state, ui)
  }

  /// The scope that the help is about: what is shown when it is closed.
  init(helped state: WizardState, _ ui: ViewState) {
    if state.isAskedToLeave {
      self = .leaving
    } else if ui.log != nil {
      self = .log
    } else if let layer = ui.layer {
      self = layer == .leftOut ? .leftOut : .details
    } else if ui.editing != nil {
      self = .editing
    } else if ui.isFiltering {
      self = .filtering
    } else {
      self = Scope(of: state, ui)
    }
  }

  /// The screen under whatever covers it, with the unit that is open.
  init(of state: WizardState, _ ui: ViewState) {
    let scope = Scope(of: state, tab: ui.tab)
    guard scope == .select, let unit = ui.openUnit else {
      self = scope
      return
    }
    let isOpen = state.session.proposal?.units.contains { $0.id == unit } == true
    self = isOpen ? .members : scope
  }

  /// The screen under whatever covers it.
  init(of state: WizardState, tab: ViewState.Tab) {
    switch (state.stage, tab) {
    case (_, .sessions): self = .sessions
    case (.prompt, .importing): self = .prompt
    case (_, .cluster): self = .cluster
    case (_, .configHub): self = .configHub
    case (.starting, .importing), (.left, .importing): self = .starting
    case (.working, .importing): self = Scope(step: state)
    }
  }

  private init(step state: WizardState) {
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
