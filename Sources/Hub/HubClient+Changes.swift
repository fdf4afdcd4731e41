import Documents
import ForeignText
import Subprocess

extension HubClient {
  /// Makes a change and judges how it ended; never tries again by itself.
  ///
  /// - Parameter creates: whether a conflict means that the name is taken.
  func change(
    _ entity: Entity, creates: Bool, _ cancellation: Cancellation?,
    _ makeCall: () throws(HubFailure) -> Call
  ) -> ChangeOutcome {
    do {
      let call = try makeCall()
      let completion = try send(call, cancellation)
      if let failure = failure(of: completion, call) {
        return outcome(of: failure, completion, creates: creates)
      }
      if let remote = remote(entity, completion) { return .done(remote) }
      let failure = unexpectedAnswer(completion, call)
      return failure.kind == .unsupported ? .refused(failure) : .unclear(failure.message)
    } catch {
      // Nothing was started: the name was bad, or there is no such program.
      return .refused(error)
    }
  }

  func outcome(
    of failure: HubFailure, _ completion: Completion, creates: Bool
  ) -> ChangeOutcome {
    guard case .exited = completion.ending else { return .unclear(failure.message) }
    let complaint = CubErrorClassifier(CubText.words(of: completion.errorText))
    switch complaint.kind {
    case .signInNeeded: return .signInNeeded(failure.message)
    case .conflict where creates:
      // Read as absent nevertheless, it is what cub shows nobody who may not see it.
      return .exists(
        failure.message
          + " If it is not to be seen, it may exist without your being allowed to see "
          + "it: ask its owner, or take another name.")
    default: return complaint.nothingWasDone ? .refused(failure) : .unclear(failure.message)
    }
  }

  /// What a change that succeeded printed: the entity in JSON, or one sentence.
  private func remote(_ entity: Entity, _ completion: Completion) -> RemoteEntity? {
    guard let value = try? JSONValue(parsing: completion.output) else {
      return RemoteEntity(announcement: completion.outputText)
    }
    guard let fields = entity.fields(in: value), let id = fields.id else { return nil }
    var remote = RemoteEntity(id: id, slug: fields.slug, version: fields.integer("Version"))
    if entity == .target { remote.pullers = fields.pullers }
    return remote
  }
}

extension RemoteEntity {
  /// `Successfully created unit api (UUID)`. The name in it is the one that was asked for, not
  /// the one that was stored.
  init?(announcement: ForeignText) {
    let lines = announcement.unredacted.utf8.split { $0 == 0x0A || $0 == 0x0D }
      .lazy.map { CubText.withoutEscapes(String(Substring($0))) }
    guard
      let line = lines.first(where: { line in
        ["created", "updated", "deleted"].contains { line.hasPrefix("Successfully \($0) ") }
      }), let opening = line.lastIndex(of: "("), let closing = line.lastIndex(of: ")"),
      line.index(after: opening) < closing
    else { return nil }
    self.init(id: "\(ForeignText(String(line[line.index(after: opening)..<closing])))")
  }
}
