import Documents
import ForeignText
import Subprocess
import Wizard

extension SessionHub {
  /// Makes a session, if there is none of this name: of any number who try at once, one does.
  ///
  /// The unit is made empty and its content written after that. If cub is stopped between the two,
  /// `unclear`, what is there is unfinished, and `save` finishes it.
  ///
  /// - Parameters:
  ///   - labels: `Type` is added.
  ///   - annotations: without commas, quotes and `=`, which cub's command line has its own use for.
  ///   - description: at most 512 characters of it are kept.
  public func create(
    _ slug: String, labels: [String: String], annotations: [String: String] = [:],
    description: String, data: [UInt8]
  ) -> SessionChange {
    make(slug, .session, "AppConfig/JSON", labels, annotations, description, data)
  }

  func make(
    _ slug: String, _ type: UnitType, _ toolchain: String, _ labels: [String: String],
    _ annotations: [String: String], _ description: String, _ data: [UInt8]
  ) -> SessionChange {
    settled { () throws(HubFailure) in
      try checkCub()
      let labels = labels.merging([UnitType.label: type.rawValue]) { _, ours in ours }
      var call = try call(
        ["unit", "create"], "create \(type.noun) \(slug)", slugs: [slug], labels: labels)
      call.add("--toolchain=\(toolchain)")
      try call.add(annotations: annotations)
      try call.take(data, description)
      let made = change(call, creates: true)
      guard case .refused(let failure) = made, failure.kind == .forbidden else { return made }
      return .refused(
        HubFailure(
          .forbidden, purpose: call.purpose, why: failure.reason,
          advice: "To keep sessions there you need the permission ManageChildren of the Space. "
            + "Whoever made it gives it with: cub space update \(space) --permission "
            + "ManageChildren:YOU. With it one may change the sessions of others there, too; "
            + "--sync-space names a Space of your own instead."))
    }
  }

  /// Replaces the content of a session if it is still as it was last seen.
  ///
  /// It is looked at before. Between that and the write, which cub makes without a condition, somebody
  /// else can write as well: that is `overtaken`, and both are in the revisions.
  ///
  /// - Parameter labels: are added to those that are there.
  public func save(
    _ data: [UInt8], to seen: RemoteSession, labels: [String: String] = [:], description: String
  ) -> SessionChange {
    let digest = SHA256.hex(of: data)
    let change = ifStill(seen) { () throws(HubFailure) in
      var call = try call(
        ["unit", "update"], "save session \(seen.slug)", slugs: [seen.slug], labels: labels)
      try call.take(data, description)
      return call
    }
    // Our revision is there; the newest is another's.
    if case .done(let now) = change, now.digest != digest { return .overtaken(now) }
    return change
  }

  /// Makes an earlier state the newest one, if the session is still as it was last seen.
  public func restore(
    _ revision: Int, of seen: RemoteSession, description: String
  ) -> SessionChange {
    ifStill(seen) { () throws(HubFailure) in
      var call = try call(
        ["unit", "update"], "restore revision \(revision) of session \(seen.slug)",
        slugs: [seen.slug])
      call.add("--restore=\(revision)")
      try call.describe(description)
      return call
    }
  }

  /// Writes content after a look whether the head is that one.
  private func ifStill(
    _ seen: RemoteSession, _ makeCall: () throws(HubFailure) -> Call
  ) -> SessionChange {
    settled { () throws(HubFailure) in
      try checkCub()
      var last: SessionChange = .gone
      for _ in 0..<Self.attempts {
        guard let now = try head(of: seen.slug) else { return .gone }
        guard now.id == seen.id, now.revision == seen.revision, now.digest == seen.digest else {
          return .moved(now)
        }
        last = change(try makeCall())
        switch last {
        // Something else of the unit moved between cub's own reading and writing.
        case .refused(let failure) where failure.kind == .conflict: continue
        case .done(let after) where after.revision > seen.revision + 1: return .overtaken(after)
        default: return last
        }
      }
      return last
    }
  }

  // MARK: On condition

