/// What the server says to one request.
struct Answer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Written in pieces as the test makes them.
    case stream(@Sendable (RecordedAPIServer.Request, (ArraySlice<UInt8>) -> Bool) -> Void)
  }

  var status: Int
  var headers: [(name: String, value: String)] = [("Content-Type", "application/json")]
  var body: Body

  init(_ body: [UInt8], status: Int = 200) {
    self.status = status
    self.body = .bytes(body)
  }

  init(stream: @escaping @Sendable (RecordedAPIServer.Request, (ArraySlice<UInt8>) -> Bool) -> Void)
  {
    status = 200
    body = .stream(stream)
  }

  /// A `Status` object, the way the API server says no.
  init(_ status: Int, _ message: String, _ reason: String, details: String? = nil) {
    let quoted = message.replacing("\"", with: "\\\"")
    let details = details.map { #""details":\#($0),"# } ?? ""
    let text =
      #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#
      + #""message":"\#(quoted)","reason":"\#(reason)",\#(details)"code":\#(status)}"# + "\n"
    self.init(Array(text.utf8), status: status)
  }

  static var unauthorized: Answer { Answer(401, "Unauthorized", "Unauthorized") }

  /// A path that the server does not serve.
  static var notServed: Answer {
    Answer(
      404, "the server could not find the requested resource", "NotFound", details: "{}")
  }

  static func noObject(_ path: ResourcePath, _ name: String) -> Answer {
    Answer(
      404, "\(path.qualifiedResource) \"\(name)\" not found", "NotFound",
      details: details(path, name: name))
  }

  static func forbidden(_ path: ResourcePath?, user: String) -> Answer {
    guard let path else {
      return Answer(403, "forbidden: User \"\(user)\" cannot get path", "Forbidden", details: "{}")
    }
    let object = path.name.map { " \"\($0)\"" } ?? ""
    let place = path.namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
    let message =
      "\(path.qualifiedResource)\(object) is forbidden: User \"\(user)\" cannot "
      + "\(path.name == nil ? "list" : "get") resource \"\(path.resource)\" "
      + "in API group \"\(path.group)\" \(place)"
    return Answer(403, message, "Forbidden", details: details(path, name: path.name))
  }

  static var expired: Answer {
    Answer(
      410,
      "The provided continue parameter is too old to display a consistent list result. "
        + "You must start a new list without the continue parameter.", "Expired")
  }

  static var badToken: Answer {
    Answer(400, "continue key is not valid", "BadRequest")
  }

  /// The text the server's admission of too many requests sends, which is no `Status`.
  static func tooManyRequests(retryAfter: Int?) -> Answer {
    text("Too many requests, please try again later.\n", status: 429, retryAfter)
  }

  static func unavailable(retryAfter: Int?) -> Answer {
    text("apiserver not ready\n", status: 503, retryAfter)
  }

  private static func text(_ text: String, status: Int, _ retryAfter: Int?) -> Answer {
    var answer = Answer(Array(text.utf8), status: status)
    answer.headers = [("Content-Type", "text/plain; charset=utf-8")]
    if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
    return answer
  }

  static var internalError: Answer {
    Answer(500, "Internal error occurred: etcdserver: request timed out", "InternalError")
  }

  static var methodNotAllowed: Answer {
    Answer(
      405, "the server does not allow this method on the requested resource", "MethodNotAllowed",
      details: "{}")
  }

  private static func details(_ path: ResourcePath, name: String?) -> String {
    let members =
      (name.map { [#""name":"\#($0)""#] } ?? [])
      + (path.group.isEmpty ? [] : [#""group":"\#(path.group)""#])
      + [#""kind":"\#(path.resource)""#]
    return "{\(members.joined(separator: ","))}"
  }
}
