import Files
import SessionFormat
import Wizard

extension FileStore {
  /// Gives an active session a usable name, or takes it away if that is empty. When it was changed
  /// last stays as it was: nobody has worked in it. Throws if somebody has it open.
  package func rename(
    _ id: String, to name: String, at now: Timestamp
  ) throws(StoreError) {
    try explained("The session \(id) could not be named") {
      try holding(id, at: now) { lock in
        let sessions = try sessions()
        switch SessionSearch.read(SessionName.file(id), of: id, in: sessions) {
        case .absent:
          let isArchived = try !SessionArchive.days(of: id, in: sessions).isEmpty
          throw Refusal(
            isArchived
              ? "it is archived; `map-import sessions restore \(id)` makes it active."
              : "it is not there.")
        case .bad(let invalid):
          throw Refusal(
            invalid.isNewer
              ? "a later version of this program wrote it."
              : "it cannot be read. \(Self.wayBack(id))")
        case .unreadable(let error): throw error
        case .usable(_, .newer(let version)):
          throw Refusal("a later version (\(version)) of this program wrote it.")
        case .usable(_, .editedByHand):
          throw Refusal("it was edited by hand; resuming it asks what is to become of that.")
        case .usable(let light, .sound):
          var (document, lost) = try SessionSearch.complete(light, in: sessions)
          // Saved without them, they would be gone for good.
          guard lost.isEmpty else { throw Refusal(lost.joined(separator: " ")) }
          let generation = document.session.generation
          let (last, problem) = try lastGeneration(of: document.session, in: sessions)
          if let problem { throw Refusal(problem) }
          // Saved, it would be the latest one, and what was done after it would be forgotten.
          guard last <= generation else {
            throw Refusal(
              "its file \(Self.sentence(ofEarlier: generation, last: last)). Resuming it takes over "
                + "what is known of it.")
          }
          document.session.take(name: name)
          switch lock.save(document, isLatest: false) {
          case .saved: return
          case .failed(let failure): throw Refusal(failure.sentence)
          }
        }
      }
    }
  }

  /// What a person is told of it.
  package static func renamed(_ id: String, _ name: String) -> String {
    name.isEmpty ? "Session \(id) has no name now." : "Session \(id) is called \(name)."
  }
}
