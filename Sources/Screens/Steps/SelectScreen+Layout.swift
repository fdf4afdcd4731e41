import TerminalText
import Wizard

// How the units are laid out, in words.

extension Proposal {
  /// What the App Space has of all this, where that is not everything.
  var appSpaceHolds: String { layout == .component ? " (worker and target)" : "" }

  /// Where the units go.
  var placeWords: String {
    layout == .component ? plural(Set(units.map(space)).count, "Space") : appSpace
  }
}

extension Layout {
  var words: String {
    switch self {
    case .appSpace: "one App Space"
    case .component: "one Space per component and variant"
    }
  }
}

extension Replicas {
  var words: String {
    switch self {
    case .autoscaler: "left to their autoscalers"
    case .unit: "as they are now"
    }
  }
}

extension Unclaimed {
  var words: String {
    switch self {
    case .leftOut: "left out"
    case .units: "units of their namespaces"
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
