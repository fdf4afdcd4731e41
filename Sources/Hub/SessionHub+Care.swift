import Documents
import ForeignText
import Subprocess
import Wizard

extension SessionHub {
  /// Changes labels, which makes no revision.
  ///
  /// - Parameter labels: `nil` takes one away.
  public func label(_ slug: String, _ labels: [String: String?]) -> SessionChange {
    patch(slug, "change the labels of session \(slug)", labels: labels.compactMapValues { $0 }) {
      (call: inout Call) throws(HubFailure) in
      for key in labels.filter({ $0.value == nil }).keys.sorted() {
        guard LabelText.problem(key: key, value: "x") == nil else {
          throw HubFailure(.refused, purpose: call.purpose, why: "no label is called \(key)")
        }
        call.add("--label=\(key)=-")
      }
    }
  }

  /// Gives permissions and takes others away, of the session and of its log. Nothing is said of those
  /// whose role lets them see, or change, everything in the organization.
  public func permit(
    _ slug: String, giving: Set<SessionPermission> = [], taking: Set<SessionPermission> = []
  ) -> SessionChange {
    let change = permitOne(slug, giving: giving, taking: taking)
    guard case .done = change else { return change }
    let log = permitOne(Self.logSlug(of: slug), giving: giving, taking: taking)
    switch log {
    case .done, .gone: return change
    default: return log
    }
  }

  private func permitOne(
    _ slug: String, giving: Set<SessionPermission>, taking: Set<SessionPermission> = []
  ) -> SessionChange {
    patch(slug, "change who may see session \(slug)") { (call: inout Call) throws(HubFailure) in
      for (permissions, sign) in [(giving, ""), (taking, "-")] {
        var flags: [String] = []
        for permission in permissions {
          guard let text = permission.text else {
            throw HubFailure(
              .refused, purpose: call.purpose,
              why: "`\(permission.subject.name)` is no name of a user or a group")
          }
          flags.append("--permission=\(sign)\(text)")
        }
        call.add(flags.sorted())
      }
    }
  }

  /// Has lists leave it out; or show it again, with `nil`.
  public func hide(_ slug: String, reason: String? = "Archived") -> SessionChange {
    let purpose = reason == nil ? "bring back session \(slug)" : "archive session \(slug)"
    return patch(slug, purpose) { (call: inout Call) throws(HubFailure) in
      if let reason, !Naming.isValidSlug(reason) {
        throw HubFailure(.refused, purpose: purpose, why: "`\(reason)` is no reason for ConfigHub")
      }
      call.add("--hidden-reason=\(reason ?? "-")")
    }
  }

  private func patch(
    _ slug: String, _ purpose: String, labels: [String: String] = [:],
    _ complete: (inout Call) throws(HubFailure) -> Void
  ) -> SessionChange {
    settled { () throws(HubFailure) in
      try checkCub()
      var call = try call(["unit", "update"], purpose, slugs: [slug], labels: labels)
      call.add("--patch", HubClient.doesNotWait)
      try complete(&call)
      let change = change(call)
      if case .refused(let failure) = change, failure.kind == .notFound,
        isNoSpace(failure)
          || CubErrorClassifier.saysAbsent(ForeignText(failure.reason), .unit, slug)
      {
        return .gone
      }
      return change
    }
  }

  /// Removes a session with all its revisions, and its log; `done` also where they were not there.
  public func delete(_ slug: String) -> ChangeOutcome {
    do {
      try checkCub()
    } catch {
      return error.kind == .signInNeeded ? .signInNeeded(error.message) : .refused(error)
    }
    // The log first: what is left after a failure is a session still, that lists show.
    for unit in [Self.logSlug(of: slug), slug] {
      let outcome = hub.change(.unit, creates: false, cancellation) { () throws(HubFailure) in
        var call = try call(["unit", "delete"], "remove \(unit)", slugs: [unit])
        // Asked for JSON, cub removes the unit and then fails to print its answer.
        call.wantsJSON = false
        return call
      }
      switch outcome {
      case .done: continue
      case .refused(let failure) where failure.kind == .notFound: continue
      default: return outcome
      }
    }
    return .done(RemoteEntity())
  }

  // MARK: The log

  /// What was logged of a session, as a unit of its own beside it, which those may see who may see the
  /// session; the newest replaces what was there.
  public func writeLog(
    _ text: [UInt8], of slug: String, labels: [String: String] = [:], description: String
  ) -> SessionChange {
    let name = Self.logSlug(of: slug)
    let data = Self.heading(of: name) + text
    let made = make(name, .log, "AppConfig/Text", labels, [:], description, data)
    if case .done = made {
      let readers = Set((try? head(of: slug))?.permissions ?? []).filter { $0.action != .manage }
      return readers.isEmpty ? made : permitOne(name, giving: readers)
    }
    guard case .exists = made else { return made }
    return settled { () throws(HubFailure) in
      guard let there = try head(of: name) else { return made }
      return save(data, to: there, labels: labels, description: description)
    }
  }

  /// `nil` if there is none, or none to be seen.
  public func readLog(of slug: String) throws(HubFailure) -> [UInt8]? {
    let name = Self.logSlug(of: slug)
    guard let data = try read(name, atMost: 8 << 20)?.data else { return nil }
    let heading = Self.heading(of: name)
    return data.starts(with: heading) ? Array(data.dropFirst(heading.count)) : data
  }

  static func logSlug(of slug: String) -> String { "\(slug)-log" }

  /// ConfigHub has text begin with what it is called by.
  private static func heading(of name: String) -> [UInt8] {
    Array(
      """
      ---
      configHub:
        configName: \(name)
        configSchema: MapImportLog
      ---

      """.utf8)
  }
}

extension SessionPermission {
  /// `View:ana@example.com` or `Edit:group:payments`, as cub takes it; `nil` if the name is none.
  fileprivate var text: String? {
    let name = subject.name
    switch subject {
    case .user:
      let others = "@._+-%".utf8
      let isName =
        !name.isEmpty && name.utf8.count <= 254 && name.first != "-"
        && name.utf8.allSatisfy { byte in
          others.contains(byte) || Character(UnicodeScalar(byte)).isPlain
        }
      return isName ? "\(action.rawValue):\(name)" : nil
    case .group: return Naming.isValidSlug(name) ? "\(action.rawValue):group:\(name)" : nil
    }
  }
}

extension SessionPermission.Subject {
  fileprivate var name: String {
    switch self {
    case .user(let name), .group(let name): name
    }
  }
}

extension Character {
  /// An ASCII letter or digit.
  fileprivate var isPlain: Bool { isASCII && (isLetter || isNumber) }
}
