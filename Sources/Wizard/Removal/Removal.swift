/// An import that is taken back: units that the session created and nobody changed since are removed.
/// What else it made stays, and is named.
public struct Removal: Hashable, Sendable {
  public enum Phase: Hashable, Sendable {
    /// Who is signed in, and what is there?
    case looking
    /// Somebody is asked.
    case asking
    case removing
    /// Everything that may be removed is, or somebody stopped it.
    case over
  }

  /// What becomes of a unit that the session created.
  public enum Fate: Hashable, Sendable {
    case removable
    /// It is left alone; why, as the rest of a sentence.
    case stays(String)
    /// Somebody else has removed it.
    case gone
    case removed
    /// It was not removed, or nobody can tell; why, as a sentence.
    case failed(String)
  }

  public struct Finding: Hashable, Sendable {
    /// As it was when somebody looked: the creation of the unit.
    public var operation: Operation
    public var fate: Fate

    public var space: String { operation.space }
    public var slug: String { operation.slug }

    /// Why it is not removed; `nil` if it is, or is to be.
    public var reason: String? {
      switch fate {
      case .removable, .removed: nil
      case .gone: "it is gone already"
      case .stays(let reason), .failed(let reason): reason
      }
    }

    /// What is told of it.
    public var sentence: String {
      switch fate {
      case .removable: "\(slug) would be removed from \(space)"
      case .removed: "\(slug) is removed from \(space)."
      case .gone: "\(slug) is gone already"
      case .stays(let reason): "\(slug) stays: \(reason)"
      case .failed(let reason): "\(slug): \(reason)"
      }
    }

    public var isFailed: Bool { if case .failed = fate { true } else { false } }
  }

  public internal(set) var phase: Phase
  /// In the order in which the units were created.
  public internal(set) var findings: [Finding] = []
  /// Somebody asks for it in this run; else only what an earlier run had begun is settled.
  var isAskedFor: Bool
  /// Somebody said yes to it in this run.
  public internal(set) var isConfirmed = false
  /// Somebody wants no more to be removed.
  var isStopping = false
  /// What each Space holds of the units, since the last look.
  var listings: [String: [String: ListedUnit]] = [:]
  /// What is being removed.
  var group: Group?

  /// Units of one Space that one call removes.
  struct Group: Hashable, Sendable {
    var space: String
    var keys: Set<OperationKey>
    /// How that call ended, if not well; `nil` until it has.
    var ending: String?
    /// ConfigHub would not have it, so that at most some of them were removed.
    var isRefused = false
  }

  init(_ phase: Phase, isAskedFor: Bool) {
    self.phase = phase
    self.isAskedFor = isAskedFor
  }

  public func count(_ fate: Fate) -> Int { findings.count { $0.fate == fate } }
}

extension Session {
  /// Units of it were removed again.
  public var isUndone: Bool {
    operations.rows.contains { row in row.indices.contains { row[$0].isRemoval } }
  }

  /// What it made beside units, which stays when they are removed.
  public var besidesUnits: [String] {
    operations.filter { $0.state == .done && $0.result == .created }.compactMap { operation in
      switch operation.kind {
      case .createSpace:
        operation.key.text == proposal?.appSpace
          ? "App Space \(operation.key)" : "Space \(operation.key)"
      case .createWorker: "Worker \(operation.key)"
      case .installWorker: "Worker \(operation.key) in cluster \(operation.detail ?? "")"
      case .createTarget: "Target \(operation.key)"
      case .publishRelease: "The published release of \(operation.space)"
      case .createUnit, .setTarget, .setReleaseTarget, .deleteUnit: nil
      }
    }
  }

  /// The units that it created, or began to, be they left alone afterwards.
  var creations: [Operation] {
    operations.filter { $0.kind == .createUnit && ($0.state != .skipped || $0.digest != nil) }
  }
}

extension WizardState {
  /// What answers what every step is asked: the step, or the removal in its place.
  var rules: any StepRules.Type { removal == nil ? step.rules : RemovalRules.self }

  /// An earlier run began to remove a unit, and ended before it knew the outcome.
  var hasOpenRemovals: Bool {
    session.operations.contains { $0.kind == .deleteUnit && $0.state == .intent }
  }
}
