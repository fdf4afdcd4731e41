import ForeignText
import FoundationEssentials

/// What came through kubectl's proxy: the server's status and headers, and the body where it is a
/// refusal's.
struct ProxyAnswer {
  private(set) var status = 0
  /// As in `429 Too Many Requests`.
  private var statusWords = ""
  /// By name in small letters.
  private var headers: [String: String] = [:]
  private var body: [UInt8] = []

  private static let bodyLimit = 1 << 20

  var isSuccess: Bool { (200...206).contains(status) }

  /// A line of the head with its end.
  mutating func takeHeader(_ line: String) {
    let line = line.filter { !$0.isNewline }
    if line.hasPrefix("HTTP/") {
      self = ProxyAnswer()
      statusWords = String(line.drop { $0 != " " }.dropFirst().prefix(80))
      status = Int(statusWords.prefix { $0 != " " }) ?? 0
    }
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return }
    headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
  }

  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) {
    body += bytes.prefix(Self.bodyLimit - body.count)
  }

  /// What the proxy itself says where it could not pass the request on; `nil` if it is, for certain,
  /// the server that said no.
  var ownReason: String? {
    // Written by Go's http.Error; a server's has headers of its own beside these.
    let own: Set = ["content-type", "x-content-type-options", "date", "content-length"]
    guard status == 500 || status == 502, Set(headers.keys).isSubset(of: own), isText else {
      return nil
    }
    return text
  }

  private var text: String { String(decoding: body, as: UTF8.self).trimmed }

  private var isText: Bool { headers["content-type"]?.hasPrefix("text/") ?? true }
}

extension KubectlError {
  /// In the words of `kubectl get --raw` for the same answer, from which it takes the meaning.
  init(_ answer: ProxyAnswer) {
    if let seconds = answer.retryAfter {
      self.init(.busy, "the server answered \(answer.words)")
      retryAfter = seconds
    } else {
      self.init(errorText: ForeignText(answer.sentence))
    }
  }
}

extension ProxyAnswer {
  fileprivate var words: String { statusWords }

  /// Seconds; only where the server is busy or in trouble does it mean anything.
  fileprivate var retryAfter: Double? {
    guard status == 429 || status >= 500, let seconds = headers["retry-after"].flatMap(Double.init),
      seconds >= 0
    else { return nil }
    return seconds
  }

  /// The object by which the API server says no.
  private struct Status: Decodable {
    var status: String?
    var message: String?
    var reason: String?
  }

  /// See `StandardErrorMessage` in kubectl's `pkg/cmd/util/helpers.go`.
  fileprivate var sentence: String {
    var (reason, message) = unexplained
    if let told = try? JSONDecoder().decode(Status.self, from: Data(body)), told.status == "Failure"
    {
      (reason, message) = (told.reason ?? "", told.message ?? "")
    }
    switch reason {
    case "Unauthorized": return "error: You must be logged in to the server (\(message))"
    case "": return "Error from server: \(message)"
    default: return "Error from server (\(reason)): \(message)"
    }
  }

  /// Of an answer that is none of the API server's own objects: see `NewGenericServerResponse` in
  /// apimachinery's `pkg/api/errors/errors.go`.
  private var unexplained: (reason: String, message: String) {
    let said = isText ? String(text.prefix(2048)) : "unknown"
    return switch status {
    case 400: ("BadRequest", "the server rejected our request for an unknown reason")
    case 401: ("Unauthorized", "the server has asked for the client to provide credentials")
    case 403: ("Forbidden", said)
    case 404: ("NotFound", "the server could not find the requested resource")
    case 405:
      ("MethodNotAllowed", "the server does not allow this method on the requested resource")
    case 406: ("NotAcceptable", said)
    case 415: ("UnsupportedMediaType", said)
    case 429:
      (
        "TooManyRequests",
        "the server has received too many requests and has asked us to try again later"
      )
    case 503: ("ServiceUnavailable", "the server is currently unable to handle the request")
    case 504:
      (
        "Timeout",
        "the server was unable to return a response in the time allotted, but may still be "
          + "processing the request"
      )
    case 500...:
      (
        "InternalError",
        "an error on the server (\(said.quoted)) has prevented the request from succeeding"
      )
    default:
      (
        "",
        "the server responded with the status code \(status) but did not return more information"
      )
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }

  /// As Go's `%q` writes it.
  fileprivate var quoted: String {
    var quoted = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\"\(quoted)\""
  }
}
