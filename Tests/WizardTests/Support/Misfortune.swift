import Wizard

/// One thing that can go wrong around a change to ConfigHub.
enum Misfortune: String, CaseIterable, Sendable {
  /// The process dies before the intent is on the disk.
  case beforeIntent = "killed before the intent is saved"
  case afterIntent = "killed after the intent is saved"
  case requestLost = "request lost"
  case answerLost = "done, answer lost"
  /// Of a call that names many, the first half is done; one that names one is done.
  case halfDone = "half done, answer lost"
  case answerCut = "done, answer cut"
  case serverError = "done, then HTTP 500"
  /// Done, and no answer within the time limit.
  case hang = "done, then no answer"
  case beforeOutcome = "killed before the outcome is saved"
  case afterOutcome = "killed after the outcome is saved"

  /// True if what was asked for is there afterwards.
  var isDone: Bool {
    switch self {
    case .beforeIntent, .afterIntent, .requestLost: false
    case .answerLost, .halfDone, .answerCut, .serverError, .hang, .beforeOutcome, .afterOutcome:
      true
    }
  }

  /// What cub's runner makes of it; `nil` where the process is gone or the answer arrives.
  var unclear: String? {
    switch self {
    case .requestLost, .answerLost, .halfDone: "read tcp: connection reset by peer"
    case .answerCut: "cub's answer could not be understood"
    case .serverError: "HTTP 500 for req 1: internal error"
    case .hang: "cub did not answer within 30 s"
    case .beforeIntent, .afterIntent, .beforeOutcome, .afterOutcome: nil
    }
  }
}

/// A misfortune that is to happen, once: to one operation, or to the next one there is.
struct PlannedMisfortune: Sendable {
  var what: Misfortune
  /// The kind and key of the operation; `nil` for whichever comes next.
  var key: String?

  func concerns(_ operation: Operation) -> Bool {
    key.map { $0 == operation.name } ?? true
  }

  func concerns(_ work: Work) -> Bool {
    work.changes.contains { change in
      key.map { $0 == "\(change.kind.rawValue) \(change.key)" } ?? true
    }
  }
}

extension Operation {
  /// Its kind and key.
  var name: String { "\(kind.rawValue) \(key)" }
}
