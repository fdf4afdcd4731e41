/// Why something kept by this program could not be read or written.
package protocol Problem: Error {
  /// What follows what could not be done, and a colon: a sentence, or several.
  var explanation: String { get }
  /// Who has the session open, as the subject of a sentence, if that is why.
  var holder: String? { get }
}

extension Problem {
  package var holder: String? { nil }
}

/// A sentence about what could not be done with what is kept, and what to do about it.
package struct StoreError: Error, Hashable, Sendable {
  package let sentence: String
  /// The system call that failed, if one did.
  package private(set) var cause: CallError?
  /// Who has the session open, as the subject of a sentence, if that is why.
  package private(set) var heldBy: String?

  package init(_ failed: String, _ error: any Error) {
    switch error {
    case let error as StoreError:
      self = error
    case let problem as any Problem:
      sentence = "\(failed): \(problem.explanation)"
      cause = problem as? CallError
      heldBy = problem.holder
    default:
      sentence = "\(failed): \(error)."
    }
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String { sentence }
}

/// Runs the body; what it throws becomes a sentence that begins with `failed`.
package func explained<Answer>(
  _ failed: String, _ body: () throws -> Answer
) throws(StoreError) -> Answer {
  do {
    return try body()
  } catch {
    throw StoreError(failed, error)
  }
}
