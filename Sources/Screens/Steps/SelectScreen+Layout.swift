import TerminalText
import Wizard

// How the units are laid out, in words, and the keys that change it.

extension Proposal {
  /// What the App Space has of all this, where that is not everything.
  var appSpaceHolds: String { layout == .component ? " (worker and target)" : "" }

  /// Where the units go.
  var placeWords: String {
    layout == .component ? plural(Set(units.map(space)).count, "Space") : appSpace
  }
}

extension WizardState {
  var placeWords: String { session.proposal?.placeWords ?? "" }
}

extension Layout {
  var words: String {
    switch self {
    case .appSpace: "one App Space"
    case .component: "one Space per component and variant"
    }
  }
}

extension UnitContents {
  var words: String {
    switch self {
    case .app: "one per app"
    case .resource: "one per object"
    }
  }
}

/// Of the two ways to divide the units, the one that is not taken.
func takeOther(_ sight: Sight, _ state: WizardState, _ ui: inout ViewState) -> Intent {
  guard let proposal = state.session.proposal else { return .nothing }
  switch sight.row?.id {
  case .layout: return .event(.setLayout(proposal.layout == .component ? .appSpace : .component))
  case .unitContents:
    return .event(.setUnitContents(proposal.unitContents == .resource ? .app : .resource))
  default:
    ui.notice = "Move to Layout or Units first."
    return .nothing
  }
}
