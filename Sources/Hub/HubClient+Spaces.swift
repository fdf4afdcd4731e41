import Subprocess

extension HubClient {
  /// False only if the server said that there is no space of exactly this name.
  public func spaceExists(
    _ slug: String, cancellation: Cancellation? = nil
  ) throws(HubFailure) -> Bool {
    let call = try Call(["space", "get"], "read space \(slug)", slugs: [slug])
    return try entity(.space, slug, call, cancellation)?.slug == slug
  }

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
