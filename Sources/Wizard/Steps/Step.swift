/// One of the seven steps, or `complete`. The raw value is the step's identity in the session
/// file, the log and the help; positions are for display only.
public enum Step: String, CaseIterable, Sendable, Comparable {
  case scan, review, select, connect, worker, targets, verify, complete

  /// The seven steps, without `complete`.
  public static let seven: [Step] = allCases.filter { $0 != .complete }

  /// 1…7, for display; `complete` counts as 7.
  public var number: Int { min((Step.allCases.firstIndex(of: self) ?? 0) + 1, Step.seven.count) }

  public var next: Step? { Step.allCases.first { $0 > self } }
  public var previous: Step? { Step.allCases.last { $0 < self } }

  private var order: Int { Step.allCases.firstIndex(of: self) ?? 0 }
  public static func < (a: Step, b: Step) -> Bool { a.order < b.order }
}

/// A part of a step that is worth remembering across a restart.
public enum Phase: String, CaseIterable, Sendable {
  case choosing, scanning
  case signingIn = "signing_in"
  case confirming, creating
  case connecting
  case waiting, binding
}

/// Where the wizard is: a step and, in some steps, a phase.
public struct Position: Hashable, Sendable {
  public var step: Step
  public var phase: Phase?

  /// A phase that the step does not have is dropped.
  public init(_ step: Step, _ phase: Phase? = nil) {
    self.step = step
    self.phase = phase.flatMap { Position.phases(of: step).contains($0) ? $0 : nil }
  }

  /// The session file's spelling, as in `worker_connecting`; an unknown phase counts as its step.
  /// `nil` if the step itself is unknown.
  public init?(text: String) {
    guard
      let step = Step.allCases.first(where: {
        text == $0.rawValue || text.hasPrefix($0.rawValue + "_")
      })
    else { return nil }
    self.init(step, Phase(rawValue: String(text.dropFirst(step.rawValue.count + 1))))
  }

  public var text: String { phase.map { "\(step.rawValue)_\($0.rawValue)" } ?? step.rawValue }

  /// The phases of a step, in order; empty for a step without.
  public static func phases(of step: Step) -> [Phase] {
    switch step {
    case .scan: [.choosing, .scanning]
    case .connect: [.signingIn, .confirming, .creating]
    case .worker: [.choosing, .connecting]
    case .targets: [.waiting, .binding]
    case .review, .select, .verify, .complete: []
    }
  }

  /// What a person reads, as in `Worker connecting` or `Review workloads`.
  public var title: String {
    switch (step, phase) {
    case (.scan, .scanning): "Scanning cluster"
    case (.scan, _): "Scan cluster"
    case (.review, _): "Review workloads"
    case (.select, _): "Select structure"
    case (.connect, .signingIn): "Connect signing in"
    case (.connect, .confirming): "Confirm creation"
    case (.connect, .creating): "Connect creating units"
    case (.connect, _): "Connect to ConfigHub"
    case (.worker, .connecting): "Worker connecting"
    case (.worker, _): "Start worker"
    case (.targets, .binding): "Targets binding"
    case (.targets, _): "Wait for targets"
    case (.verify, _): "Verify import"
    case (.complete, _): "Complete"
    }
  }
}
