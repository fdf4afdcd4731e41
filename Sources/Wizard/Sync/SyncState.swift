/// What is known of a session in ConfigHub: kept in the session itself, for the runs to come.
///
/// Which of two states went on is told by `revision`, `dataHash` and `digest`, and never by a clock.
public struct SyncState: Hashable, Sendable {
  /// For whom it is there. Whoever may view everything in the organisation sees it all the same.
  public enum Scope: String, CaseIterable, Sendable { case personal, team, organization }

  /// Where it is: slugs.
  public var space: String
  public var unit: String
  /// ConfigHub's revision that this copy went together with last, and the DataHash that it had.
  public var revision: Int?
  public var dataHash: String?
  /// Of what this copy said then, SHA-256 in lower-case hex; what belongs to one machine, and the
  /// number of saves, do not count.
  public var digest: String?
  /// The save that it was, or a later one that says the same.
  public var generation: Int?
  public var at: Timestamp?
  public var scope: Scope
  /// In which this copy drives the session; `nil` if it does not, as far as it knows.
  public var epoch: Int?
  /// Tells this copy of the session from those on other machines: 8 hexadecimal digits at random.
  public var copy: String?
  /// Why the latest state is not up, as a sentence.
  public var error: String?

  public init(
    space: String, unit: String, revision: Int? = nil, dataHash: String? = nil,
    digest: String? = nil, generation: Int? = nil, at: Timestamp? = nil, scope: Scope = .personal,
    epoch: Int? = nil, copy: String? = nil, error: String? = nil
  ) {
    self.space = space
    self.unit = unit
    self.revision = revision
    self.dataHash = dataHash
    self.digest = digest
    self.generation = generation
    self.at = at
    self.scope = scope
    self.epoch = epoch
    self.copy = copy
    self.error = error
  }

  /// What ConfigHub has is what this copy has seen last.
  public func hasSeen(_ head: SessionHead) -> Bool {
    revision == head.revision && dataHash == head.dataHash
  }

  /// This copy and what ConfigHub has go together.
  public mutating func note(
    _ head: SessionHead, digest: String, generation: Int, at now: Timestamp
  ) {
    revision = head.revision
    dataHash = head.dataHash
    self.digest = digest
    self.generation = generation
    at = now
    error = nil
    // The answer to what this copy did to hold it may have been lost.
    if let copy, head.hold.holder?.copy == copy { epoch = head.hold.epoch }
  }
}

extension Session {
  /// Nothing but what is known of ConfigHub is new.
  public func isOnlyNoted(since before: Session) -> Bool {
    var noted = before
    (noted.sync, noted.generation, noted.updatedAt) = (sync, generation, updatedAt)
    return noted == self
  }

  /// A save that only notes what is known of ConfigHub says nothing that is not there: what was up
  /// with the save before stays up with this one.
  ///
  /// - Parameter before: as it was saved last.
  public mutating func keepUp(since before: Session) {
    let known = [sync, before.sync].compactMap { $0 }.filter { $0.revision == sync?.revision }
    guard let up = known.compactMap(\.generation).max(), up >= before.generation,
      isOnlyNoted(since: before)
    else { return }
    sync?.generation = before.generation + 1
  }
}

/// The unit of a session as ConfigHub has it now, without its content.
public struct SessionHead: Hashable, Sendable {
  /// HeadRevisionNum: a change of metadata alone makes none.
  public var revision: Int
  public var dataHash: String?
  /// What a conditional write names: ConfigHub answers 409 if it has another one by then.
  public var version: Int
  public var hold: Hold

  public init(revision: Int, dataHash: String?, version: Int, hold: Hold) {
    self.revision = revision
    self.dataHash = dataHash
    self.version = version
    self.hold = hold
  }
}
