import Subprocess

extension HubClient {
  /// The names of the spaces that whoever is signed in may see.
  public func spaces(cancellation: Cancellation? = nil) throws(HubFailure) -> [String] {
    try list(.space, Call(["space", "list"], "list the spaces"), cancellation).map(\.slug)
  }

  /// Makes a space; one that is there already is left alone.
  public func createSpace(
    _ slug: String, labels: [String: String], cancellation: Cancellation? = nil
  ) -> ChangeOutcome {
    change(.space, creates: true, cancellation) { () throws(HubFailure) in
      try Call(["space", "create"], "create space \(slug)", slugs: [slug], labels: labels)
    }
  }
}
