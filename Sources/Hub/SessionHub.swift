import Documents
import ForeignText
import Subprocess
import Wizard

/// The Space that keeps sessions as units, through a cub of 0.7 or later: an older one has no way to
/// change a unit on condition. Every call blocks; any number may run at once. Content goes to cub by its
/// stdin alone.
public struct SessionHub: Sendable {
  let hub: HubClient
  public let space: String
  let timeLimit: TimeLimit?
  let cancellation: Cancellation?

  /// The labels that tell what a unit of the Space is.
  public enum UnitType: String, Sendable {
    public static let label = "Type"
    case session = "import-session"
    case log = "import-session-log"
  }

  /// Seconds from now for all calls together; each has the client's own limit besides.
  public func within(seconds: Double) -> SessionHub {
    SessionHub(
      hub: hub, space: space, timeLimit: TimeLimit(seconds: seconds), cancellation: cancellation)
  }

  // MARK: Who, and where

  /// Who is signed in, as the server says.
  public func me() throws(HubFailure) -> HubUser {
    try checkCub()
    return try askWhoIsSignedIn()
  }

  /// The groups that whoever is signed in belongs to: those a session can be shared with.
  public func groups() throws(HubFailure) -> [HubGroup] {
    try checkCub()
    let call = try limited(Call(["group", "list"], "list your groups"), bytes: 4 << 20)
    return try hub.list(.group, call, cancellation).compactMap { fields in
      fields.id.map { HubGroup(id: $0, slug: fields.slug, displayName: fields.text("DisplayName")) }
    }
  }

  /// Makes the Space, without a target: nothing in it is ever delivered. One that is there already is
  /// left as it is, and refused if it releases to a target, which its units would go to.
  public func makeSpace(labels: [String: String] = [:]) -> ChangeOutcome {
    do throws(HubFailure) {
      try checkCub()
      var call = try Call(
        ["space", "create"], "create space \(space)", slugs: [space], labels: labels)
      call.add("--allow-exists")
      call = limited(call)
      let completion = try hub.send(call, cancellation)
      if let failure = hub.failure(of: completion, call) {
        return hub.outcome(of: failure, completion, creates: true)
      }
      let fields = (try? JSONValue(parsing: completion.output)).flatMap(Entity.space.fields)
      guard let fields, let id = fields.id else {
        return .unclear(hub.unexpectedAnswer(completion, call).message)
      }
      guard fields.id("ReleaseTargetID") == nil else {
        throw HubFailure(
          .refused,
          "Space \(space) releases to a target, so that sessions kept in it would be delivered. "
            + "Take another Space for them.")
      }
      return .done(RemoteEntity(id: id, slug: fields.slug, version: fields.integer("Version")))
    } catch {
      return error.kind == .signInNeeded ? .signInNeeded(error.message) : .refused(error)
    }
  }

  // MARK: Calls

  /// A call about units of the Space.
  func call(
    _ path: [String], _ purpose: String, slugs: [String] = [], labels: [String: String] = [:],
    bytes: Int = 4 << 20
  ) throws(HubFailure) -> Call {
    limited(
      try Call(path, "\(purpose) in space \(space)", space: space, slugs: slugs, labels: labels),
      bytes: bytes)
  }

  /// A request as the server takes it, with the body by stdin.
  func request(
    _ method: String, _ path: String, _ purpose: String, body: [UInt8] = []
  ) throws(HubFailure) -> Call {
    var call = try Call(["api", method], purpose)
    call.wantsJSON = false
    call.operands = [path]
    if !body.isEmpty {
      call.add("--data=-")
      call.input = body
    }
    return limited(call)
  }

  func limited(_ call: Call, bytes: Int = 4 << 20) -> Call {
    var call = call
    call.timeLimit = timeLimit
    call.outputLimit = bytes
    return call
  }

  // MARK: Which cub

  /// Throws a sentence if this cub is too old, or if nothing is to be begun any more. A cub that does not say its version is asked for something
  /// that no older one has.
  func checkCub() throws(HubFailure) {
    guard cancellation?.isCancelled != true else {
      throw HubFailure(.cancelled, "Sessions are not kept in ConfigHub: it was cancelled.")
    }
    let version = hub.cubVersion(cancellation, within: timeLimit)
    switch version.isToday {
    case true?: return
    case false?: throw Self.tooOld(version.client)
    case nil:
      if hub.hasAPI.withLock({ $0 }) { return }
      do {
        _ = try askWhoIsSignedIn()
      } catch {
        throw error.kind == .unsupported ? Self.tooOld(nil) : error
      }
      hub.hasAPI.withLock { $0 = true }
    }
  }

  private static func tooOld(_ version: String?) -> HubFailure {
    HubFailure(
      .unsupported,
      "Keeping sessions in ConfigHub needs cub 0.7 or later\(version.map { "; this one is \($0)" } ?? "")."
    )
  }

  private func askWhoIsSignedIn() throws(HubFailure) -> HubUser {
    let call = try request("GET", "me", "ask ConfigHub who is signed in")
    let completion = try hub.send(call, cancellation)
    if let failure = hub.failure(of: completion, call) { throw failure }
    let answer = (try? JSONValue(parsing: completion.output)) ?? .null
    func text(_ key: String) -> String? {
      answer[key]?.string.flatMap { $0.isEmpty ? nil : "\(ForeignText($0))" }
    }
    guard let id = text("UserID"), let name = text("Username") else {
      throw hub.unexpectedAnswer(completion, call)
    }
    return HubUser(
      id: id, name: name, displayName: text("DisplayName"), organizationID: text("OrganizationID"))
  }
}

extension HubClient {
  /// - Parameter seconds: for all calls together that are made through it from now on; `nil` leaves
  ///   each its usual time.
  public func sessions(
    in space: String, within seconds: Double? = nil, cancellation: Cancellation? = nil
  ) -> SessionHub {
    SessionHub(
      hub: self, space: space, timeLimit: seconds.map(TimeLimit.init), cancellation: cancellation)
  }
}
