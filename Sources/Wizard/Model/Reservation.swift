/// Why a workload that may be imported is not chosen by itself.
public enum Reservation: String, CaseIterable, Sendable {
  case deleting
  case helmHook = "helm-hook"
  case argoHook = "argo-hook"
  case finished

  /// For a person, after the workload's name.
  public var words: String {
    switch self {
    case .deleting: "it is being deleted"
    case .helmHook: "Helm runs it as a hook of a release, and would run it again"
    case .argoHook: "Argo CD runs it as a hook of a sync, and would run it again"
    case .finished: "it has finished, and would run again"
    }
  }

  /// What it makes of a workload, for a count: `3 finished`.
  public var adjective: String {
    switch self {
    case .deleting: "being deleted"
    case .helmHook: "Helm's hooks"
    case .argoHook: "Argo CD's hooks"
    case .finished: "finished"
    }
  }
}

extension Workload {
  /// Whether it is chosen unless a person says otherwise.
  public var isChosenByItself: Bool {
    isChoosable && reservation == nil && key.kind?.runsApplications != false
  }

  /// Why it is not chosen by itself; `nil` where it is, or may not be chosen at all.
  public var whyNotByItself: String? {
    guard isChoosable else { return nil }
    return reservation?.words
      ?? (key.kind?.runsApplications == false ? "it is not of one application alone" : nil)
  }
}
