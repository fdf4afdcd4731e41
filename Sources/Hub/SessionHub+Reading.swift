import Documents
import ForeignText
import Subprocess
import Wizard

extension SessionHub {
  /// Which sessions a list is of.
  public enum Scope: Hashable, Sendable {
    /// Those of the Space.
    case space
    /// Those of the whole organization, in whichever Space, as far as they may be seen.
    case organization
  }

  /// The newest list has so many, those that changed last.
  public static let longestList = 1000

  /// The sessions that whoever is signed in may see, without their content.
  ///
  /// - Parameters:
  ///   - labels: only those with all of these, such as `User`.
  ///   - hidden: also those that lists leave out.
  public func list(
    _ scope: Scope = .space, labels: [String: String] = [:], hidden: Bool = false
  ) throws(HubFailure) -> [RemoteSession] {
    try checkCub()
    let labels = labels.merging([UnitType.label: UnitType.session.rawValue]) { own, _ in own }
    let purpose = "list the sessions"
    var call =
      switch scope {
      case .space: try self.call(["unit", "list"], purpose, bytes: 32 << 20)
      case .organization: limited(try Call(["unit", "list"], purpose), bytes: 32 << 20)
      }
    if scope == .organization { call.add("--space=*") }
    for (key, value) in labels {
      guard LabelText.problem(key: key, value: value) == nil else {
        throw HubFailure(.refused, purpose: purpose, why: "no label is \(key)=\(value)")
      }
    }
    let terms = labels.sorted { $0.key < $1.key }.map { "Labels.\($0.key) = '\($0.value)'" }
    call.add("--where=\(terms.joined(separator: " AND "))")
    if hidden { call.add("--include-hidden=*") }
    call.optionalFlags = ["--limit=\(Self.longestList)", "--order-by=DESC:UpdatedAt"]
    let completion = try hub.send(call, cancellation)
    if let failure = hub.failure(of: completion, call) {
      if isNoSpace(failure) { return [] }
      throw failure
    }
    let all = try hub.list(.unit, in: completion, call)
    let sessions = all.compactMap(RemoteSession.init)
    guard sessions.count == all.count else { throw hub.unexpectedAnswer(completion, call) }
    return sessions.filter { session in
      labels.allSatisfy { session.labels[$0.key] == $0.value }
    }
  }

  /// A session, without its content; `nil` only if cub said that there is none of this name.
  public func look(at slug: String) throws(HubFailure) -> RemoteSession? {
    try checkCub()
    return try head(of: slug)
  }

  func head(of slug: String) throws(HubFailure) -> RemoteSession? {
    let call = try call(["unit", "get"], "read session \(slug)", slugs: [slug])
    let fields: Entity.Fields?
    do {
      fields = try hub.entity(.unit, slug, call, cancellation)
    } catch {
      if isNoSpace(error) { return nil }
      throw error
    }
    guard let fields else { return nil }
    guard let session = RemoteSession(fields) else {
      throw HubFailure(
        .unreadable, purpose: call.purpose, why: "cub's answer could not be understood")
    }
    return session
  }

  /// Whether cub says that the Space is not there, or not to be seen: then nothing is kept in it.
  func isNoSpace(_ failure: HubFailure) -> Bool {
    failure.kind == .notFound
      && CubErrorClassifier.saysAbsent(ForeignText(failure.reason), .space, space)
  }

  /// A session with its content, which is what its digest says; `nil` only if cub said that there is none
  /// of this name.
  ///
  /// - Parameter bytes: the most that is read.
  public func read(_ slug: String, atMost bytes: Int = 64 << 20) throws(HubFailure)
    -> RemoteSession?
  {
    try checkCub()
    var failure: HubFailure?
    for _ in 0..<Self.attempts {
      guard var session = try head(of: slug) else { return nil }
      if session.isUnfinished {
        session.data = []
        return session
      }
      let call = try call(
        ["unit", "data"], "read the content of session \(slug)", slugs: [slug], bytes: bytes)
      do {
        session.data = try content(call, digest: session.digest)
        return session
      } catch {
        guard error.kind == .unreadable else { throw error }
        failure = error
      }
      // It is as it was looked at, so that looking again would help nothing.
      guard try head(of: slug)?.digest != session.digest else { break }
    }
    throw failure ?? HubFailure(.unreadable, "Session \(slug) could not be read.")
  }

  // MARK: The trail

  /// What was kept of a session so far, the newest first: who wrote it, when, and what they said of it.
  /// The first revision of each is empty.
  public func history(of slug: String, atMost count: Int = 500) throws(HubFailure)
    -> [UnitRevision]
  {
    try checkCub()
    var call = try call(
      ["revision", "list"], "list the revisions of session \(slug)", slugs: [slug],
      bytes: 32 << 20)
    call.optionalFlags = ["--limit=\(count)"]
    return Array(try hub.revisions(call, cancellation).prefix(count))
  }

  /// The content of a revision as the history has it.
  public func data(of slug: String, _ revision: UnitRevision, atMost bytes: Int = 64 << 20)
    throws(HubFailure) -> [UInt8]
  {
    try checkCub()
    let purpose = "read revision \(revision.number) of session \(slug)"
    guard let digest = revision.digest, digest.count == 64 else {
      throw HubFailure(.unreadable, purpose: purpose, why: "ConfigHub does not say what it holds")
    }
    // cub has no words but an error for what is empty.
    if digest == RemoteUnit.digestOfNothing { return [] }
    var call = try call(["revision", "data"], purpose, slugs: [slug], bytes: bytes)
    call.operands.append(String(revision.number))
    return try content(call, digest: digest)
  }

  /// Content that is what its digest says.
  func content(_ call: Call, digest: String) throws(HubFailure) -> [UInt8] {
    guard let content = try hub.content(call, digest: digest, cancellation) else {
      throw HubFailure(
        .unsupported, purpose: call.purpose,
        why: "this cub has no command `\(call.path.joined(separator: " "))`")
    }
    return content
  }

  /// How often something is done anew that others came between.
  static let attempts = 4
}
