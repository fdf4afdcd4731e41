// What is said to whom, without faults.
extension RecordedAPIServer.State {
  func answer(to request: RecordedAPIServer.Request) -> Answer {
    guard let user = request.user else { return .unauthorized }
    if let document = documents[request.path] { return document }
    if let kinds = discovery(request) { return Answer(Array(kinds.utf8)) }
    guard let path = ResourcePath(request.path) else { return .notServed }
    guard mayRead(path, user: user) else { return .forbidden(path, user: user) }
    guard request.method == "GET" else { return .methodNotAllowed }
    guard let list = lists[path.list] else { return .notServed }
    if let name = path.name {
      guard let index = list.index(namespace: path.namespace, name: name) else {
        return .noObject(path, name)
      }
      return Answer(list.text(list.objects[index]))
    }
    let page = ResourceList.Page(
      namespace: path.namespace, limit: request.parameters["limit"].flatMap { Int($0) },
      token: request.parameters["continue"])
    let isPartial = request.accept.contains("as=PartialObjectMetadataList")
    return list.text(page, metadataOnly: isPartial).map { Answer($0) } ?? .badToken
  }

  /// Rights come before everything: who may not read a kind does not learn whether it is served.
  private func mayRead(_ path: ResourcePath, user: String) -> Bool {
    user == "admin" || path.namespace.map { viewerNamespaces.contains($0) } ?? false
  }
}

extension Fault.Effect {
  /// The answer in place of the true one; nil for faults of the way it comes.
  func answer(to request: RecordedAPIServer.Request) -> Answer? {
    switch self {
    case .unauthorized: .unauthorized
    case .forbidden:
      .forbidden(ResourcePath(request.path), user: request.user ?? "system:anonymous")
    case .notServed: .notServed
    case .expired: .expired
    case .tooManyRequests(let retryAfter): .tooManyRequests(retryAfter: retryAfter)
    case .unavailable(let retryAfter): .unavailable(retryAfter: retryAfter)
    case .leaderChanged: Answer(500, "etcdserver: leader changed", "")
    case .internalError: .internalError
    case .delay, .hang, .cutBody, .stall, .slowBody: nil
    }
  }
}
