import Wizard

// Keys that cover the screen with something else.

func showDetails(
  _ scope: Scope, _ sight: Sight, _ state: WizardState, _ ui: inout ViewState
) -> Intent {
  if scope == .details {
    ui.layer = nil
    return .nothing
  }
  guard case .workload(let key) = sight.row?.id else {
    ui.notice = "Move to a workload to see all about it."
    return .nothing
  }
  ui.layer = .details(key)
  ui.places[.details] = nil
  if case .working = state.stage, state.viewed?.reference != Details(key, state).reference {
    return readObject(state, &ui)
  }
  return .nothing
}

func readObject(_ state: WizardState, _ ui: inout ViewState) -> Intent {
  guard case .details(let key) = ui.layer, let reference = Details(key, state).reference else {
    ui.notice = "There is nothing to read: the object is gone."
    return .nothing
  }
  return .event(.readObject(reference))
}

func showLeftOut(_ state: WizardState, _ ui: inout ViewState) {
  if ui.layer == .leftOut {
    ui.layer = nil
  } else if state.shownSession.scan == nil {
    ui.notice = "Nothing was scanned yet."
  } else {
    ui.layer = .leftOut
    ui.places[.leftOut] = nil
  }
}
