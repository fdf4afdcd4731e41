import ForeignText

/// What kubectl writes to stderr while it names the status and the headers of every answer: its own
/// words, and whether the server asked for patience.
///
/// Since 1.23 kubectl asks again by itself, ten times, when an answer has a Retry-After: for as long
/// as it takes, in silence. Older ones give up at once, and none says in its own words how long the
/// server wanted to be left alone. So kubectl is ended here as soon as that is known, and whoever
/// asked waits: the same with every kubectl.
struct AnswerLog {
  /// Has kubectl log these, with credentials masked, and no body.
  static let flag = "--vmodule=round_trippers=8"

  /// How the server asked to be asked again later; nothing else matters then.
  private(set) var refusal: KubectlError?
  /// What kubectl said but for that log.
  var said: ForeignText { ForeignText(words + line) }
  /// Of that, what is for a person to read while kubectl runs.
  var toPerson: String? { ForeignText.toPerson(words) }

  private static let wordsLimit = 1 << 20
  /// No line that matters is longer.
  private static let lineLimit = 1 << 16
  private static let mark = " round_trippers.go:"

  private var words: [UInt8] = []
  private var line: [UInt8] = []
  /// Of the answer whose headers are being told, as in `429 Too Many Requests`.
  private var status: String?
  /// Since 1.33, headers are lines of their own that begin with a tab.
  private var isInHeaders = false

  /// Answers false when nothing more is to be waited for.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes {
      if line.count < Self.lineLimit || byte == UInt8(ascii: "\n") { line.append(byte) }
      if byte == UInt8(ascii: "\n") { endLine() }
    }
    return refusal == nil
  }

  private mutating func endLine() {
    defer { line = [] }
    let text = String(decoding: line.dropLast(), as: UTF8.self)
    if isInHeaders {
      isInHeaders = !text.hasPrefix(" >")
      return header(text.drop { $0 == "\t" })
    }
    guard let log = Self.logged(text) else {
      if words.count < Self.wordsLimit { words += line }
      return
    }
    isInHeaders = log.hasSuffix("headers=<")
    if let told = log.between("Response Status: ", " in ")
      ?? log.between("\"Response\" status=\"", "\"")
    {
      status = String(told.prefix(80))
    } else if log.hasPrefix("    ") {
      header(log.drop { $0 == " " })
    } else if !log.hasPrefix("Response Headers:") {
      status = nil
    }
  }

  private mutating func header(_ text: Substring) {
    guard let status, let code = Int(status.prefix { $0 != " " }), code == 429 || code >= 500
    else { return }
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "retry-after",
      let seconds = Double(parts[1].drop { $0 == " " }), seconds >= 0
    else { return }
    var refusal = KubectlError(.busy, "the server answered \(status)")
    refusal.retryAfter = seconds
    self.refusal = refusal
  }

  /// What follows the head of such a log line: `I1127 15:04:22.716   27881 round_trippers.go:448] `.
  private static func logged(_ text: String) -> Substring? {
    guard text.hasPrefix("I"), let mark = text.firstRange(of: mark),
      let end = text[mark.upperBound...].firstRange(of: "] ")
    else { return nil }
    return text[end.upperBound...]
  }
}

extension Substring {
  /// What stands between two texts, the first of which it begins with.
  fileprivate func between(_ start: String, _ end: String) -> Substring? {
    guard hasPrefix(start) else { return nil }
    let rest = dropFirst(start.count)
    return rest.firstRange(of: end).map { rest[..<$0.lowerBound] }
  }
}
