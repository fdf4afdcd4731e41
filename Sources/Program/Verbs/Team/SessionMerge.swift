import SessionFormat
import SessionStore
import Sync
import Wizard

/// What a session on this machine becomes once ConfigHub's state of it was read, as a document.
struct SessionMerge {
  /// To be saved as the next generation; `nil` where they are two sessions.
  let document: SessionDocument?
  let comparison: SessionComparison
  /// Nothing of it has to go up.
  let isUp: Bool
  /// The local state goes to `conflicts/` before the other is saved in its place.
  let keepsLocalAside: Bool

  /// - Parameter here: what a person has confirmed on this machine.
  init(
    _ local: SessionDocument, with arrived: ArrivedSession, _ head: SessionHead,
    in space: String, here: ArrivedSession.Here, _ verbs: SessionVerbs
  ) throws {
    let taken: SessionDocument
    do throws(InvalidSession) {
      taken = try arrived.taken(here: here)
    } catch {
      throw SessionVerbs.Refusal(
        1, "Session \(local.session.id) is not taken over from ConfigHub: \(error.reason).")
    }
    let merged = try Reconciliation(
      local: local.session,
      with: .init(head: head, mark: arrived.mark, session: taken.session, space: space),
      at: verbs.now
    ) { session in
      // What is unknown to this program stays with the state that it came with.
      var document = session == local.session ? local : taken
      document.session = session
      return try OutgoingSession(document, home: verbs.store.root.home).digest
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
