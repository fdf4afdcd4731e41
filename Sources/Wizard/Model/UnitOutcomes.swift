/// How the units of the proposal ended.
public struct OutcomeCounts: Hashable, Sendable {
  public var imported = 0
  public var skipped = 0
  /// Refused, of an unknown outcome, or never begun.
  public var failed = 0
  /// Of those, how many were never begun.
  public var notBegun = 0

  public var isNothingBegun: Bool {
    notBegun > 0 && imported + skipped == 0 && failed == notBegun
  }

  /// `11 units imported, 1 skipped, 2 failed`; where none was begun, `nothing was written`.
  public var words: String {
    if isNothingBegun {
      return "\(notBegun) unit\(notBegun == 1 ? "" : "s") not begun, nothing was written"
    }
    return ["\(imported) unit\(imported == 1 ? "" : "s") imported"].appending(skipped, "skipped")
      .appending(failed, "failed").joined(separator: ", ")
  }
}

extension [String] {
  fileprivate func appending(_ count: Int, _ word: String) -> [String] {
    count > 0 ? self + ["\(count) \(word)"] : self
  }
}

extension WizardState {
  public var outcomeCounts: OutcomeCounts {
    var counts = OutcomeCounts(imported: session.createdCount)
    let units = session.proposal?.units ?? []
    // At each drawing: none is looked at where all are there.
    if units.count == counts.imported { return counts }
    for unit in units {
      switch operation(for: unit)?.state {
      case .done: break
      case .skipped: counts.skipped += 1
      case .failed, .intent: counts.failed += 1
      case nil:
        counts.failed += 1
        if failure(of: unit) == nil { counts.notBegun += 1 }
      }
    }
    return counts
  }

  /// How one of them ended: `created`, `updated`, `unchanged`, `skipped` or `failed`, and why where
  /// that is known.
  public func outcome(of unit: UnitPlan) -> (word: String, reason: String?) {
    let operation = operation(for: unit)
    return switch operation?.state {
    case .done: (operation?.result?.rawValue ?? "unchanged", nil)
    case .skipped: ("skipped", operation?.reason)
    case .failed: ("failed", operation?.reason)
    case .intent: ("failed", failure(of: unit) ?? "the outcome is unknown; --resume reads it")
    case nil: ("failed", failure(of: unit) ?? "not begun")
    }
  }
}
