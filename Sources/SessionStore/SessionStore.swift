import Files
import SessionFormat
import Wizard

/// Where sessions are kept. Calls block; they are safe from any thread.
package protocol SessionStore: Sendable {
  associatedtype Handle: SessionHandle

  /// Everything that is kept, of each session no more than its header. Changes nothing.
  func list() throws(StoreError) -> [SessionEntry]

  /// Finds the latest session, or that of an id. Changes nothing.
  ///
  /// - Parameter isWhole: false for whoever only looks: what may be large is not read then.
  func read(_ id: String?, isWhole: Bool) throws(StoreError) -> LoadResult

  /// Who may write the session right now; `nil` if nobody. Changes nothing.
  func holder(of id: String) throws(StoreError) -> SessionHolder?

  /// Begins a new session, under an id that no other has.
  func begin(at now: Timestamp) throws(StoreError) -> Handle

  /// Takes the right to write a session, without waiting for it. Throws if it is not known whether
  /// somebody has it.
  func acquire(_ id: String, at now: Timestamp) throws(StoreError) -> Acquisition<Handle>
}

extension SessionStore {
  package func read(_ id: String? = nil) throws(StoreError) -> LoadResult {
    try read(id, isWhole: true)
  }
}

package enum Acquisition<Handle: SessionHandle>: Sendable {
  case acquired(Handle)
  case heldBy(SessionHolder)
}

/// The right to write one session, held until `release()`, the value's end or the process's.
package protocol SessionHandle: AnyObject, Sendable {
  var id: String { get }
  /// Who we said we are.
  var holder: SessionHolder { get }

  /// Writes the session as its next generation. When this returns `saved`, the session survives a
  /// crash of the program and of the machine; before that, its last generation does.
  ///
  /// `updatedAt` is written as it is. The caller puts the generation into its state.
  ///
  /// - Parameter isLatest: it is to be the one that a resume without an id takes.
  func save(_ document: SessionDocument, isLatest: Bool) -> SaveResult

  /// Lets others have the session. Saves fail from now on.
  func release()
}

extension SessionHandle {
  package func save(_ document: SessionDocument) -> SaveResult { save(document, isLatest: true) }

  /// As `save`, for changes that are no wizard's: answers with the generation, or throws.
  func saveOrThrow(_ document: SessionDocument) throws -> Int {
    switch save(document) {
    case .saved(let generation, _): return generation
    case .failed(let failure): throw Refusal(failure.sentence)
    }
  }
}

package enum SaveResult: Hashable, Sendable {
  /// Durable. The warning is about what is only convenience: the pointer to the latest session,
  /// or the scanned workloads of a very large one.
  case saved(generation: Int, warning: String? = nil)
  case failed(SaveFailure)
}

/// Why a session was not saved. The state in memory is the better one now: keep it and save again.
package struct SaveFailure: Error, Hashable, Sendable {
  /// Which call failed on which file, why, and what to do.
  package let sentence: String
  /// The system call that failed, if one did.
  package let cause: CallError?
  /// Somebody else saved the session meanwhile; saving again will not help.
  package let isConflict: Bool
}
