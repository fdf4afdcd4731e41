import Documents
import Wizard

extension Session {
  /// What must hold of every session file, written or read.
  ///
  /// - Parameter operations: false if these are known to be as they must.
  func validate(operations areLookedAt: Bool = true) throws(InvalidSession) {
    guard SessionID.isValid(id) else {
      throw InvalidSession(reason: "session_id is not like import-2026-01-09-143022: \(id)")
    }
    guard Self.isUUID(lineage) else {
      throw InvalidSession(reason: "lineage is not a UUID: \(lineage)")
    }
    guard generation >= 0 else {
      throw InvalidSession(reason: "generation is negative: \(generation)")
    }
    guard generation <= Self.largestCount else {
      throw InvalidSession(reason: "generation is too large: \(generation)")
    }
    guard stepsCompleted == Array(Step.seven.prefix(stepsCompleted.count)) else {
      let steps = stepsCompleted.map(\.rawValue).joined(separator: ", ")
      throw InvalidSession(reason: "steps_completed is not the beginning of the seven: \(steps)")
    }
    if areLookedAt { try validateOperations() }
    if let scan, scan.detected < scan.workloads.count {
      throw InvalidSession(
        reason: "workloads_detected is \(scan.detected), but \(scan.workloads.count) are listed")
    }
  }

  private func validateOperations() throws(InvalidSession) {
    var seen: Set<String> = []
    for operation in operations where !seen.insert(operation.id).inserted {
      throw InvalidSession(reason: "two operations have the id \(operation.id)")
    }
    for operation in operations where !operation.isAttemptInRange {
      throw InvalidSession(
        reason: "attempt of \(operation.id) is out of range: \(operation.attempt)")
    }
  }

  /// One more than what was read must still be a number.
  fileprivate static let largestCount = 1_000_000_000_000_000

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.joined().allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "A")...UInt8(ascii: "F"):
          true
        default: false
        }
      }
  }
}

extension Wizard.Operation {
  var isAttemptInRange: Bool { (0...Session.largestCount).contains(attempt) }
}
