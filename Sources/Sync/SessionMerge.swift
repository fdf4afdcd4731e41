import SessionFormat
import Wizard

/// What a session on this machine becomes once ConfigHub's state of it was read, as a document: what
/// is unknown to this program stays with the state that it came with.
package struct SessionMerge {
  /// To be saved as the next generation; `nil` where they are two sessions.
  package let document: SessionDocument?
  package let comparison: SessionComparison
  /// Nothing of it has to go up.
  package let isUp: Bool
  /// The local state goes to `conflicts/` before the other is saved in its place.
  package let keepsLocalAside: Bool

  /// - Parameters:
  ///   - here: what a person has confirmed on this machine.
  ///   - home: the path of the home directory.
  package init(
    _ local: SessionDocument, with arrived: ArrivedSession, _ head: SessionHead,
    in space: String, here: ArrivedSession.Here, home: String, at now: Timestamp
  ) throws(InvalidSession) {
    let taken = try arrived.taken(here: here)
    let merged = try Reconciliation(
      local: local.session,
      with: .init(head: head, mark: arrived.mark, session: taken.session, space: space), at: now
    ) { session throws(InvalidSession) in
      var document = session == local.session ? local : taken
      document.session = session
      return try OutgoingSession(document, home: home).digest
    }
    comparison = merged.comparison
    isUp = merged.isUp
    keepsLocalAside = merged.keepsLocalAside
    document = merged.session.map { session in
      var document = [.takeOver, .bothWentOn].contains(merged.comparison) ? taken : local
      document.session = session
      return document
    }
  }
}
