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

/// The text that covers the screen, for another program to show.
func openPager(_ scope: Scope, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  let text: ViewState.LogText? =
    switch scope {
    case .log: ui.log
    case .preview: state.preview.map { .init(name: "\($0.slug).yaml", lines: $0.written) }
    case .installing: state.manifest.map { .init(name: "worker.yaml", lines: lines(of: $0)) }
    case .details: state.viewed?.text
    default: nil
    }
  guard let text else {
    ui.notice = "There is no text to show yet."
    return .nothing
  }
  return .openPager(text)
}

extension ViewedObject {
  fileprivate var text: ViewState.LogText? {
    guard case .read(let yaml) = content else { return nil }
    return .init(name: "\(reference.name).yaml", lines: lines(of: yaml))
  }
}

private func lines(of text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
