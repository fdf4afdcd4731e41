import Documents
import ForeignText
import Subprocess
import Wizard

extension HubClient {
  /// To be run with the terminal handed over: it talks with the person and opens a browser.
  public var loginCommand: Command {
    forgetContext()
    return command(["auth", "login"])
  }

  /// Who is signed in and where, by cub's own files, and whether the server agrees.
  public func signIn(cancellation: Cancellation? = nil) -> SignIn {
    let status = Deferred { [self] in
      Result { () throws(HubFailure) in try authStatus(cancellation) }
    }
    // What was begun is over before this is.
    defer { _ = status.value }
    do {
      var identity = try identity(cancellation)
      switch try status.value.get() {
      case .agrees(let warning): identity.versionWarning = warning
      case .unknown:
        // Which is so before 0.5, where units were applied.
        note(CubVersion(""))
        identity.appliesUnits = true
        _ = try list(.space, Call(["space", "list"], "list the spaces"), cancellation)
      }
      let version = cubVersion(cancellation)
      identity.cubVersion = version.client
      identity.deliversReleasesOnly = version.deliversReleasesOnly
      return .signedIn(identity)
    } catch {
      return error.kind == .signInNeeded
        ? .signedOut(reason: error.message) : .unknown(reason: error.message)
    }
  }

  private enum AuthStatus {
    /// - Parameter warning: what cub adds where it is newer than its server.
    case agrees(warning: String?)
    /// This cub has no such command.
    case unknown
  }

  /// Asks the server through `auth status`.
  private func authStatus(_ cancellation: Cancellation?) throws(HubFailure) -> AuthStatus {
    var call = try Call(["auth", "status"], "check the sign-in")
    call.wantsJSON = false
    let completion = try send(call, cancellation)
    let rows = CubText.rows(of: completion.outputText)
    let version = CubVersion(rows: rows)
    if version.client != nil { note(version) }
    if let failure = failure(of: completion, call) {
      if failure.kind == .unsupported { return .unknown }
      if CubErrorClassifier.saysTooOld(ForeignText(failure.reason)) {
        throw HubFailure(.refused, "This cub is too old for its ConfigHub: \(failure.reason).")
      }
      throw failure
    }
    guard rows["Status"] == "Authenticated" else { return .unknown }
    return .agrees(warning: CubText.warning(in: completion.errorText))
  }

  /// What the context in use says, which proves nothing; empty where cub has none.
  private func identity(_ cancellation: Cancellation?) throws(HubFailure) -> HubIdentity {
    forgetContext()
    let call = try Call(["context", "get"], "read cub's context")
    let completion = try send(call, cancellation)
    if let failure = failure(of: completion, call) {
      // Nobody confirms a place that could not be read.
      let isFinal = [.cancelled, .timedOut, .unreachable, .forbidden].contains(failure.kind)
      if isFinal { throw failure }
      return HubIdentity()
    }
    let context = (try? JSONValue(parsing: completion.output)) ?? .null
    use(context: context["name"]?.string)
    return HubIdentity(context)
  }
}

extension HubIdentity {
  /// The answer of `context get`, in which anything may be missing or null.
  init(_ context: JSONValue) {
    func text(_ group: String, _ key: String) -> String? {
      context[group]?[key]?.string.flatMap { $0.isEmpty ? nil : "\(ForeignText($0))" }
    }
    self.init(
      server: text("coordinate", "serverURL"), organization: text("metadata", "organizationName"),
      organizationID: text("coordinate", "organizationID"), user: text("coordinate", "user"))
  }
}
