import TerminalText
import Wizard

// How the units are laid out, in words.

extension SelectScreen {
  static var unitColumns: [Column] {
    var unit = Column("UNIT")
    var workload = Column("WORKLOAD")
    var from = Column("FROM")
    (workload.rank, from.rank) = (1, 2)
    (unit.least, workload.least, from.least) = (leastUnit, leastWorkload, leastWorkload)
    return [unit, workload, Column("HOLDS", isWhole: true), from, Column("OWNER")]
  }

  /// The names of a Space and a unit, as they usually are.
  private static let leastUnit = 32
  private static let leastWorkload = 12
}

extension UnitPlan {
  /// `Deployment order-api, 1 more`
  var workloadWords: String {
    let workloads = workloads
    guard let first = workloads.first, let kind = first.kind?.rawValue else { return "" }
    let others = workloads.count > 1 ? ", \(workloads.count - 1) more" : ""
    return "\(kind) \(first.name)\(others)"
  }

  /// A line for each object that it holds.
  var memberLines: [Line] { members.map { Line("\($0.kind) \($0.name)") } }
}

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