  /// Changes annotations if they are still as they were last seen: of any number who try at once, one
  /// does. The server compares; what else was written meanwhile does not matter, and is kept.
  ///
  /// - Parameter changes: `nil` takes one away.
  public func annotate(_ seen: RemoteSession, _ changes: [String: String?]) -> SessionChange {
    settled { () throws(HubFailure) in
      try checkCub()
      let path = "space/\(seen.spaceID)/unit/\(seen.id)"
      let purpose = "change the annotations of session \(seen.slug)"
      var last: SessionChange = .gone
      for _ in 0..<Self.attempts {
        guard let (unit, now) = try raw(path, purpose) else { return .gone }
        guard changes.keys.allSatisfy({ now.annotations[$0] == seen.annotations[$0] }) else {
          return .moved(now)
        }
        var members = unit
        var annotations = unit["Annotations"]?.object ?? [:]
        for (key, value) in changes { annotations[key] = value.map(JSONValue.string) }
        members["Annotations"] = .object(annotations)
        let body = JSONValue.object(members).serialized(pretty: false)
        last = change(try request("PUT", path, purpose, body: body))
        // Only `Version` may have moved, which triggers do.
        guard case .refused(let failure) = last, failure.kind == .conflict else { return last }
      }
      return last
    }
  }

  /// The unit as the server tells it, all of it, for it to be sent back; `nil` if it is not there.
  private func raw(
    _ path: String, _ purpose: String
  ) throws(HubFailure) -> ([String: JSONValue], RemoteSession)? {
    let call = try request("GET", path, purpose)
    let completion = try hub.send(call, cancellation)
    if let failure = hub.failure(of: completion, call) {
      if failure.kind == .notFound { return nil }
      throw failure
    }
    guard let answer = try? JSONValue(parsing: completion.output),
      let unit = (answer["Unit"] ?? answer).object,
      let session = Entity.unit.fields(in: answer).flatMap(RemoteSession.init)
    else { throw hub.unexpectedAnswer(completion, call) }
    return (unit, session)
  }

  // MARK: How it ended

  /// What cannot be begun, or read before, was not done.
  func settled(_ body: () throws(HubFailure) -> SessionChange) -> SessionChange {
    do {
      return try body()
    } catch {
      return error.kind == .signInNeeded ? .signInNeeded(error.message) : .refused(error)
    }
  }

  /// Makes a change and judges how it ended.
  func change(_ call: Call, creates: Bool = false) -> SessionChange {
    settled { () throws(HubFailure) in
      let completion = try hub.send(call, cancellation)
      if let failure = hub.failure(of: completion, call) {
        switch hub.outcome(of: failure, completion, creates: creates) {
        case .refused(let failure): return .refused(failure)
        case .exists(let message): return .exists(message)
        case .signInNeeded(let message): return .signInNeeded(message)
        case .unclear(let message): return .unclear(message)
        case .done: return .unclear(failure.message)
        }
      }
      let session = (try? JSONValue(parsing: completion.output))
        .flatMap { Entity.unit.fields(in: $0) }.flatMap(RemoteSession.init)
      if let session { return .done(session) }
      let failure = hub.unexpectedAnswer(completion, call)
      return failure.kind == .unsupported ? .refused(failure) : .unclear(failure.message)
    }
  }
}

extension Call {
  /// Content by stdin: anything but `-` could be taken for a file or an address.
  fileprivate mutating func take(
    _ data: [UInt8], _ description: String
  ) throws(HubFailure) {
    guard !data.isEmpty else {
      throw HubFailure(.refused, purpose: purpose, why: "there is nothing to keep")
    }
    try describe(description)
    operands.append("-")
    input = data
  }

  fileprivate mutating func describe(_ description: String) throws(HubFailure) {
    let kept = String(description.unicodeScalars.prefix(512).map(Character.init))
    add("--change-desc=\(kept)", HubClient.doesNotWait)
  }

  /// cub takes them for a list that commas part, read as CSV, and each for a name and a value.
  mutating func add(annotations: [String: String]) throws(HubFailure) {
    for (key, value) in annotations.sorted(by: { $0.key < $1.key }) {
      let isTaken =
        LabelText.problem(key: key, value: "x") == nil && !value.isEmpty && value != "-"
        && value.unicodeScalars.count <= 1024
        && !value.unicodeScalars.contains { ",=\"".unicodeScalars.contains($0) || $0.value < 0x20 }
      guard isTaken else {
        throw HubFailure(
          .refused, purpose: purpose, why: "cub cannot be given the annotation \(key)=\(value)")
      }
      add("--annotation=\(key)=\(value)")
    }
  }
}

extension SessionHub.UnitType {
  fileprivate var noun: String {
    switch self {
    case .session: "session"
    case .log: "log"
    }
  }
}
