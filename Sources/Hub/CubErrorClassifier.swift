import ForeignText

/// What the words of a failed call (exit code 1) mean. cub has only the exit codes 0 and 1, so
/// the words are all there is; see `failOnError` and `InterpretErrorGeneric` in its source.
struct CubErrorClassifier: Hashable {
  var kind: HubFailure.Kind
  /// True if a change that failed with these words was certainly not made. A create may fail
  /// after the unit is stored, while cub waits for triggers, so anything not known is uncertain.
  var nothingWasDone: Bool

  init(_ words: ForeignText) {
    let words = words.unredacted
    let text = words.lowercased()
    if CubErrorClassifier.halfDonePhrases.contains(where: text.contains) {
      // Whatever the second of two requests was answered, the first one was done.
      self.init(.programFailed, nothingWasDone: false)
    } else if CubErrorClassifier.saysTooOld(ForeignText(words)) {
      // Whether it says so before it sends anything is not known.
      self.init(.refused, nothingWasDone: false)
    } else if let answer = CubErrorClassifier.answer(in: words) {
      self.init(status: answer.status, text: text)
    } else if let status = CubErrorClassifier.rawStatus(in: words) {
      self.init(status: status, text: text)
    } else if CubErrorClassifier.signInPhrases.contains(where: text.contains) {
      self.init(.signInNeeded, nothingWasDone: true)
    } else if CubErrorClassifier.networkPhrases.contains(where: text.contains) {
      self.init(.unreachable, nothingWasDone: false)
    } else if CubErrorClassifier.usagePhrases.contains(where: text.hasPrefix) {
      self.init(.unsupported, nothingWasDone: true)
    } else if text.contains("already exists") {
      self.init(.conflict, nothingWasDone: true)
    } else if CubErrorClassifier.namedThings.contains(where: text.hasPrefix),
      text.contains(" not found")
    {
      self.init(.notFound, nothingWasDone: true)
    } else if CubErrorClassifier.localPhrases.contains(where: text.hasPrefix) {
      self.init(.refused, nothingWasDone: true)
    } else {
      self.init(.programFailed, nothingWasDone: false)
    }
  }

  private init(_ kind: HubFailure.Kind, nothingWasDone: Bool) {
    self.kind = kind
    self.nothingWasDone = nothingWasDone
  }

  private init(status: Int, text: String) {
    switch status {
    case 401: self.init(.signInNeeded, nothingWasDone: true)
    case 403: self.init(.forbidden, nothingWasDone: true)
    case 404: self.init(.notFound, nothingWasDone: true)
    case 409: self.init(.conflict, nothingWasDone: true)
    case 408: self.init(.timedOut, nothingWasDone: false)
    case 400..<500:
      self.init(text.contains("already exists") ? .conflict : .refused, nothingWasDone: true)
    default: self.init(.unreachable, nothingWasDone: false)
    }
  }

  /// True only for cub's own sentence about this entity, or a 404 that is not about the space
  /// around it: `context x not found` or `executable file not found` prove no absence.
  static func saysAbsent(_ words: ForeignText, _ entity: Entity, _ slug: String) -> Bool {
    let words = words.unredacted
    let name = entity.rawValue.lowercased()
    if let (status, message) = answer(in: words) {
      return status == 404 && (entity == .space || !message.lowercased().hasPrefix("space"))
    }
    return words.hasPrefix("\(name) \(slug) not found")
      || words.hasPrefix("\(name) \"\(slug)\" not found")
  }

  /// `cub v0.5.7 is too old for server v0.6.5: …`
  static func saysTooOld(_ words: ForeignText) -> Bool {
    words.unredacted.hasPrefix("cub v") && words.unredacted.contains(" is too old for server ")
  }

  /// `release publish` fails where the latest release holds the same already.
  static func saysReleased(_ words: ForeignText) -> Bool {
    words.unredacted.contains("no changes were made since")
  }

  /// The parts of `HTTP 404 for req ID: message`.
  private static func answer(in words: String) -> (status: Int, message: Substring)? {
    guard let start = words.firstRange(of: "HTTP ") else { return nil }
    let digits = words[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
    let rest = words[digits.endIndex...]
    guard digits.count == 3, let status = Int(digits), rest.hasPrefix(" for req"),
      let colon = rest.firstIndex(of: ":")
    else { return nil }
    return (status, rest[colon...].dropFirst().drop(while: \.isWhitespace))
  }

  /// The status in `PUT space/ID/unit/ID: 409 Conflict`, which `cub api` ends with.
  private static func rawStatus(in words: String) -> Int? {
    guard ["GET ", "PUT "].contains(where: words.hasPrefix), let colon = words.firstRange(of: ": ")
    else { return nil }
    let digits = words[colon.upperBound...].prefix { $0.isASCII && $0.isNumber }
    return digits.count == 3 ? Int(digits) : nil
  }

  /// A write is two requests, and cub can fail between them; one of many units is many.
  private static let halfDonePhrases = [
    " was created, but its config data could not be written",
    " metadata was updated, but its config data could not be written",
    " partially failed: ",
  ]

  private static let signInPhrases = [
    "not authenticated", "must be authenticated", "authentication problem", "401 unauthorized",
    "token expired", "token has expired", "token is expired", "cub auth login",
  ]

  private static let networkPhrases = [
    "failed to reach server", "dial tcp", "connection refused", "connection reset", "no such host",
    "no route to host", "network is unreachable", "i/o timeout", "tls handshake", "x509:",
    "context deadline exceeded", "timeout exceeded", "unexpected eof", ": eof", "broken pipe",
    "unexpected response from server", "no response body from server",
  ]

  /// Cobra's refusals of a command line, before anything runs.
  private static let usagePhrases = [
    "unknown flag", "unknown shorthand flag", "unknown command", "unknown subcommand",
  ]

  /// What cub looks up by name before it sends a change.
  private static let namedThings = ["space ", "unit ", "target ", "worker ", "bridgeworker "]

  /// Checks that cub makes before it sends a change.
  private static let localPhrases = [
    "creating a single entity needs a space", "invalid label", "invalid argument", "invalid slug",
    "failed to read config", "flag needs an argument", "accepts ", "requires at least ",
  ]
}
